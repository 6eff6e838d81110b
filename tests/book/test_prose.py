"""Nobody types a number or a quotation into a chapter: each is counted, or taken from the edition, or on a list here."""

import json
import os
import re
import shutil
from io import BytesIO

import numpy as np
import pytest
from paths import TOP
from PIL import Image
from pybtex.database import parse_file

from analysis.figures.speakers import course_chart
from analysis.portable import LINKS
from book.notebooks import run_all
from book.prose import rewrite_file, with_values
from book.prose import stored as stored_values
from book.store import COURSE, COURSE_NARROW, stored_notebook

SOURCES = [
    TOP / "index.md",
    *sorted((TOP / "chapters").glob("*.md")),
    *sorted((TOP / "chapters").glob("*.ipynb")),
]

#: Pages for a class: they speak of groups, sheets and minutes, and no number word there counts in the document.
TEACHING = {
    *("seminar.md", "answers.md", "students.md", "student-text.md", "student-notes.md"),
    *("first-lesson.md", "handouts.md", "one-page.md", "slides.md", "glossary.md"),
    *("ballot.md", "classroom.md", "people-and-words.md"),
}
TIMES = re.compile(
    r"(?<=\| )[^|\n]*[×+½][^|\n]*(?= \|\n)"  # how the minutes of a plan are reckoned
    r"|\b\d+ (?:words a minute|alone)\b|3\s×\s2½|\ba class of 25\b"
    r"|\*\*\d\*\*(?= [a-z“])|\b(?:up to|of) 20\b|\b20 points\b"  # of the marking grid
    r"|\b\d+ minutes|\b(?:45|90)\b|\b\d:\d\d \| \d+ \||[Tt]asks? \d(?:(?:, | and )\d)*|\bA4\b|leaves 23-29"
)

#: What is no prose: roles and the links that they become, code, formulas, targets of links, and paragraphs that name sources.
APART = re.compile(
    r"\[(?:\\.|[^\[\]\\])*\]\([^()\s]* \"(?:count|share|quote|sentence|claim|concordances|cite|predict|most)\b[^\"]*\"\)|"
    r"^\*Sources\.\*.*$|^(`{3,}|:{3,}|~{3,}).*?$|\{[\w:-]+\}`[^`]*`|`[^`]*`|\$[^$]*\$|\]\([^)]*\)|<https?:[^>]*>",
    re.M,
)
#: What is said with its source: a sentence, or a cell of a table, up to where it cites one.
CITED = re.compile(
    r"(?:[“«][^”»]*[”»]|(?!\. |\| ).)*"
    r"(?:\{cite\}`[\w.-]+`|\[(?:\\.|[^\[\]\\])*\]\([^()\s]* \"cite: [\w.-]+\"\))"
)
QUOTED = re.compile(r"“([^”]*)”|(?<!\w)\"([^\"]*)\"(?!\w)")

#: Figures that nobody counts: dates, shelfmarks, numbers of notes, sentences and list items, editions and versions.
FIGURES = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?\b"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b"
    r"|\b(?:1[89]|20)\d\d(?:[–-]\d\d(?:\d\d)?)?\b(?! (?:words|sentences|mentions|speeches|times|of)\b)"
    r"|\b[Nn]otes? \d+(?:(?:, | and |–|-)\d+)*|\b[sanhpq]\d+(?:\.\d+)?\b"
    r"|F\. 3, Op\. 12, D\. 1006, Ll\. 23-29|CWIHP Bulletin\*? 8-9, pp\. 395-397|(?:document|edition|version) \d[\d.]*"
    r"|Natural Earth \d[\d.]*|world-atlas \d[\d.]*|CC BY 4\.0|TEI P5|UTF-8|^ *\d+[.)] ",
    re.M,
)

NUMBER_WORDS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|twice|thrice)\b",
    re.I,
)
#: Phrases in which such a word counts nothing in the document, each with the reason.
PHRASES = {
    r"no[ -]one|one of them|one another|the one|this one|that one|which one|one's|a \w+ one": "a pronoun",
    r"one step": "a way of speaking: a link away",
    r"change one word": "an instruction to the reader",
    r"one word": "what a word is, not how many there are",
    r"count as one mention": "what a mention is, not how many there are",
    r"one more mention|one mention more": "a supposition",
    r"four layers": "the plan of every edition of this kind; the code names them",
    r"one way through": "a way of speaking: the order of the modules",
    r"(?:module|notebook|section|row|line) (?:for|to) each": "no count",
    r"one to another": "a way of speaking",
    r"two clocks|more than one clock": "the title of a chapter, and what it says",
    r"compare two readings": "the name of a button",
    r"two days": "2 and 3 November, the title of a chapter",
    r"the one day beside the other": "a way of speaking",
}
ALLOWED = re.compile("|".join(rf"\b(?:{phrase})\b" for phrase in PHRASES), re.I)


