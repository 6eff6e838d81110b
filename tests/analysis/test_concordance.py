"""The lines behind a number: as a table, and as HTML that a browser reads."""

import pytest
from lxml import html

from analysis import AskError
from analysis.ask import with_family
from analysis.concordance import concordance, in_context, lines, one_line
from analysis.evidence import PLACED, Evidence, count


def cells(session, text):
    root = html.fragment_fromstring(lines(session, Evidence.parse(text)))
    return root, [[td.text_content() for td in tr.iter("td")] for tr in root.iter("tr")][1:]


def test_the_keyword_stands_in_its_sentence(session):
    table = concordance(session, "terms family=nationalism")
    # s84 “The people believe in nationalism and regard it as their affair.(14)” · s85 “… that they
    # support nationalism, the authority of the other parties will stop increasing.”
    assert list(table.columns) == [
        *("item", "layer", "speaker", "sentence", "left", "keyword", "right")
    ]
    assert table.iloc[0].tolist() == [
        *(1, "session", "kadar", "s84", "The people believe in ", "nationalism"),
        " and regard it as their affair.",
    ]
    assert table.keyword.tolist() == ["nationalism", "nationalism"]


@pytest.mark.parametrize("table", PLACED)
def test_every_line_is_its_sentence_with_the_keyword_in_it(session, table):
    text = dict(zip(session.sentences.sentence, session.sentences.text))
    found = concordance(session, Evidence.of(table, layer="all"))
    assert len(found) == Evidence.of(table, layer="all").count(session)
    for row in found.itertuples():
        line = f"{row.left}{row.keyword}{row.right}"
        if row.left or row.right:
            bare = "".join(text[row.sentence].split())
            assert bare in "".join(line.split())


def test_a_label_is_shown_with_the_sentence_that_follows(session):
    rows = concordance(session, "words speaker=bata under apparatus=counted")
    first = rows.iloc[0]
    # “Cde. Bata: The question is pointedly raised about the withdrawal of Soviet troops.”
    assert (first.keyword, first.sentence) == ("Cde.", "s110")
    assert first.right.startswith(" Bata: The question")


def test_an_address_shows_what_its_short_form_shows(session):
    evidence = Evidence.parse("terms family=neutrality")
    shown = [in_context(session, one)._repr_html_() for one in (evidence, evidence.short)]
    assert shown[0] == shown[1] == in_context(session, evidence.address)._repr_html_()
    assert repr(in_context(session, evidence)).startswith("Neutrality: ")


def test_lines_stand_speaker_by_speaker_in_the_order_in_which_they_begin(second):
    root, rows = cells(second, "terms family=water|wall")
    assert [row[1] for row in rows] == [
        *("Marten",) * 3,
        *("Holt",) * 2,
        "Amos Sayer",
        "Anna Weir (weir-younger)",
        "Edith Holt and Amos Sayer",
    ]
    firsts = [tr.get("class") for tr in root.iter("tr")][1:]
    assert firsts == ["first", None, None, "first", None, "first", "first", "first"]
    assert [row[0] for row in rows] == ["s1", "s2", "s3", "s4", "s7", "s8", "s16", "s19"]
    assert root.get("class") == "kwic sortable asc" and "--keyword:5ch" in root.get("style")


def test_each_line_leads_to_its_sentence_and_marks_the_keyword(session):
    root, rows = cells(session, "terms family=neutrality speaker=kadar")
    assert [a.get("href") for a in root.iter("a")] == [f"sentence:{row[0]}" for row in rows]
    assert {mark.text for mark in root.iter("mark")} == {"neutrality"}
    assert [th.text for th in root.iter("th")] == [
        *("Sentence", "Speaker", "Before", "Keyword", "After")
    ]


def test_whole_sentences_have_no_keyword_to_mark(session):
    root, rows = cells(session, "sentences speaker=bata")
    assert root.get("class") == "whole sortable asc" and not list(root.iter("mark"))
    assert rows[0][2] == ("The question is pointedly raised about the withdrawal of Soviet troops.")
    root, _ = cells(session, "reported speaker=kadar")
    assert list(root.iter("mark"))  # a passage inside a sentence is marked there


@pytest.mark.parametrize(("longest", "whole"), [(11, False), (10, True)])
def test_a_line_has_room_for_the_longest_keyword(session, monkeypatch, longest, whole):
    """“nationalism” has 11 letters."""
    monkeypatch.setattr("analysis.concordance.LONG", longest)
    root, _ = cells(session, "terms family=nationalism")
    assert ("whole" in root.get("class").split()) == whole


def test_outside_the_session_a_line_has_its_layer_for_a_speaker(session):
    _, rows = cells(session, "terms family=neutrality layer=notes")
    assert {row[1] for row in rows} == {"notes"}
    _, rows = cells(session, "words sentence=s1 under opening=nobody")
    assert {row[1] for row in rows} == {"nobody named"}


def test_what_the_text_has_of_html_is_text(session):
    # a6 is the archive's address, which the transcript has between < and >
    text = lines(session, Evidence.parse("sentences sentence=a6 layer=archive"))
    assert "https://digitalarchive.umd.edu/document/111884" in text and "<https" not in text
    family = "<b> & |$x_$"
    more = with_family(session, family, "afraid")
    rows = count(more, "terms", "speaker", family=family)
    assert Evidence.parse(rows.evidence[0]).count(more) == rows["count"][0] == 3
    shown = in_context(more, rows.evidence[0])._repr_html_()
    assert "&lt;b&gt; &amp; |$x_$" in shown and "<b> &" not in shown


def test_no_line_is_said_in_words(session):
    assert lines(session, Evidence.parse("words norm=fear")) == (
        "<p>Nothing in the document answers to this.</p>"
    )


def test_blanks_close_up():
    assert one_line("a \n b\t\tc") == "a b c"


def test_evidence_that_there_is_not_is_an_error(session):
    with pytest.raises(AskError, match="colour"):
        in_context(session, "terms colour=red")
