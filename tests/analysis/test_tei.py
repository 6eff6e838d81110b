"""What every reader of the mark-up needs, by hand."""

import pytest
from lxml import etree

from analysis.tei import (
    EditionError,
    ancestor,
    clipped,
    closed_up,
    home_of,
    kind_of,
    layer_of,
    plain,
    pointed,
    words_of,
)

BODY = etree.fromstring(
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div type="session"><div type="x">'
    '<u xml:id="u1"><p><s xml:id="s1">On <date when="1956-11"/><time from="a" to="b"/><date dur="P1D"/>'
    '<date/> <persName ref="#a">A.<hi> B</hi>\n c</persName><orgName ref="b"/><placeName ref="#p"/>'
    '<rs subtype="generic"/></s></p></u></div></div><div type="notes"><s xml:id="n1.1"/></div>'
    "<p/></body></text></TEI>"
)


def the(name):
    return BODY.find(f".//{{*}}{name}")


def test_the_text_of_an_element_is_on_one_line():
    assert plain(the("persName")) == "A. B c"
    assert words_of(the("persName")) == "A. B c"
    assert words_of(the("orgName")) is words_of(None) is None
    assert closed_up(" a\n b , c . d ; e : f ) g ( h") == "a b, c. d; e: f) g ( h"


def test_long_text_is_cut_where_it_ends_in_a_sign_for_it():
    assert clipped("a  b\nc") == "a b c" and clipped("x" * 60) == "x" * 60
    assert clipped("x" * 61) == "x" * 59 + "…"
    assert clipped("abc def", 5) == "abc…"


def test_a_pointer_is_local_or_none():
    assert pointed("#kadar") == "kadar"
    assert pointed("kadar") is pointed("") is pointed(None) is None


def test_where_an_element_stands():
    assert home_of(the("persName")) == ("session", "s1", "u1")
    assert layer_of(BODY.findall(".//{*}s")[1]) == "notes"
    assert home_of(BODY.findall(".//{*}p")[-1]) == ("session", None, None)
    assert ancestor(the("persName"), "p", "u").tag.endswith("}p")
    assert ancestor(the("persName"), "note") is None


def test_what_is_named():
    assert [kind_of(e) for e in the("s") if not e.tag.endswith("hi")] == [
        ("date", "date", "1956-11"),
        ("date", "time", "a/b"),
        ("date", "duration", "P1D"),
        ("date", "date", None),
        ("person", None, "a"),
        ("organisation", None, None),  # its pointer leads out of the document
        ("place", "toponym", "p"),
        ("place", "generic", None),
    ]


def test_several_faults_are_one_error_and_no_more_than_twenty_are_told():
    faults = [EditionError(f"fault {n}", "e.xml", n, f"Mend {n}.") for n in range(1, 24)]
    error = EditionError.of_all(faults)
    lines = str(error).splitlines()
    assert lines[0] == "e.xml:1: fault 1" and lines[19] == "e.xml:20: fault 20"
    assert lines[20:] == ["  … and 3 more", "  Mend 1."]
    assert (error.what, error.line, error.todo) == ("fault 1", 1, "Mend 1.")
    assert [fault.what for fault in error.faults] == [f"fault {n}" for n in range(1, 24)]
    assert str(EditionError.of_all(faults[:2], "Mend all.")).endswith("fault 2\n  Mend all.")
    alone = EditionError("x" * 400, "e.xml")
    assert str(alone) == "e.xml: " + "x" * 299 + "…" and alone.faults == [alone]


def test_a_fault_without_a_line_names_the_file_alone():
    with pytest.raises(EditionError) as caught:
        raise EditionError("so", "e.xml", todo="Do.")
    assert str(caught.value) == "e.xml: so\n  Do." and caught.value.where == "e.xml"
