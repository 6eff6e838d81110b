"""What the commands say of themselves, and of a page."""

import pytest
from paths import THIRD

import analysis.__main__ as command
from analysis import read_session
from analysis.export import report
from analysis.schema import COLUMNS

#: What the help of each command says; each version of Python lays it out in its own way.
HELP = {
    "": [
        "usage: python -m analysis [-h] {check,tables,data,ask} ... ",
        "Check an edition, write its tables, or look for words in it.",
        " check validate, compare with the transcript, print the ledger tables write",
        " tables write the tables as CSV files data ",
        " data write all data that others can use, and a zip of it ask ",
        " ask look for words, phrases or beginnings, as in fear* ",
    ],
    "check": ["usage: python -m analysis check [-h] [edition] ",
              " edition the TEI file (default: the one in data/) "],
    "tables": ["usage: python -m analysis tables [-h] [--to TO] [edition] ",
               " edition the TEI file (default: the one in data/) ",
               " --to TO folder for the CSV files (default: tables/ beside the edition)"],
    "data": ["usage: python -m analysis data [-h] [--to TO] [edition] ",
             " edition the TEI file (default: the one in data/) ",
             " --to TO folder (default: NAME-data, by the edition's name)"],
    "ask": [
        " question words, parted by commas: “afraid, alarmed”, “fear*” options: ",
        " --edition EDITION the TEI file (default: the one in data/) --layer LAYER a layer of the document, or all --under DECISION=OPTION [DECISION=OPTION ...] ",
        " as in opening=nobody --csv print the lines as CSV",
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", HELP)
def test_help_says_what_each_command_takes(name, capsys, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as ended:
        command.main([*filter(None, [name]), "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 0 and [part for part in HELP[name] if part.strip() not in said] == []


def test_what_the_commands_say_of_a_page(capsys, tmp_path):
    """“We ask for: 1) a new rope, 2) a rope for the ferry in Eastbank.”; note 1: “A rope broke”"""
    assert command.main(["ask", "rope", "--edition", str(THIRD), "--layer", "notes", "--csv"]) == 0
    assert capsys.readouterr().out == (
        "item,layer,speaker,sentence,left,keyword,right\n"
        '1,notes,,n1.2,A ,rope," broke, i.e. the ferry was lost."\n'
    )
    assert (
        command.main(
            [
                "ask",
                "rope",
                "--edition",
                str(THIRD),
                "--under",
                "opening=nobody",
                "doubts=all_aside",
            ]
        )
        == 0
    )
    said = capsys.readouterr().out.splitlines()
    assert said[0] == (
        "“rope” in the session, read otherwise (doubts: all aside; opening: nobody): 2 mentions"
    )
    assert command.main(["tables", str(THIRD), "--to", str(tmp_path / "a" / "tables")]) == 0
    assert capsys.readouterr().out == f"{len(COLUMNS) + 1} files written to {tmp_path}/a/tables\n"
    assert command.main(["check", str(THIRD)]) == 0
    assert capsys.readouterr().out == f"{report(read_session(THIRD))}\n"
    for wrong, says in (
        (["ask", "rope", "--edition", str(THIRD), "--layer", "nots"], "error: no layer is “nots”"),
        (["check", str(tmp_path / "none.xml")], f"error: {tmp_path}/none.xml"),
    ):
        assert command.main(wrong) == 2
        out, said = capsys.readouterr()
        assert not out and said.startswith(says), said
    with pytest.raises(SystemExit):
        command.main([])
    assert "required" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ([], "error: the following arguments are required: command. What"),
        (["aks", "fear"], "error: argument command: invalid choice: 'aks' (choose from "),
        (["ask", "fear", "--reading", "opening=nobody"], "error: unrecognized arguments: --read"),
        (["ask"], "error: Nothing is asked for: name words, as in “afraid, alarmed” or “fear*”."),
        (["ask", "“ ”"], "error: Nothing is asked for: "),
        (["ask", "fear", "--under", "opening=noone"], "error: no option of “opening” is “noone”"),
    ],
)
def test_a_wrong_command_is_told_in_one_line(wrong, says, capsys):
    try:
        ended = command.main(wrong)
    except SystemExit as left:
        ended = left.code
    out, said = capsys.readouterr()
    assert ended == 2 and not out and said.startswith(says) and said.count("\n") == 1


def test_quotation_marks_that_reach_the_command_are_none_of_the_question(capsys):
    assert command.main(["ask", '"rope"', "--edition", str(THIRD)]) == 0
    assert capsys.readouterr().out.startswith("“rope” in the session: 2 mentions")
