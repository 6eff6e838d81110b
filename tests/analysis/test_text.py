"""The reading text: nothing of the document is missing from it, and everything marked says why."""

import re
import shutil

import pytest
from lxml import html
from paths import THIRD

from analysis import read_session
from analysis.citation import citation
from analysis.colours import colours
from analysis.errors import AskError
from analysis.layers import LAYERS
from analysis.page import slug
from analysis.schema import COLUMNS
from analysis.tei import plain
from analysis.text import reading_text, who_is_who


def tree(page):
    return html.fromstring(page.text)


def without(root, *paths):
    """A page without what the edition adds to the text."""
    for path in paths:
        for element in root.xpath(path):
            element.drop_tree()
    return root


ADDED = [
    f"//*[@class='{name}']"
    for name in ("number", "paragraph", "why", "whose", "speaker", "back", "lights", "reasons")
] + ["//a[@class='why witness']", "//style"]


@pytest.mark.parametrize("layer", LAYERS)
def test_every_character_of_the_layer_is_there_in_its_order(session, layer):
    root = without(tree(reading_text(session, layer)), *ADDED)
    shown = root.text_content()
    sentences = session.sentences[session.sentences.layer == layer]
    transcript = session.edition.transcript[sentences.start.min() : sentences.end.max()]
    letters = lambda text: re.sub(r"[^\w.,;:—'\"?!%/-]|[*#_<>]|\\", "", text)  # noqa: E731
    wanted = (
        re.sub(r"\( ?(\d+)\)", r"\1", transcript) if layer in ("heading", "session") else transcript
    )
    shown, wanted = (
        re.sub(r"[()]", "", letters(t)) for t in (shown, re.sub(r"(?m)^- ", "", wanted))
    )
    assert len(wanted) > 100 and wanted in shown


def test_sentences_and_paragraphs_are_addresses(session):
    for layer in LAYERS:
        root = tree(reading_text(session, layer))
        sentences = session.sentences[session.sentences.layer == layer]
        assert [e.get("id") for e in root.xpath("//*[@class='sentence']")] == list(
            sentences.sentence
        )
        assert set(sentences.paragraph.dropna()) - {
            p for p in sentences.paragraph if str(p).startswith("pn")
        } <= {e.get("id") for e in root.iter()}
        assert all(
            a.get("href") == f"#{a.text}"
            for a in root.xpath("//a[@class='number' or @class='paragraph']")
        )


def test_no_two_things_on_the_page_have_one_address(session):
    every = [
        i
        for page in (*(reading_text(session, layer) for layer in LAYERS), who_is_who(session))
        for i in tree(page).xpath("//@id")
    ]
    assert len(every) == len(set(every))


def test_every_turn_says_whose_it_is_and_how_we_know(session):
    sections = tree(reading_text(session)).xpath("//section")
    assert [t.get("id") for t in sections] == list(session.speeches.speech)
    for section, row in zip(sections, session.speeches.itertuples()):
        assert (
            colours(session)[row.speaker] in section.get("style")
            and row.attribution in section.get("class").split()
        )
        assert row.attribution in section.xpath("string(h3)")


def test_every_doubt_is_marked_and_gives_its_reason(session):
    root = tree(reading_text(session))
    for row in session.doubts.itertuples():
        (mark,) = root.xpath(f"//span[@id='{row.sentence}']/a[@href='#why-{row.sentence}']")
        assert (
            mark.get("aria-label")
            and row.reason in root.get_element_by_id(f"why-{row.sentence}").text_content()
        )
    for speech in session.speeches.speech[session.speeches.attribution == "inferred"]:
        assert (
            root.xpath(f"//section[@id='{speech}']/h3/a[@href='#why-{speech}']")
            and root.get_element_by_id(f"why-{speech}") is not None
        )
    unsure = [
        e for e in session.edition.find("text/body//*[@cert]") if e.get("cert") in ("medium", "low")
    ]
    assert (
        len(root.xpath("//a[starts-with(@href, '#unsure-')]"))
        == len([e for e in unsure if not e.tag.endswith("said")])
        > 0
    )


def test_passages_of_others_and_what_only_a_later_day_could_know_are_marked(session):
    """s10: “The strike is a demand for the withdrawal of troops: we'll starve in the process, …”"""
    (s10,) = tree(reading_text(session)).xpath("//span[@id='s10']")
    marked = {c: s10.xpath(f"string(span[@class='{c}'])") for c in ("framing", "demand", "said")}
    assert marked["framing"] == "The strike is a demand for"
    assert marked["demand"] == "the withdrawal of troops" + "demand"  # its kind, to be lit
    assert marked["said"].startswith("we'll starve in the process")
    notes = tree(reading_text(session, "notes")).xpath("//span[@class='hindsight']")
    assert len(notes) == len(session.hindsight) > 10
    n3_5 = "After Soviet troops intervened on 4 November, he took a leading part in the military"
    assert any(span.text_content().startswith(n3_5) for span in notes)