def prose(path):
    """The Markdown of a chapter, in pieces."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return [text]
    return [
        "".join(cell["source"])
        for cell in json.loads(text)["cells"]
        if cell["cell_type"] == "markdown"
    ]


def typed_numbers(text):
    """Figures and number words that a piece of prose states of its own."""
    text = CITED.sub(" ", text)
    text = APART.sub(" ", QUOTED.sub(" ", APART.sub(" ", text)))
    text = FIGURES.sub(" ", text)
    figures = [
        text[max(0, m.start() - 25) : m.end() + 25].strip() for m in re.finditer(r"\d[\d.,]*", text)
    ]
    text = ALLOWED.sub(" ", text)
    return figures + [
        text[max(0, m.start() - 25) : m.end() + 25].strip() for m in NUMBER_WORDS.finditer(text)
    ]


def level(text):
    """Text for comparing: one kind of quotation mark and blank."""
    for mark, plain in {"“": '"', "”": '"', "’": "'", "‘": "'"}.items():
        text = text.replace(mark, plain)
    return " ".join(text.split())


def typed_quotations(text):
    """Quotations of three words or more outside roles, and without a source behind them."""
    text = CITED.sub(" ", text)
    found = (a or b for a, b in QUOTED.findall(APART.sub(" ", text)))
    return [quotation for quotation in found if len(quotation.split()) >= 3]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.name)
def test_nobody_types_a_number_into_prose(path):
    if path.name in TEACHING:
        pieces = [NUMBER_WORDS.sub(" ", TIMES.sub(" ", text)) for text in prose(path)]
    else:
        pieces = prose(path)
    assert not [found for text in pieces for found in typed_numbers(text)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.name)
def test_what_is_quoted_stands_in_the_document(session, path):
    document = level(" ".join(session.sentences.text))
    for quotation in (q for text in prose(path) for q in typed_quotations(text)):
        for part in re.split(r"\s*(?:…|\.\.\.)\s*", quotation):
            words = level(part).rstrip(
                ".,;:"
            )  # a quotation may begin with another case than its sentence
            assert words in document or words[:1].swapcase() + words[1:] in document, (
                f"the document has no “{part}”"
            )


@pytest.mark.parametrize(
    "text",
    [
        "It is said 11 times.",
        "Three men speak.",
        "about ten in a thousand",
        "in 1163 words",
        "said twice",
        "50% of them",
        "on pages 12-14",
        "He has two speeches.",
        "The session has 1913 words.",
        "There are 2000 of them.",
        "He came at 19.50. She wrote it {cite}`somebody`.",
    ],
)
def test_a_typed_number_is_found(text):
    assert typed_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "On 2 November 1956",
        "see note 14 and {sentence}`s62`",
        "sentence s47",
        "It has {count}`words` words.",
        "“we had 35 thousand people”",
        "1. Who speaks?",
        "no one speaks",
        "in 1956",
        "notes 2 and 13",
        "[a link](page-2.html)",
        'It has [1,292](/static/a.html#b "count: words") words, “[so](c "quote: s1")”.',
        "He came at 19.50 {cite}`somebody`.",
    ],
)
def test_what_is_no_count_is_left_alone(text):
    assert not typed_numbers(text)


def test_a_quotation_from_elsewhere_names_its_source():
    assert not typed_quotations("She “came at ten to eight” {cite}`mti-11-01`.")
    link = r'[\[MTI, 1956\]](/static/a.html#work-mti-11-01 "cite: mti-11-01")'
    assert not typed_quotations(f"She “came at ten to eight” {link}.")
    assert typed_quotations(f"She “came at ten to eight”. That is in {link}.")
    assert typed_quotations("She “came at ten to eight”. That is in {cite}`mti-11-01`.")


def test_a_quotation_that_is_not_there_is_found(session):
    assert typed_quotations("He says “the troops must never be withdrawn”.") == [
        "the troops must never be withdrawn"
    ]
    assert "the troops must never be withdrawn" not in level(" ".join(session.sentences.text))


def test_each_work_says_what_it_is_good_for_and_how_far_it_was_read():
    works = parse_file(TOP / "data" / "context" / "references.bib").entries
    assert works
    for key, work in works.items():
        assert work.fields["keywords"] in {"whole", "part"}, key
        assert work.fields["note"].endswith("."), key


# -- what is stored -----------------------------------------------------------------------


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.name)
def test_every_value_is_stored_as_it_is_today(path):
    changes = []
    rewrite_file(path, changes)
    told = [f"{c.where}: {c.stored} should be {c.right}" for c in changes]
    assert not told, "run `make notebooks`:\n" + "\n".join(told)


def test_a_stale_value_is_named_with_its_cell_and_mended(tmp_path):
    right = stored_values("count", "terms family=troops")
    stale = right.replace(f"[{right[1 : right.index(']')]}]", "[1956]")
    path = tmp_path / "one.ipynb"
    cell = {"cell_type": "markdown", "id": "here", "metadata": {}, "source": f"So {stale}."}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    changes = []
    write_it = rewrite_file(path, changes)
    assert [(c.where, c.stored, c.right) for c in changes] == [
        ("one.ipynb, cell here", stale, right)
    ]
    write_it()
    assert prose(path) == [f"So {right}."]


def test_a_role_becomes_the_link_and_stays_it():
    changes = []
    text = "{quote}`s45 alarmed` in {sentence}`s45`; ``{count}`words` `` is code"
    once = with_values(text, "here", changes)
    assert once == (
        '[“alarmed”](/static/chapters/text.html#s45 "quote: s45") in '
        '[s45](/static/chapters/text.html#s45 "sentence: s45"); ``{count}`words` `` is code'
    )
    assert len(changes) == 2 and with_values(once, "here", []) == once


def test_a_query_without_an_answer_names_its_place():
    with pytest.raises(ValueError, match=r"index.md: .*s45.* has no “calmed”"):
        with_values("{quote}`s45 calmed`", "index.md", [])


@pytest.mark.parametrize("path", [COURSE, COURSE_NARROW], ids=["wide", "narrow"])
def test_the_picture_of_the_front_page_is_todays(session, path):
    stored_picture = np.asarray(Image.open(path).convert("RGB"), dtype=int)
    drawn = course_chart(session).picture(narrow=path == COURSE_NARROW)
    todays = np.asarray(Image.open(BytesIO(drawn)).convert("RGB"))
    assert stored_picture.shape == todays.shape
    assert (abs(stored_picture - todays) > 8).mean() < 0.001  # another machine may smooth otherwise


def test_a_changed_annotation_changes_in_stored_notebooks_only_what_depends_on_it(tmp_path):
    """The Austrians of s24 are no longer marked as a place: in *Places* the chart that counts
    Austria changes, with its row alone; the map, which shows what can be pointed at, does not; and
    *Speakers*, where no place is counted, is stored byte for byte as before."""
    leave = shutil.ignore_patterns(".*", "_build", "node_modules", "tests", "mutants", "*.egg-info")
    top = shutil.copytree(TOP, tmp_path / "top", ignore=leave)
    edition = top / "data" / "presidium-1956-11-02.xml"
    text = edition.read_text(encoding="utf-8")
    marked = '<rs type="place" subtype="demonym" ref="#austria">Austrians</rs>'
    assert text.count(marked) == 1
    edition.write_text(text.replace(marked, "Austrians"), encoding="utf-8")
    links = {LINKS: str(TOP / "_build" / "links.json"), "PYTHONPATH": str(top)}
    names = ("places.ipynb", "speakers.ipynb")
    paths = {name: top / "chapters" / name for name in names}
    done = run_all(paths, {**os.environ, **links}, 120)
    before = {n: (TOP / "chapters" / n).read_text(encoding="utf-8") for n in names}
    assert stored_notebook("speakers.ipynb", done["speakers.ipynb"], []) == before["speakers.ipynb"]
    was, now = (
        [c["outputs"] for c in json.loads(text)["cells"] if c["cell_type"] == "code"]
        for text in (before["places.ipynb"], done["places.ipynb"])
    )
    assert [n for n, (old, new) in enumerate(zip(was, now, strict=True)) if old != new] == [2]
    rows = [set(re.findall("<tr>.*?</tr>", str(outputs[2]))) for outputs in (was, now)]
    assert all("Austria" in row for row in rows[0] ^ rows[1])
    assert rows[0] ^ rows[1] and rows[0] & rows[1]


SWITCH = re.compile(r'data-switch="(\w+)=(\w+)">[^<]+</span>(.?)')


def test_a_switch_in_a_notebook_s_sentence_has_a_call_beside_it_that_runs(session):
    """Whoever reads the notebook has no switch: the paragraph says the same of a chart, and the
    first cell imports what that needs; or the cell below takes a reading.  A button that fills its
    line on a phone would part a comma from its word."""
    for path in (TOP / "chapters").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        told = ["".join(cell["source"]) for cell in cells]
        first = next(text for cell, text in zip(cells, told) if cell["cell_type"] == "code")
        for text, below in zip(told, [*told[1:], ""]):
            for paragraph in text.split("\n\n"):
                if not (switches := SWITCH.findall(paragraph)):
                    continue
                assert {after for *_, after in switches} == {" "}, paragraph
                if not (call := re.search(r"`(\w+_chart\(.+?\))`", paragraph)):
                    assert "reading=Reading(" in below, paragraph
                    continue
                space = {}
                exec(f"{first}\nchart = {call[1]}", space)
                name, option, _ = switches[0]
                assert f"({name}: {option.replace('_', ' ')})" in space["chart"].caption
