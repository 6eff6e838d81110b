"""Bad input gets one clear message, status 2, and nothing written."""

import io
import shutil
import subprocess
import sys

import pytest
from paths import SECOND, TOP

import analysis.__main__ as command
from analysis import EditionError, read_session
from analysis.lexicon import read_lexicon
from analysis.schema import COLUMNS


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "analysis", *map(str, arguments)],
        cwd=TOP,
        capture_output=True,
        text=True,
    )


SPOILT = {
    "a wrong attribute value": ('subtype="demonym"', 'subtype="tribe"', "not valid"),
    "a missing id": ('<s xml:id="s5">', "<s>", "not valid"),
    "a pointer to nothing": ('ref="#dudas"', 'ref="#dudak"', "points to nothing"),
    "a duplicate id": ('<s xml:id="s5">', '<s xml:id="s4">', "stands twice"),
    "a day that is none": ('when="1956-11-04"', 'when="1956-11-31"', "no date"),
    "a doubt stated twice": (
        '<certainty target="#s38"',
        '<certainty target="#s39"',
        "first in line",
    ),
    "a text that differs": (
        "The weak link is",
        "The weakest link is",
        "differs from the transcript",
    ),
    "a word taken apart": ("The weak link is", "The we ak link is", "differs from the transcript"),
    "not well-formed": ("</TEI>", "", "not well-formed"),
    "a document type": ("<TEI ", "<!DOCTYPE TEI><TEI ", "document type"),
    "an external entity": (
        "<TEI ",
        '<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]><TEI ',
        "document type",
    ),
    "no TEI": ("http://www.tei-c.org/ns/1.0", "http://example.org/other", "not a TEI document"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_edition_is_named_with_its_line(copy, what):
    old, new, message = SPOILT[what]
    path = copy(old, new)
    done = run("tables", path, "--to", path.parent / "out")
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert f"{path}:" in done.stderr and message in done.stderr
    assert not (path.parent / "out").exists()


def test_what_to_do_stands_behind_what_is_wrong(copy):
    path = copy('<certainty target="#s38"', '<certainty target="#s39"')
    with pytest.raises(EditionError) as error:
        read_session(path)
    assert str(error.value).endswith("\n  Join the two.")


@pytest.mark.parametrize("head", ["[rails]", '["two words"]'])
def test_a_family_is_named_with_the_line_in_which_it_begins(head, tmp_path):
    lexicon = tmp_path / "lexicon.toml"
    lexicon.write_text(f"# one\n# two\n{head}\nwords = []\n", encoding="utf-8")
    with pytest.raises(EditionError, match="needs words and a reason") as error:
        read_lexicon(lexicon)
    assert error.value.line == 3


def test_an_entity_bomb_does_not_go_off(copy):
    bomb = (
        "<!DOCTYPE TEI [<!ENTITY a 'aaaaaaaaaa'>"
        + "".join(f"<!ENTITY {b} '{('&' + a + ';') * 10}'>" for a, b in zip("abcdefgh", "bcdefghi"))
        + "]><TEI "
    )
    path = copy("<TEI ", bomb)
    path.write_text(
        path.read_text(encoding="utf-8").replace("The weak link is", "The &i; link is"),
        encoding="utf-8",
    )
    done = run("tables", path, "--to", path.parent / "out")
    assert (
        done.returncode == 2 and "Traceback" not in done.stderr and "document type" in done.stderr
    )
    assert not (path.parent / "out").exists()


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda p: p.parent / "none.xml", "no such file"),
        (lambda p: p.parent, "folder"),
        (lambda p: p.parent / "lexicon.toml", "not well-formed"),
    ],
)
def test_what_is_no_edition_is_said_so(copy, make, message):
    done = run("check", make(copy.path))
    assert done.returncode == 2 and message in done.stderr and "Traceback" not in done.stderr


