"""A student's copy: every word of the transcript, and no answer."""

import re

import pytest
from lxml import html

from analysis.copies import (
    how_to_read,
    lines_to_sort,
    student_copy,
    telling_notes,
    where_others_are,
)
from analysis.errors import AskError
from analysis.layers import LAYERS
from analysis.wording import name_of


def words_shown(page):
    """What is printed of a copy, without numbers of sentences and of notes."""
    root = html.fromstring(page.text)
    for element in root.xpath("//a[@class='number'] | //sup | //small"):
        element.drop_tree()
    return " ".join(root.text_content().split())


@pytest.mark.parametrize("layer", LAYERS)
def test_a_copy_has_the_words_of_the_layer_and_no_other(session, layer):
    shown = words_shown(student_copy(session, layer))
    labels = [] if layer != "session" else list(session.speeches.label.dropna())
    for label in labels:  # "Munnich:" stands in the transcript, and is no word of a sentence
        assert shown.count(label) >= 1
    said = session.sentences.text[session.sentences.layer == layer]
    position = 0
    for text in said:
        position = shown.index(" ".join(text.split()), position)
    left = shown
    for text in sorted(said, key=len, reverse=True):
        left = left.replace(" ".join(text.split()), " ", 1)
    for label in labels:
        left = left.replace(label, " ", 1)
    # What is left are marks between a label and its speech, and the numbers of the notes.
    assert not re.search(r"[A-Za-z]{2}", left), left


def test_nobody_is_named_where_nobody_is_printed(session):
    """The document prints Kadar in its heading, in s67, s73 and before s109; the copy as often."""
    copy = student_copy(session, notes_at="student-notes.html")
    assert len(re.findall(r"K[aá]d[aá]r", words_shown(copy))) == 3
    assert [
        s.get("id")
        for s in html.fromstring(copy.text).xpath("//*[@class='sentence']")
        if "Kadar" in s.text_content()
    ] == ["s67", "s73"]
    for speaker in session.speeches.speaker.dropna().unique():
        assert name_of(session, speaker) not in copy.text  # János Kádár, with his accents
    attributes = {name for e in html.fromstring(copy.text).iter() for name in e.attrib}
    assert attributes == {"class", "id", "href", "aria-label"}
    assert not re.search("inferred|kadar|translator|sp1", copy.text)


def test_a_copy_of_the_second_edition_has_no_name_that_is_not_printed(second):
    copy = student_copy(second)
    for row in second.speeches.itertuples():
        assert row.attribution == "labelled" or name_of(second, row.speaker) not in copy.text


def test_the_notes_that_name_him_are_known(session):
    # n7: "Kadar's government prohibited Mindszenty"; the others say that he is speaking
    assert telling_notes(session) == ["n2", "n4", "n7", "n8", "n13", "n14"]
    beside = student_copy(session, beside=True).text
    assert "Jozsef Dudas, a former Budapest city official" in beside  # n3
    assert "the speaker was Kadar" not in beside and "prohibited Mindszenty" not in beside


def test_the_number_of_a_note_that_names_him_leads_nowhere(session):
    copy = student_copy(session, notes_at="student-notes.html").text
    leads = {a.text: a.get("href") for a in html.fromstring(copy).xpath("//sup/a")}
    plain = {n.text for n in html.fromstring(copy).xpath("//sup/span")}
    assert plain == {"2", "4", "7", "8", "13", "14"}
    assert "<sup" not in student_copy(session).text, "a number without a page of notes"
    assert leads == {str(n): f"student-notes.html#n{n}" for n in (3, 5, 6, 9, 10, 11, 12, 15, 16)}


def test_the_notes_come_in_two_parts(session):
    def numbers(**part):
        page = student_copy(session, "notes", **part)
        return [e.get("id") for e in html.fromstring(page.text).xpath("//*[@class='note']")]

    told, others = numbers(telling=True), numbers(telling=False)
    assert told == telling_notes(session)
    assert sorted(told + others) == sorted(numbers()) == sorted(session.notes.note)


def test_each_part_of_the_notes_says_where_the_others_are(session):
    later = where_others_are(session, telling=False).text
    assert "No page is missing: notes 2, 4, 7, 8, 13 and 14 come later" in later
    belong = where_others_are(session, telling=True).text
    assert "These are notes 2, 4, 7, 8, 13 and 14;" in belong and "come later" not in belong


def test_numbers_of_notes_are_explained_where_there_are_some():
    assert "some come later" in how_to_read(notes=True).text
    assert "note" not in how_to_read(notes=False).text


def test_a_part_is_the_part(session):
    root = html.fromstring(student_copy(session, first="s41", last="s73").text)
    numbers = [e.get("id") for e in root.xpath("//*[@class='sentence']")]
    assert numbers == [f"s{n}" for n in range(41, 74)]


def test_of_a_layer_that_an_edition_has_not_there_is_an_empty_copy(second):
    assert student_copy(second, "notes").text == '<div class="student notes"></div>'


@pytest.mark.parametrize(
    "wrong, says",
    [
        ({"layer": "sessions"}, "no layer is “sessions”"),
        ({"first": "s118"}, "s118"),
        ({"first": "s9", "last": "s2"}, "s9 stands after s2"),
    ],
)
def test_what_is_not_there_is_said(session, wrong, says):
    with pytest.raises(AskError, match=says):
        student_copy(session, **wrong)


@pytest.mark.parametrize(
    "family", ["order", "force", "withdrawal", "group", "violence", "socialism and communism"]
)
def test_lines_to_sort_are_all_there_and_unsorted(session, family):
    root = html.fromstring(lines_to_sort(session, family).text)
    given = [row.xpath("string(td[1])") for row in root.xpath("//tbody/tr")]
    terms = session.terms[(session.terms.family == family) & (session.terms.layer == "session")]
    assert sorted(given) == sorted(terms.sentence)
    texts = dict(zip(session.sentences.sentence, session.sentences.text))
    for row in root.xpath("//tbody/tr"):  # a line says its sentence, its words, and no more
        cells = [" ".join(cell.text_content().split()) for cell in row]
        assert cells[1:] == [" ".join(texts[cells[0]].split()), ""]
    senses = session.senses.set_index(["family", "start"]).sense[family]
    runs = [
        senses[start] for s in dict.fromkeys(given) for start in terms.start[terms.sentence == s]
    ]
    assert sum(a != b for a, b in zip(runs, [None, *runs])) > len(set(runs))
