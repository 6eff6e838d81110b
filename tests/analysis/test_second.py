"""A second edition, made up: five speakers, two of one name, a pair, a voice; no notes, no bodies."""

import shutil

import pandas as pd
from paths import TOP

from analysis import read_session
from analysis.measures import who_speaks
from analysis.wording import name_of, surname_of


def test_who_speaks_in_it(second):
    words = who_speaks(second).groupby("speaker", sort=False)["count"].sum()
    # "And who pays the people of Wick?" is nobody's; the pair say two sentences of 9 and 10 words
    assert words.to_dict() == {
        "marten": 24,
        "holt": 29,
        "sayer": 28,
        "weir-elder": 22,
        "weir-younger": 17,
        "holt-sayer": 19,
        "none": 7,
    }
    assert set(who_speaks(second, unit="speeches")["count"]) == {1}


def test_two_of_one_name_are_told_apart(second):
    assert name_of(second, "weir-elder") == "Anna Weir (weir-elder)"
    assert name_of(second, "upper-ashby") == "Ashby (upper-ashby)"
    assert surname_of(second, "weir-younger") == "Anna Weir (weir-younger)"
    assert [surname_of(second, s) for s in ("holt", "sayer", "holt-sayer", "none")] == [
        "Holt",
        "Amos Sayer",
        "Edith Holt and Amos Sayer",
        "nobody named",
    ]


def test_a_speech_with_neither_label_nor_inference_is_not_taken_for_labelled(tmp_path):
    folder = shutil.copytree(TOP / "tests" / "editions", tmp_path / "editions")
    path = folder / "second.xml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(a for a in lines if 'target="#sp3"' not in a), encoding="utf-8")
    session = read_session(path)
    speech = session.speeches.set_index("speech").loc["sp3"]
    assert speech.attribution == "unattributed" and pd.isna(speech.certainty)
    assert pd.isna(speech.label)
    table = who_speaks(session)
    assert set(table.standing[table.speaker == "sayer"]) == {"unattributed"}