def test_where_the_other_witness_reads_otherwise_the_text_leads_to_what_it_reads(session):
    """The Russian was read to s6, and differs in each sentence; of s3, “they spoke” has no “they”."""
    marks = tree(reading_text(session)).xpath("//a[@class='why witness']/@href")
    assert marks == [f"#variants-s{n}" for n in range(1, 7)]
    told = tree(who_is_who(session)).get_element_by_id("variants-s3").text_content()
    assert "“they spoke”; in Russian: говорили" in told and "No pronoun" in told


def test_whatever_a_mark_leads_to_is_on_the_page(session):
    pages = [tree(reading_text(session, layer)) for layer in LAYERS] + [tree(who_is_who(session))]
    there = {i for page in pages for i in page.xpath("//@id")}
    for page in pages:
        for href in page.xpath("//a/@href"):
            assert not href.startswith("#") or href[1:] in there, href


def test_each_mention_leads_to_its_entry(session):
    for layer in LAYERS:
        root, mentions = (
            tree(reading_text(session, layer)),
            session.mentions[session.mentions.layer == layer],
        )
        for kind in ("person", "organisation", "place", "date"):
            assert len(root.xpath(f"//span[@class='{kind}']")) == (mentions.kind == kind).sum()


def test_each_family_can_be_lit_where_it_is_counted_and_nowhere_else(session):
    for layer in LAYERS:
        root, terms = (
            tree(reading_text(session, layer)),
            session.terms[session.terms.layer == layer],
        )
        for family in session.lexicon.families:
            lit = "".join(
                e.text_content()
                for e in root.xpath(
                    "//span[contains(concat(' ', @class, ' '), $t)]", t=f" t-{slug(family)} "
                )
            )
            assert lit == "".join(terms.form[terms.family == family])


def test_an_abbreviation_says_what_it_is_short_for(session):
    root = tree(reading_text(session))
    for element in session.edition.find("text/body/div[@type='session']//s//abbr"):
        assert root.xpath("//abbr[@data-full=$full]", full=plain(element.getnext()))


def test_the_citation_comes_from_the_header(session):
    cited = citation(session)
    for path in ("titleStmt/title", ".//idno[@type='shelfmark']", ".//biblScope[@unit='page']"):
        assert session.edition.note(f"teiHeader/fileDesc/{path}") in cited


def test_a_layer_that_there_is_not_is_an_error(session):
    with pytest.raises(AskError, match="archive"):
        reading_text(session, "margin")


def test_comments_between_all_marks_change_nothing(third, tmp_path):
    # in a sentence, a choice, a reading of the second witness, between a label and its paragraph
    folder = shutil.copytree(THIRD.parent, tmp_path / "third")
    path = folder / THIRD.name
    head, root, rest = path.read_text(encoding="utf-8").partition("<TEI ")
    path.write_text(head + root + rest.replace(">", "><!-- c --><?c c?>"), encoding="utf-8")
    commented = read_session(path)
    for table in COLUMNS:
        assert commented.table(table).equals(third.table(table)), table
    for layer in LAYERS:
        assert reading_text(commented, layer).text == reading_text(third, layer).text
    assert who_is_who(commented).text == who_is_who(third).text


