"""What is told of a fault, word for word: where it is, what is wrong, and what to do about it."""

from pathlib import Path

import pytest
from lxml import etree

from analysis import edition, read_session
from analysis.alignment import align, check_coverage, text_and_spans
from analysis.grammar import check_grammar
from analysis.pointers import (
    check,
    of_categories,
    of_certainties,
    of_dates,
    of_names,
    of_pointers,
    of_voices,
)
from analysis.tei import EditionError

E = Path("e.xml")
TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0">\n{}\n</TEI>'


def tei(inside):
    """A document with this in it, from its second line on."""
    return etree.fromstring(TEI.format(inside), etree.XMLParser(collect_ids=False))


def told(ask, *asked):
    """The error that a question ends in, as it is printed."""
    with pytest.raises(EditionError) as caught:
        ask(*asked)
    return str(caught.value)


# -- pointers, certainties, dates ----------------------------------------------------------------

POINTERS = {
    '<p xml:id="a"/>\n<p xml:id="a"/>': (
        "e.xml:3: the id 'a' stands twice, first in line 2\n  Ids are unique: rename one of the two."
    ),
    '<rs ref="#b"/>': (
        "e.xml:2: ref='#b' on <rs> points to nothing\n"
        "  Give something the id 'b', or mend the pointer."
    ),
    '<p xml:id="a"/>\n\n<said who="#a"/>': (
        "e.xml:4: who='#a' on <said> points to a <p>\n  It has to point to <org> or <person>."
    ),
    # the second of several pointers, and a certainty of what it is not about
    '<s xml:id="s"/><sp xml:id="p"/>\n<certainty target="#s #p"/>': (
        "e.xml:3: target='#p' on <certainty> points to a <sp>\n  It has to point to <s>."
    ),
    '<s xml:id="s"/>\n<certainty target="#s" match="@who"/>': (
        "e.xml:3: target='#s' on <certainty> points to a <s>\n  It has to point to <sp> or <u>."
    ),
    '<s xml:id="s"/>\n<certainty target="#s" match="@direct"/>': (
        "e.xml:3: target='#s' on <certainty> points to a <s>\n  It has to point to <said>."
    ),
    '<s xml:id="s"/>\n<certainty target="#s" match="self::said/@who"/>': (
        "e.xml:3: target='#s' on <certainty> points to a <s>\n  It has to point to <said>."
    ),
}


@pytest.mark.parametrize("inside", POINTERS)
def test_a_pointer_that_misses(inside):
    assert told(check, tei(inside), E, [of_pointers]) == POINTERS[inside]


#: What each pointer may point at, by TEI and by the project; ``*`` where that is free.
RIGHT = {
    "person": ["sp who", "u who", "said who", "persName ref", "certainty assertedValue", "ptr target"],
    "org": ["said who", "orgName ref", "certainty assertedValue", "ptr target"],
    "place": ["placeName ref", "rs ref"],
    "note": ["ref target"],
    "respStmt": ["certainty assertedValue", "div resp", "sp resp", "u resp", "certainty resp",
                 "note resp", "supplied resp"],
    "said": ["annotation target", "seg corresp"],
    "seg": ["annotation target", "seg corresp"],
    "category": ["annotation ana", "s ana"],
    "s": ["event corresp", "relation active", "relation passive", "app from", "certainty target",
          "note corresp"],
    "sp": ["note corresp"],
    "u": ["note corresp"],
    "event": ["relation active", "relation passive"],
    "witness": ["lem wit", "rdg wit"],
}  # fmt: skip
ABLE = sorted({one for some in RIGHT.values() for one in some})


@pytest.mark.parametrize("pointer", ABLE)
def test_a_pointer_may_point_to_its_own_kinds_and_to_nothing_else(pointer):
    name, attribute = pointer.split()
    for kind in [*RIGHT, "p"]:
        root = tei(f'<{kind} xml:id="a"/><{name} {attribute}="#a"/>')
        if pointer in RIGHT.get(kind, ()):
            check(root, E, [of_pointers])
        else:
            assert f"on <{name}> points to a <{kind}>" in told(check, root, E, [of_pointers])


def test_other_pointers_may_point_to_anything_that_there_is():
    check(tei('<p xml:id="a"/><note source="#a http://b.c/#d"/>'), E, [of_pointers])
    assert "points to nothing" in told(check, tei('<note source="#a"/>'), E, [of_pointers])


