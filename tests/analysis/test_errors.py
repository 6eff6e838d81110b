"""What a reader is told who asks for something that there is not."""

import pytest

from analysis.errors import AskError, listed, nearest, unknown
from analysis.evidence import Evidence


def test_the_nearest_names_come_first_without_case_or_accents():
    assert nearest("Kadra", ["bata", "kadar", "munnich"]) == ["kadar"]
    assert nearest("Münich", ["bata", "kadar", "munnich"]) == ["munnich"]
    assert nearest("zzz", ["bata", "kadar"]) == []


def test_a_name_is_also_found_by_what_it_is_called():
    called = {"p7": "János Kádár", "p8": "Imre Nagy"}
    assert nearest("kadar", called) == ["p7"]
    assert nearest("IMRE NAGY", called) == ["p8"]


def test_at_most_three_names_are_near_and_the_likest_is_first():
    assert nearest("order", ["border", "orders", "order", "ordeal", "old"])[0] == "order"
    assert len(nearest("order", ["border", "orders", "order", "ordeal", "ardor"])) == 3


def test_the_limit_of_likeness_belongs_to_what_is_near():
    # “ab” and “ac” share one letter of two: ratio 0.5
    assert nearest("ab", ["ac"], least=0.5) == ["ac"]
    assert nearest("ab", ["ac"], least=0.51) == []


def test_an_unknown_name_is_told_in_one_line_with_what_there_is_and_what_to_do():
    error = unknown("family of terms", "fear", ["force", "order"], "Ask for the word.")
    assert isinstance(error, ValueError)
    assert str(error) == (
        "no family of terms is “fear”. There are: force, order. Ask for the word."
    )
    assert str(unknown("speaker", "kadra", ["kadar"])) == (
        "no speaker is “kadra”; the nearest: kadar. There are: kadar."
    )


def test_a_long_list_is_cut_and_the_rest_counted():
    names = [f"n{i}" for i in range(15)]
    assert listed(names) == ", ".join(names[:12]) + " and 3 more"
    assert listed(names[:12]) == ", ".join(names[:12])
    assert listed([]) == "none at all"


def test_a_notebook_shows_the_line_and_on_request_the_traceback(monkeypatch):
    def ask():
        raise AskError("no family is “fear”")

    with pytest.raises(AskError) as caught:
        ask()
    assert caught.value._render_traceback_() == ["AskError: no family is “fear”"]
    monkeypatch.setattr(AskError, "short", False)
    lines = caught.value._render_traceback_()
    assert lines[0].startswith("Traceback") and "in ask" in "\n".join(lines)


def test_a_message_is_one_line_whatever_was_asked(session):
    with pytest.raises(AskError) as error:
        Evidence.parse("terms family=" + "x" * 5000).count(session)
    said = str(error.value)
    assert said.startswith("no family of terms is “xxx") and len(said) < 800
    assert "\n" not in str(AskError("one\ntwo"))
