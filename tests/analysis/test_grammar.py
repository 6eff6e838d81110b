"""Faults of an edition: all of them at once, each on one line that names what is wrong, and where."""

import os
import re

import pytest

from analysis import EditionError, read_session
from analysis.claims_file import read_claims

FAULTS = {
    'subtype="demonym"': ('subtype="tribe"', "<rs>: subtype='tribe' is not 'adjective' or"),
    '<s xml:id="s5">': ("<s>", "<s>: xml:id is missing"),
    ' who="#kadar"': (' who="#a #b"', "<sp>: who='#a #b' is not of the form #"),
    '<ref type="note" target="#n7"': (
        '<ref type="note" target="n7 x"',
        "<ref>: target='n7 x' is not of the form #",
    ),
    'direct="true"': ('direct="maybe"', "<said>: direct='maybe' is not 'true' or 'false'"),
    '<p xml:id="p1">': ('<p xml:id="p1">loose', "the text “loose” may not stand directly in <p>"),
    "<titleStmt>": ("<titleStmt><zap/>", "<zap> is not an element of such editions"),
    "<standOff>": ("<standOff><p/>", "<p> may not stand directly in <standOff>"),
    'when="1956-11-04"': (
        'from="1956-11-04"',
        "<date>: its attributes (from) do not make a whole; it may have when, dur, from, to,",
    ),
    "<speaker>": (f'<speaker {"x" * 40_000}="">', "<speaker>: it has no attribute xxx"),
    "<speaker": (f'<speaker n="{"x" * 70_000}"', "<speaker>: it has no attribute n"),
    '<s xml:id="s6">': (f'<s xml:id="{"x" * 70_000}">', "<s>: xml:id='xxx"),
}


def error_of(path):
    with pytest.raises(EditionError) as caught:
        read_session(path)
    return caught.value


@pytest.mark.parametrize("old", FAULTS)
def test_a_fault_is_named_where_it_is_in_one_short_line(copy, old):
    new, fault = FAULTS[old]
    path = copy(old, new)
    line = path.read_text(encoding="utf-8").partition(new)[0].count("\n") + 1
    first = str(error_of(path)).splitlines()[0]
    assert f"{path}:{line}: not valid by session.rng: {fault}" in first
    assert len(first) < len(str(path)) + 320


def test_all_faults_are_told_at_once_each_in_its_line(copy):
    copy('<s xml:id="s5">', "<s>")
    copy('<s xml:id="s7">', '<s xml:id="s7" bar="1">')
    copy('subtype="demonym"', 'subtype="tribe"')
    copy('<s xml:id="s90">', '<foo/><s xml:id="s90">')
    error = error_of(copy.path)
    told = [re.sub(r"^.*session.rng: ", "", str(line)) for line in str(error).splitlines()]
    assert told[0] == "<s>: xml:id is missing"
    assert told[1] == "<s>: it has no attribute bar"
    assert told[2].startswith("<rs>: subtype='tribe' is not")
    assert told[3] == "<foo> is not an element of such editions"
    assert len(error.faults) == 4 and [f.line for f in error.faults] == sorted(
        f.line for f in error.faults
    )


def test_a_said_in_the_header_is_nobody_s_reported_words(copy, session):
    path = copy("<encodingDesc>", "<encodingDesc><editor><said>we publish</said></editor>")
    assert len(read_session(path).reported) == len(session.reported)


@pytest.mark.parametrize("kind", ["transcript", "lexicon"])
@pytest.mark.parametrize("target", ["/dev/zero", "../elsewhere.txt", "source", "x" * 5000, "loop"])
def test_only_a_regular_file_beside_the_edition_is_read(copy, kind, target):
    (copy.path.parent / "loop").symlink_to("loop")
    text = copy.path.read_text(encoding="utf-8")
    old = re.search(rf'<ptr type="{kind}" target="[^"]*"', text)[0]
    error = error_of(copy(old, f'<ptr type="{kind}" target="{target}"'))
    assert len(error.faults) == 1 and "\n" not in error.what and len(error.what) <= 300


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_no_edition(tmp_path):
    os.mkfifo(tmp_path / "pipe.xml")
    assert "no regular file" in error_of(tmp_path / "pipe.xml").what


@pytest.mark.parametrize("toml", ["a = " + "[" * 3000, "a" * 70_000, "a = " + "9" * 5000])
def test_toml_that_cannot_be_read_is_one_short_line(tmp_path, copy, toml):
    (copy.path.parent / "lexicon.toml").write_text(toml, encoding="utf-8")
    assert len(error_of(copy.path).what) <= 300
    (tmp_path / "claims.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(EditionError) as caught:
        read_claims(tmp_path / "claims.toml")
    assert len(caught.value.what) <= 300