@pytest.mark.parametrize(
    "entry, name", [("person", "persName"), ("org", "orgName"), ("place", "placeName")]
)
def test_who_or_what_is_in_the_register_has_a_name(entry, name):
    full, empty = (f"<{entry}>\n<{name}>{text}</{name}></{entry}>" for text in ("A", " "))
    message = told(check, tei(full + empty), E, [of_names])
    assert message == f"e.xml:4: <{name}> holds no text\n  Name whoever or whatever it is."


SPEECH = (
    '<sp><said xml:id="a"/><seg xml:id="b" type="wish"/><seg xml:id="c" type="framing"/></sp>\n'
)
OTHERS = (
    "is no passage in somebody else's words\n"
    "  It has to be a <said> of a speech, or a <seg> of type demand, aim, wish, fear, topic."
)
VOICES = {
    f'{SPEECH}<annotation target="#c"/>': f"e.xml:3: target='#c' on <annotation> {OTHERS}",
    '<note><said xml:id="a"/></note>\n<annotation target="#a"/>': (  # nobody says it in a speech
        f"e.xml:3: target='#a' on <annotation> {OTHERS}"
    ),
    f'{SPEECH}<annotation target="#a"/>\n<annotation target="#b"/>\n<annotation target="#a"/>': (
        "e.xml:5: the voice of '#a' is told twice, first in line 3\n  Join the two."
    ),
}


@pytest.mark.parametrize("inside", VOICES)
def test_a_voice_is_told_once_of_a_passage_in_others_words(inside):
    assert told(check, tei(inside), E, [of_voices]) == VOICES[inside]


@pytest.mark.parametrize(
    "name, right, wrong, todo",
    [
        ("annotation", "#knows-told", "#to-cite", "#knows-present or #knows-told or #knows-concl"),
        ("s", "#to-cite", "#knows-told", "#to-identify or #to-attribute or #to-argue or #to-corre"),
    ],
)
def test_a_category_is_one_that_the_tables_have(name, right, wrong, todo):
    check(tei(f'<{name} ana="{right}"/>'), E, [of_categories])
    assert told(check, tei(f'<{name} ana="{right} {wrong}"/>'), E, [of_categories]).startswith(
        f"e.xml:2: ana='{wrong}' on <{name}> is a category that no table has\n  It has to be {todo}"
    )


STATED = '<certainty target="#s1" cert="low" match="ancestor::sp/@who"/>\n'
CERTAINTIES = {
    '<certainty target="#a #b" match="@who"/>': (
        "e.xml:2: a certainty about @who is about one speech\n  Write a <certainty> for each speech."
    ),
    f'{STATED}<certainty target="#s0 #s1" cert="medium" match="ancestor::sp/@who"/>': (
        "e.xml:3: the certainty of '#s1' is stated twice, first in line 2\n  Join the two."
    ),
    '<certainty target="#a" cert="low" match="@who"/>\n<certainty target="#a" match="@who"/>': (
        "e.xml:3: the certainty of '#a' is stated twice, first in line 2\n  Join the two."
    ),
}


@pytest.mark.parametrize("inside", CERTAINTIES)
def test_a_certainty_that_is_stated_twice_or_of_too_much(inside):
    assert told(check, tei(inside), E, [of_certainties]) == CERTAINTIES[inside]


@pytest.mark.parametrize(
    "other",
    [
        '<certainty target="#s1" cert="high" match="ancestor::sp/@who"/>',  # a note confirms it
        '<certainty target="#s1" match="@direct"/>' * 2,  # of a passage
        '<certainty target="#s1" match="self::said/@who"/>' * 2,
        '<certainty target="#s1" assertedValue="#said" match="x"/>' * 2,
    ],
)
def test_a_doubt_and_a_confirmation_are_two_things(other):
    check(tei(STATED + other), E, [of_certainties])


