"""The session as an object: it shows what it holds, says whose a row is, and does not change."""

import re
import shutil

import pytest
from paths import TOP

from analysis import EditionError, Reading, load, read_session
from analysis.errors import AskError
from analysis.page import RICH, Shown
from analysis.schema import COLUMNS
from analysis.session import the_edition


def test_a_session_shows_its_tables_and_its_speakers(session):
    # “Munnich:” and ten more sentences; 88 of the words are Bata's
    for shown in (repr(session), session._repr_html_()):
        assert "Working Notes from the Session of the CPSU CC Presidium" in shown
        assert "&lt;" not in shown
        assert "kadar (János Kádár)" in shown and "bata (István Bata), 88 words" in shown
        assert all(table in shown for table in COLUMNS) and "cut by reading" in shown
    overview = session.overview.set_index("table")
    assert overview.rows["speeches"] == 4
    assert overview.loc["notes", "columns"] == "note, anchor, sentences, words, text"


def test_a_voice_that_nobody_is_named_for_is_shown_as_such(second):
    assert "nobody named" in repr(second)


def test_the_book_is_shown_a_session_whole(session, monkeypatch):
    monkeypatch.setattr(Shown, "whole", True)
    shown = session._repr_mimebundle_()[RICH]
    assert shown.startswith("<p><b>Working Notes") and shown.count("<tr>") == 1 + len(COLUMNS)


def test_a_notebook_shows_a_session_with_text_at_the_left_and_numbers_at_the_right(session):
    shown = session._repr_mimebundle_()
    assert shown["text/plain"] == repr(session)
    row = re.search(r"<tr>(<td[^>]*>speeches.*?)</tr>", shown["text/html"])[1]
    sides = re.findall(r'text-align:(\w+)">([^<]*)', row)
    assert sides[:2] == [("left", "speeches"), ("right", "4")]


def test_tab_completion_knows_the_tables(session):
    assert set(COLUMNS) <= set(dir(session))


def test_a_session_does_not_change(session):
    for name in ("words", "lexicon", "edition", "anything"):
        with pytest.raises(AttributeError, match="does not change"):
            setattr(session, name, None)
    with pytest.raises(AttributeError, match="does not change"):
        del session.edition


def test_no_such_table_is_said_with_those_that_there_are(session):
    with pytest.raises(AttributeError, match=r"no table is “wrods”; the nearest: words"):
        session.wrods  # noqa: B018
    with pytest.raises(AskError, match=r"no table is “mention”; the nearest: mentions"):
        session.with_speaker("mention")
    assert not hasattr(session, "wrods") and not hasattr(session, "_repr_png_")


def test_a_row_has_its_speaker_and_how_sure_he_is(session):
    mentions = session.with_speaker("mentions").set_index("mention")
    # s51 is in the unlabelled speech, s1 doubted, the first of Bata's is labelled; n1 is a note
    frame = session.with_speaker("sentences").set_index("sentence")
    assert list(frame.loc["s51", ["speaker", "standing"]]) == ["kadar", "inferred"]
    assert list(frame.loc["s1", ["speaker", "standing"]]) == ["kadar", "doubted"]
    assert list(frame.loc["s98", ["speaker", "standing"]]) == ["munnich", "labelled"]
    assert frame.loc["n7.1", ["speaker", "standing"]].isna().all()
    assert list(mentions.columns[-2:]) == ["speaker", "standing"]
    assert list(session.mentions) == list(session.with_speaker("mentions"))[:-2]
    assert list(session.with_speaker("terms")) == [*session.terms, "standing"]


def test_under_a_reading_nobody_speaks_the_opening(session):
    frame = Reading(opening="nobody").of(session).with_speaker("sentences").set_index("sentence")
    assert frame.loc["s51", "standing"] == "unattributed" and frame.isna().loc["s51", "speaker"]


def test_tables_of_the_register_have_no_speakers(session):
    with pytest.raises(ValueError, match=r"'places' has no speakers; these have: sentences, words"):
        session.with_speaker("places")


def test_a_speech_with_neither_label_nor_inference_is_unattributed(copy):
    # no label is printed before s1; without the edition's inference nobody says who speaks
    text = copy.path.read_text(encoding="utf-8")
    inference = re.search(r'<certainty[^>]* match="@who".*?</certainty>', text, re.S)[0]
    copy(inference, "")
    opening = read_session(copy(' who="#kadar"', "")).speeches.iloc[0]
    assert opening.speech == "sp1" and opening.attribution == "unattributed"
    assert opening[["speaker", "label", "certainty", "responsible"]].isna().all()


def test_a_session_without_notes_bodies_and_confirmations_has_empty_tables(second):
    for table in ("notes", "organisations", "confirmations"):
        assert second.table(table).empty
        assert list(second.table(table)) == COLUMNS[table]


def test_an_edition_is_read_again_when_one_of_its_files_has_changed(tmp_path):
    for part in (TOP / "tests/editions").glob("second.*"):
        shutil.copy(part, tmp_path)
    first = load(tmp_path / "second.xml")
    assert load(tmp_path / "second.xml") is first
    lexicon = tmp_path / "second.toml"
    lexicon.write_text(lexicon.read_text(encoding="utf-8") + "\n# a word more\n", encoding="utf-8")
    assert load(tmp_path / "second.xml") is not first
    transcript = tmp_path / "second.txt"
    transcript.write_text(transcript.read_text(encoding="utf-8") + "More.", encoding="utf-8")
    with pytest.raises(EditionError, match="second.txt: the transcript is not the one"):
        load(tmp_path / "second.xml")
    shutil.copy(TOP / "tests/editions/second.txt", tmp_path)
    lexicon.unlink()
    with pytest.raises(EditionError, match="second.toml: .*[Nn]o such file"):
        load(tmp_path / "second.xml")


def test_without_one_edition_in_its_folder_it_is_asked_for_by_name(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.session.DATA", tmp_path)
    for names, there in (((), "no .xml file"), (("b.xml", "a.xml"), "a.xml, b.xml")):
        for name in names:
            (tmp_path / name).touch()
        with pytest.raises(EditionError) as error:
            load()
        assert str(error.value) == (
            f"{tmp_path}: one edition has to be here, and there is: {there}\n"
            "  Name the edition to read."
        )
    (tmp_path / "b.xml").unlink()
    assert the_edition() == tmp_path / "a.xml"
