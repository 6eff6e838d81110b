"""The reading text: nothing of the document is missing from it, and everything marked says why."""

import re

import pytest
from lxml import html

from analysis import read_session
from analysis.citation import citation
from analysis.colours import colours
from analysis.layers import LAYERS
from analysis.page import slug
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
    with pytest.raises(ValueError, match="archive"):
        reading_text(session, "margin")


def test_a_comment_in_a_sentence_moves_no_mark(copy, session):
    # its text stands before the words of s39, and is none of them
    marked = read_session(copy('<s xml:id="s39">', '<s xml:id="s39"><!-- here -->'))
    assert reading_text(marked).text == reading_text(session).text


def test_a_variant_says_what_stands_here_and_there(session):
    text = tree(who_is_who(session)).text_content()
    rows = session.variants
    nothing, some = rows[rows.english.isna()], rows[rows.english.notna() & rows.other.notna()]
    assert len(nothing) and text.count("Nothing here; in Russian: ") == len(nothing)
    for row in some.itertuples():
        assert f"“{row.english}”; in Russian: {row.other.rstrip('.')}" in text