NO_DATE = "is no date\n  Write a year, a year and month, a day or a time as in ISO 8601."
DATES = {
    f'<{name} {end}="1956-11-31"/>': f"e.xml:2: {end}='1956-11-31' on <{name}> {NO_DATE}"
    for name in ("date", "time")
    for end in ("when", "from", "to", "notBefore", "notAfter")
} | {
    '<date when="1956-13"/>': f"e.xml:2: when='1956-13' on <date> {NO_DATE}",
    '<date when="1956-00"/>': f"e.xml:2: when='1956-00' on <date> {NO_DATE}",
    '<time when="1956-11-01T25:00:00"/>': f"e.xml:2: when='1956-11-01T25:00:00' on <time> {NO_DATE}",
    '\n<event when-custom="1956-11-03/1956-11-02"/>': (
        "e.xml:3: when-custom='1956-11-03/1956-11-02' on <event>: it ends before it begins\n"
        "  Write a time, an interval or limits in EDTF."
    ),
    '<event when-custom="soon"/>': (
        "e.xml:2: when-custom='soon' on <event>: 'soon' is no time\n"
        "  Write a time, an interval or limits in EDTF."
    ),
}


@pytest.mark.parametrize("inside", DATES)
def test_a_date_that_is_none(inside):
    assert told(check, tei(inside), E, [of_dates]) == DATES[inside]


@pytest.mark.parametrize("value", ["1956", "1956-11", "1956-11-30", "1956-11-01T14:45:00"])
def test_a_date_of_any_precision_is_one(value):
    check(tei(f'<date when="{value}"/><time to="{value}"/><date dur="P3M"/>'), E, [of_dates])


# -- the text and its transcript -----------------------------------------------------------------

KEEP = (
    "  Keep the transcript's reading; a correction goes into "
    "<choice><sic>…</sic><corr>…</corr></choice>."
)
PARTED = {
    ("<p>\n<s>The dam is sound</s></p>", "The dam\nwas sound"): (
        "e.xml:3: the text differs from the transcript (its line 2): "
        "the edition has “is sound”, the transcript “was sound”"
    ),
    ("<s>The dam</s>", "The dam is"): (  # the edition is the shorter
        "e.xml: the text differs from the transcript (its line 1): "
        "the edition has “(nothing more)”, the transcript “is”"
    ),
    ("<s>The dam is</s>", "The dam"): (
        "e.xml:2: the text differs from the transcript (its line 1): "
        "the edition has “is”, the transcript “(nothing more)”"
    ),
    ("<s>The da m is</s>", "The dam is"): (  # a word taken apart
        "e.xml:2: the text differs from the transcript (its line 1): "
        "the edition has “a m is”, the transcript “am is”"
    ),
    # no more than thirty characters of either
    ("<s>aaaaaaaaa bbbbbbbbb ccccccccc dddd</s>", "x" * 40): (
        "e.xml:2: the text differs from the transcript (its line 1): "
        f"the edition has “aaaaaaaaa bbbbbbbbb ccccccccc”, the transcript “{'x' * 30}”"
    ),
}  # fmt: skip


@pytest.mark.parametrize("text, transcript", PARTED)
def test_where_the_text_and_the_transcript_part(text, transcript):
    ours, spans = text_and_spans(tei(text)[0])
    message = told(align, ours, spans, transcript, Path("e.xml"))
    assert message == f"{PARTED[text, transcript]}\n{KEEP}"


def test_blanks_count_inside_a_sentence_and_mark_up_never():
    """Between sentences the transcript may break its lines as it likes; ``**`` is not its text."""
    ours, spans = text_and_spans(tei("<p><s>One two.</s> <s>Three</s></p>")[0])
    ink, places = align(ours, spans, "**One** two.Three", Path("e.xml"))
    assert "".join(ours[i] for i in ink) == "Onetwo.Three"
    assert places == [2, 3, 4, 8, 9, 10, 11, 12, 13, 14, 15, 16]


COVERED = {
    "<p>\n<s>One.</s>\n<hi/></p>": "e.xml:4: <hi> holds no text\n  Fill it or take it out.",
    "<p><s>One.</s><s> </s></p>": "e.xml:2: <s> holds no text\n  Fill it or take it out.",
    "<p>\n<s>One <s>two</s>.</s></p>": (
        "e.xml:3: a sentence inside another\n  Close the first <s>."
    ),
    "<div>\n<p>Loose\nend <s>One.</s></p></div>": (
        "e.xml:3: text outside any sentence: “Loose”\n  Put it into <s>, <speaker> or <label>."
    ),
    f"<p><s>One.</s> {'x' * 40}</p>": (
        f"e.xml:2: text outside any sentence: “{'x' * 30}”\n"
        "  Put it into <s>, <speaker> or <label>."
    ),
}