#: What stands in the page, mark by mark.
WRITTEN = {
    "s1": (  # its speaker may be doubted, a note hangs on it, and the Russian reads otherwise
        '<span class="sentence" id="s1"><a class="number" href="#s1">s1</a> An assessment.'
        '<sup><a class="noteref" href="#n2" aria-label="note 2">2</a></sup>'
        '<a class="why" href="#why-s1" aria-label="Who says s1 may be doubted: why">?</a>'
        '<a class="why witness" href="#variants-s1" '
        'aria-label="s1 in Russian: where it reads otherwise">ru</a></span>'
    ),
    "s109": (  # what is meant may be doubted, and who says it
        '<span class="sentence" id="s109"><a class="number" href="#s109">s109</a> a concrete '
        'request: preserve the <span class="organisation"><a class="entry" '
        'href="#organisation-hwp"><span class="term t-party">party</span></a></span>'
        '<a class="why" href="#unsure-s109" aria-label="“party”: what is meant may be doubted">?</a>'
        ' cadres.<a class="why" href="#why-s109" '
        'aria-label="Who says s109 may be doubted: why">?</a></span>'
    ),
    "s10": (  # words that introduce others', a demand, a body in it, somebody's own words
        '<span class="sentence" id="s10"><a class="number" href="#s10">s10</a> '
        '<span class="framing">The <span class="term t-strike">strike</span> is a demand for</span> '
        '<span class="demand">the <span class="term t-withdrawal">withdrawal</span> of '
        '<span class="organisation"><a class="entry" href="#organisation-army-su">'
        '<span class="term t-troops">troops</span></a></span><a class="whose" href="#o9">demand</a>'
        "</span>: "
        '<span class="said">we&#39;ll starve in the process, but the <span class="organisation">'
        '<a class="entry" href="#organisation-army-su"><span class="term t-troops">troops</span></a>'
        '</span> must be <span class="term t-withdrawal">withdrawn</span>'
        '<a class="whose" href="#q1">nobody named</a></span>.</span>'
    ),
    "n14": (  # words of other languages, an abbreviation, places; the note leads back
        '<p class="note" id="n14"><b class="label">14</b> <span class="sentence" id="n14.1">'
        '<a class="number" href="#n14.1">n14.1</a> The word used here for &#34;<em>'
        '<span class="term t-nationalism">nationalism</span></em>&#34; is '
        "<em><em>natsionalizatsiya</em></em>, which normally means &#34;<em>nationalization</em>&#34; ("
        '<abbr class="short" data-full="that is"><a class="entry" href="#short-i-e-that-is">i.e.</a>'
        "</abbr>, the assertion of state control over property), but "
        '<span class="person"><a class="entry" href="#person-kadar">Kadar</a></span> seems to have '
        "in mind the notion of reasserting "
        '<span class="place"><a class="entry" href="#place-hungary">Hungarian</a></span> national '
        'control over <span class="place"><a class="entry" href="#place-hungary">Hungary</a></span>'
        "&#39;s internal affairs, rather than leaving important matters under "
        '<span class="place"><a class="entry" href="#place-soviet-union">Soviet</a></span> '
        'control.</span> <a class="back" href="#s84" '
        'aria-label="Note 14: back to sentence s84">↑ s84</a></p>'
    ),
    "a6": (
        '<span class="sentence" id="a6"><a class="number" href="#a6">a6</a> '
        '<a href="https://digitalarchive.umd.edu/document/111884">'
        "https://digitalarchive.umd.edu/document/111884</a></span>"
    ),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_how_a_sentence_is_written(session, name):
    pages = [reading_text(session, layer).text for layer in LAYERS]
    assert sum(WRITTEN[name] in page for page in pages) == 1


def test_how_a_speech_is_headed(session, second):
    def heads(of):
        return [" ".join(h.text_content().split()) for h in tree(reading_text(of)).iter("h3")]

    assert heads(session) == [
        "János Kádár inferred by the translator?",
        "Ferenc Münnich labelled",
        "János Kádár labelled",
        "István Bata labelled",
    ]
    assert heads(second) == [
        "Josiah Marten labelled",
        "Edith Holt labelled",
        "Amos Sayer inferred by the edition?",
        "Anna Weir (weir-elder) labelled",
        "Anna Weir (weir-younger) labelled",
        "Edith Holt and Amos Sayer labelled",
        "nobody named labelled “A voice”",
    ]
    labels = [b.text for b in tree(reading_text(second)).find_class("label")]
    assert labels[0] == "Mr. Marten:" and labels[-1] == "A voice:" and len(labels) == 6


def test_the_reasons_of_a_small_edition(second):
    """s8 is the first of Sayer's sentences; “Let it be written down.” is s11."""
    reasons = tree(reading_text(second)).find_class("reasons")[0]
    told = [
        (e.get("id"), e.find("dt").text_content(), e.findtext("dd")) for e in reasons.find("dl")
    ]
    assert told == [
        ("why-sp3", "s8 The whole speech", "No label; Sayer keeps the gauge."),
        (
            "why-s11",
            "s11 Attribution: medium certainty",
            "The chairman may have told the clerk to write. Josiah Marten may be meant.",
        ),
    ]


def test_a_variant_says_what_stands_here_and_there(session):
    text = tree(who_is_who(session)).text_content()
    rows = session.variants
    nothing, some = rows[rows.english.isna()], rows[rows.english.notna() & rows.other.notna()]
    assert len(nothing) and text.count("Nothing here; in Russian: ") == len(nothing)
    for row in some.itertuples():
        assert f"“{row.english}”; in Russian: {row.other.rstrip('.')}" in text


INSIDE = {
    "title": "<title>crew</title>", "foreign": '<foreign xml:lang="en">crew</foreign>',
    "mentioned": "<mentioned>crew</mentioned>", "said": '<said xml:id="q9" direct="true">crew</said>',
    "demand": '<seg xml:id="o9" type="aim">crew</seg>', "supplied": '<supplied resp="#edition">crew</supplied>',
    "framing": '<seg xml:id="f9" type="framing" corresp="#o1">crew</seg>',
}  # fmt: skip


@pytest.mark.parametrize("name", INSIDE)
def test_a_word_leads_to_its_entry_whatever_else_is_said_of_it(tmp_path, name):
    """“The crew is afraid of Crane”; inside a body's name stands a mark of another kind."""
    folder = shutil.copytree(THIRD.parent, tmp_path / "third")
    path = folder / THIRD.name
    whole, plain_name = path.read_text(encoding="utf-8"), '<orgName ref="#crew">crew</orgName>'
    assert plain_name in whole
    path.write_text(
        whole.replace(plain_name, plain_name.replace(">crew<", f">{INSIDE[name]}<")),
        encoding="utf-8",
    )
    marked = tree(reading_text(read_session(path))).get_element_by_id("s2")
    (crew,) = marked.xpath(".//a[@href='#organisation-crew']")
    assert crew.text_content() == "crew"