def test_a_wrong_encoding_is_said_so(copy):
    copy.path.write_bytes(copy.path.read_text(encoding="utf-8").encode("latin-1", "replace"))
    done = run("check", copy.path)
    assert done.returncode == 2 and "UTF-8" in done.stderr


def test_a_changed_transcript_is_said_so(copy):
    source = copy.path.parent / "source/111884.txt"
    source.write_text(source.read_text(encoding="utf-8").replace("weak", "frail"), encoding="utf-8")
    done = run("check", copy.path)
    assert done.returncode == 2 and "sha256" in done.stderr and str(source) in done.stderr


def test_a_broken_lexicon_is_named_with_its_line(copy):
    lexicon = copy.path.parent / "lexicon.toml"
    lexicon.write_text(
        lexicon.read_text(encoding="utf-8").replace('["neutrality", "neutral"]', '["Neutrality"]'),
        encoding="utf-8",
    )
    done = run("check", copy.path)
    assert done.returncode == 2 and f"{lexicon}:" in done.stderr


def test_an_empty_session_is_said_so(copy):
    text = copy.path.read_text(encoding="utf-8")
    start, end = text.index("<sp "), text.rindex("</sp>") + len("</sp>")
    copy.path.write_text(text[:start] + text[end:], encoding="utf-8")
    done = run("check", copy.path)
    assert (
        done.returncode == 2 and "Traceback" not in done.stderr and f"{copy.path}:" in done.stderr
    )


def test_a_phrase_without_a_word_is_said_so(copy):
    lexicon = copy.path.parent / "lexicon.toml"
    lexicon.write_text(
        lexicon.read_text(encoding="utf-8").replace('["austrian authorities"]', '[""]'),
        encoding="utf-8",
    )
    done = run("check", copy.path)
    assert done.returncode == 2 and f"{lexicon}:" in done.stderr and "an office" in done.stderr


def test_what_the_system_refuses_is_one_line_and_a_reader_who_has_had_enough_is_none(
    monkeypatch, capsys
):
    def ends(error):
        def ending(session):
            raise error

        monkeypatch.setattr(command, "report", ending)
        return command.main(["check", str(SECOND)])

    assert ends(OSError(28, "No space left on device", "the screen")) == 2
    assert capsys.readouterr() == ("", "error: the screen: No space left on device\n")
    assert ends(OSError(28, "No space left on device")) == 2
    assert capsys.readouterr() == ("", "error: the output: No space left on device\n")
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stderr", shown)
    assert ends(BrokenPipeError()) == 0 and shown.closed


def test_the_command_says_what_it_has_done(tmp_path, capsys):
    assert command.main(["check", str(SECOND)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"{SECOND}: valid, every pointer lands") and not err
    assert command.main(["tables", str(SECOND), "--to", str(tmp_path / "out")]) == 0
    files = len(list((tmp_path / "out").iterdir()))
    assert files == len(COLUMNS) + 1
    assert capsys.readouterr().out == f"{files} files written to {tmp_path / 'out'}\n"
    shutil.copytree(SECOND.parent, tmp_path / "editions")
    assert command.main(["tables", str(tmp_path / "editions" / SECOND.name)]) == 0
    assert len(list((tmp_path / "editions/tables").iterdir())) == files


def test_what_lies_beside_the_tables_is_not_swept_away(copy):
    out = copy.path.parent / "out"
    beside = out.with_name("out.old")
    beside.mkdir()
    (beside / "mine.txt").write_text("mine", encoding="utf-8")
    done = run("tables", copy.path, "--to", out)
    assert (
        done.returncode == 2
        and "mine.txt" in done.stderr
        and (beside / "mine.txt").exists()
        and not out.exists()
    )


def test_a_name_of_any_length_is_told_in_short_lines(tmp_path):
    lexicon = tmp_path / "lexicon.toml"
    lexicon.write_text(f"[{'x' * 5000}]\nphrases = []\n", encoding="utf-8")
    with pytest.raises(EditionError) as error:
        read_lexicon(lexicon)
    assert max(map(len, str(error.value).splitlines())) < 800