@pytest.mark.parametrize("text", COVERED)
def test_text_that_is_no_sentence_s(text):
    ours, spans = text_and_spans(tei(text)[0])
    assert told(check_coverage, ours, spans, Path("e.xml")) == COVERED[text]


def test_labels_references_and_empty_milestones_are_covered():
    inside = "<p><speaker>A:</speaker> <label>1.</label><milestone/><s>B <ref>(1)</ref></s><ref>2</ref></p>"
    check_coverage(*text_and_spans(tei(inside)[0]), Path("e.xml"))


# -- the grammar ---------------------------------------------------------------------------------

SAID = "  data/schema/session.rng says what may stand where."
MISTER = "<choice><abbr>Mr.</abbr><expan>Mister</expan></choice>"
MADE_OF = "it is made of <abbr>, <expan>, <sic>, <corr>"
UNFIT = "holds too few, too many or in another order"
ENDS = "it may have when, dur, from, to, notBefore, notAfter, cert"
#: What is changed in the second edition, and what is told of it.
GRAMMAR = {
    ("<title>Minutes of the Dam Committee of Lower Ashby</title>", ""): (
        "<titleStmt> lacks <title>",
        -1,  # lines from the change to the line that is named
    ),
    ("<title>Minutes", "<tite/><title>Minutes"): "<tite> is not an element of such editions",
    ("<listPlace>", "<listPlace><person/>"): "<person> may not stand directly in <listPlace>",
    ("<sourceDesc>", '<sourceDesc><zap xmlns=""/>'): "<zap> is not an element of TEI",
    (' xml:id="sp1"', ""): "<sp>: xml:id is missing",
    ('match="@who" ', 'match="@who" colour="red" '): "<certainty>: it has no attribute colour",
    ("<body>", '<body xml:space="x">'): "<body>: it has no attribute xml:space",
    ('xml:lang="en"', 'xml:lang="e n"'): "<TEI>: xml:lang='e n' is not a language such as en",
    ('when="1911-03-04"', 'dur="long"'): "<date>: dur='long' is not a duration such as P3M",
    ('cert="high"', 'cert="sure"'): "<certainty>: cert='sure' is not 'high' or 'medium' or 'low'",
    ('xml:id="s4"', 'xml:id="4 s"'): (
        r"<s>: xml:id='4 s' is not of the form [ahs][0-9]+|n[0-9]+\.[0-9]+"
    ),
    ('xml:id="holt"', 'xml:id="4 s"'): "<person>: xml:id='4 s' is not a name without blanks",
    ('ref="#wick"', 'ref="the wick"'): (
        r"<placeName>: ref='the wick' is not of the form #[A-Za-z_][\w.\-]*"
    ),
    (' when="1911-03-04"', ""): f"<date>: its attributes (none) do not make a whole; {ENDS}",
    (' when="1911-03-04"', ' from="1911" when="1911"'): (
        f"<date>: its attributes (from, when) do not make a whole; {ENDS}"
    ),
    ("<geo>52.10 0.20</geo>", "<geo>north</geo>"): (
        "<geo> holds “north”, not text of the form "
        r"-?[0-9]{1,2}(\.[0-9]+)? -?[0-9]{1,3}(\.[0-9]+)?"
    ),
    ("<geo>52.10 0.20</geo>", "<geo>52.10 0.20</geo><geo>52.10 0.20</geo>"): (
        f"<location> {UNFIT}: it is made of <geo>"
    ),
    (MISTER, "<choice/>"): f"<choice> is empty: {MADE_OF}",
    (MISTER, "<choice><expan>Mister</expan></choice>"): f"<choice> {UNFIT}: {MADE_OF}",
    ("<persName>Josiah Marten</persName>", ""): "<person> lacks <persName>",
    ("<persName>Josiah Marten</persName>", "He "): "the text “He” may not stand directly in <person>",
    ('<p xml:id="p2">', '<p xml:id="p2"><!-- c -->loose words'): (
        "the text “loose words” may not stand directly in <p>"
    ),
    ("<standOff>", "<standOff/><standOff>"): (
        f"<TEI> {UNFIT}: it is made of <teiHeader>, <standOff>, <text>",
        -27,
    ),
}  # fmt: skip


@pytest.mark.parametrize("old, new", GRAMMAR)
def test_what_the_grammar_does_not_allow(second, old, new):
    before, _, after = second.edition.path.read_text(encoding="utf-8").partition(old)
    parser = etree.XMLParser(collect_ids=False)
    root = etree.fromstring((before + new + after).encode(), parser)
    fault = GRAMMAR[old, new]
    fault, further = (fault, 0) if isinstance(fault, str) else fault
    line = before.count("\n") + 1 + further
    message = told(check_grammar, root, Path("e.xml"))
    assert message == f"e.xml:{line}: not valid by session.rng: {fault}\n{SAID}"


def test_several_faults_are_told_in_order(second):
    text = second.edition.path.read_text(encoding="utf-8")
    event = '<listEvent type="told"><event>x<event/></event></listEvent></standOff>'
    root = etree.fromstring(text.replace("</standOff>", event).encode())
    assert told(check_grammar, root, Path("e.xml")).splitlines() == [
        f"e.xml:40: not valid by session.rng: {fault}"
        for fault in (
            "<event>: xml:id is missing",
            "<event>: when-custom is missing",
            "<event>: cert is missing",
            "<event> may not stand directly in <event>",
        )
    ] + [SAID]


# -- an edition's own parts ----------------------------------------------------------------------


def test_what_an_edition_has_to_have(tmp_path, second):
    """The second edition, spoilt in one place at a time; see also tests/analysis/test_bad_input."""
    whole = second.edition.path.read_text(encoding="utf-8")
    for name in ("second.txt", "second.toml"):
        (tmp_path / name).write_bytes(second.edition.path.with_name(name).read_bytes())
    path = tmp_path / "e.xml"
    speeches = whole[whole.index("<sp ") : whole.rindex("</sp>") + len("</sp>")]
    doctype = "a document type declaration is not allowed"
    no_entities = "Remove <!DOCTYPE …>: editions need no DTD and no entities."
    transcript = '<ptr type="transcript" target="second.txt"/>'
    for old, new, where, what, todo in [
        (speeches, "", ":42", "the session is empty: no <sp> and no <u>", "Encode at least one speech inside <div type='session'>."),
        ("<TEI ", "<!DOCTYPE TEI>\n<TEI ", ":5", doctype, no_entities),
        ("<TEI ", '<!DOCTYPE TEI [<!ENTITY a "&b;">]><TEI n="&a;" ', ":5", doctype, no_entities),
        ("</TEI>", "", ":106", "not well-formed XML: Premature end of data in tag TEI line 5, line 106, column 1", "Mend the mark-up; the file has to be UTF-8."),
        ("http://www.tei-c.org/ns/1.0", "urn:x", ":5", "not a TEI document: the root is <TEI>", "The root has to be <TEI xmlns='http://www.tei-c.org/ns/1.0'>."),
        (' target="second.txt"', "", ":15", "<ptr type='transcript'> names no file", "Give it a target."),
        ("second.txt", "../second.txt", ":15", "<ptr type='transcript'> names ../second.txt, no file beside the edition", "Put the file into the edition's folder, or into one in it."),
        (transcript, "", ":5", "the header names no transcript", "Add <ptr type='transcript' target='…'/> to <sourceDesc>."),
        ("second.txt", "third.txt", None, "there is no such file, and wanted is a transcript", f"It is named in the header of {path}."),
        ("c90af2", "000000", None, "the transcript is not the one that the edition was made from (sha256 differs)", "Restore it byte for byte; corrections belong in the edition."),
    ]:  # fmt: skip
        assert old in whole
        path.write_text(whole.replace(old, new, 1), encoding="utf-8")
        place = (
            f"{path}{where}"
            if where
            else tmp_path / ("third.txt" if "third" in new else "second.txt")
        )
        assert told(edition.read_edition, path) == f"{place}: {what}\n  {todo}"


def test_a_passage_that_its_sentence_does_not_have(copy):
    path = copy('<note type="passage">', '<note type="passage">Not ')
    line = path.read_text(encoding="utf-8").partition("Not ")[0].count("\n") + 1
    assert told(read_session, path) == (
        f"{path}:{line}: h1 does not have “Not 2 November 1956”\n"
        "  Quote the passage as the sentence has it."
    )
