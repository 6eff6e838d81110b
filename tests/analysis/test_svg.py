"""What becomes of Matplotlib's SVG: a drawing by hand, and all that is made of it."""

import random
import re
from dataclasses import replace

import matplotlib
import pandas as pd
import pytest
from lxml import etree
from matplotlib.figure import Figure

from analysis.chart import Chart, unlinked
from analysis.figures.speakers import who_speaks_chart
from analysis.following import (
    at_end,
    draw_alone,
    how,
    in_key,
    in_line,
    lengths,
    looks_counted,
    while_counted,
)
from analysis.page import Table
from analysis.svg import by_itself, corners, shorter, tidy

#: As Matplotlib writes it: in points, with ids, a font and figures that nobody sees.
RAW = b"""<?xml version="1.0"?>
<!-- drawn -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="72pt"
     height="36pt" version="1.1" viewBox="0 0 72 36">
 <metadata><title>A drawing</title></metadata>
 <defs><style type="text/css">*{stroke-linejoin: round}</style></defs>
 <defs>
  <pattern id="dots" width="3.14159" height="3.00004"/>
  <clipPath id="box"><rect x="0.125" y="0.5" width="10.0001" height="1"/></clipPath>
  <path id="tick" d="M 0 0 L 1.23456 2.5" style="stroke: #000000; fill: #123456"/>
 </defs>
 <g id="alone"><a xlink:href="evidence:words?speaker=a" target="_blank"><path
  clip-path="url(#box)" style="fill: url(#dots); stroke-linecap: butt" d="M 0.12999 1 L 10 1 L 10 2"
  /></a></g>
 <g id="follows line=3 each=2 none=True asks=evidence:words?speaker=b"><a
  xlink:href="evidence:words?speaker=c"><path d="M 1 1"/></a></g>
 <g id="follows end=3 least=2"><text style="font: 12px 'DejaVu Sans'; fill: red"
  transform="rotate(-0 1 2)">0</text></g>
 <g id="follows asks=evidence:words?speaker=a"><a xlink:href="evidence:words?speaker=z"/></g>
 <g><use xlink:href="#tick" x="1.00499" y="2.5" points="1.111,2.222"/><use
  xlink:href="#tick"/><text transform="rotate(-90 1.23456 2)">up</text></g>
</svg>
"""
TIDY = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 36" role="group" aria-label="Three bars."
 style="max-width:720px" fill="currentColor" pointer-events="all"><defs>
<pattern width="3.1" height="3" id="c-1"/>
<clipPath id="c-0"><rect x="0.1" y="0.5" width="10" height="1"/></clipPath>
<path d="m0 0l1.2 2.5" style="stroke:currentColor;fill:#123456" id="c-2"/></defs>
<a href="evidence:words?speaker=a" aria-label="A: 5">
<path clip-path="url(#c-0)" d="m0.1 1h9.9v1" style="fill:url(#c-1)"/></a>
<g data-line="3" data-each="7.5" display="none">
<a data-asks="evidence:words?speaker=b" href="evidence:words?speaker=c" aria-label="B: 6">
<path d="m1 1"/></a></g>
<g data-end="3" data-least="2">
<text style="font-size:12px;fill:red" aria-hidden="true">0</text></g>
<g data-shown=""><a data-asks="evidence:words?speaker=a" href="evidence:words?speaker=z"
 aria-label="A: 5"/></g>
<g><use x="1" y="2.5" points="1.1,2.2" href="#c-2"/><use href="#c-2"/>
<text transform="rotate(-90 1.2 2)" aria-hidden="true">up</text></g></svg>"""


def test_all_that_a_page_gets_of_a_drawing():
    """No size but the box, no ids but those pointed at, a tenth of a pixel, nothing that goes without
    saying; marks are called by what they ask, and else by what they lead to."""
    labels = {"evidence:words?speaker=a": "A: 5", "evidence:words?speaker=b": "B: 6"}
    known = "follows line=3 each=2 none=True asks=evidence:words?speaker=b"
    made = tidy(RAW, 720, "Three bars.", labels, "c", {known: {"each": 7.5}})
    assert made == TIDY.replace("\n ", " ").replace("\n", "")
    called = re.findall('aria-label="(.*?)"', tidy(RAW, 720, "", {}, "c", {}))
    assert called == ["", *["what this counts"] * 3]


def test_a_path_is_told_in_steps_and_runs_where_it_ran():
    """A square beside a square, a dot, a curve; a third of a pixel is nearest to 0.3."""
    assert shorter("M 1 2 L 4.333 2 L 4.333 5 L 1 5 z M 6 2 L 7 3 z") == (
        "m1 2h3.3v3h-3.3zm5 0l1 1z"
    )
    assert corners("m1 2h3.3v3h-3.3zm5 0l1 1z") == (1, 2, 7, 5)
    assert shorter("M 1 1 L 1 1") == "m1 1h0" and shorter("M 1 1 L 1 1 L 2 1") == "m1 1h0h1"
    assert shorter("M 1 1 L 2 1 L 2 1.04 L 3 1") == "m1 1h1h1"
    assert shorter("M 9 9 C 8 9 7 8 7 7 Q 7 5 9 5") == "m9 9c-1 0-2-1-2-2q0-2 2-2"
    assert corners("m9 9c-1 0-2-1-2-2q0-2 2-2") == (7, 5, 9, 9)
    rng = random.Random(1956)
    stairs = [(0.0, 0.0)]  # what is left of rounding does not add up
    for _ in range(300):
        stairs.append((stairs[-1][0] + rng.random(), stairs[-1][1] + rng.random()))
    told = shorter("M " + " L ".join(f"{x} {y}" for x, y in stairs))
    *_, right, bottom = corners(told)
    assert (right, bottom) == pytest.approx(stairs[-1], abs=0.051)


def test_a_clip_that_cuts_nothing_off_goes():
    """The box is 10 wide; a line 2 thick may stand out of it by half a pixel, of its thickness."""
    raw = (
        '<svg xmlns="http://www.w3.org/2000/svg"><clipPath id="box"><rect x="0" y="0" width="10" '
        'height="10"/></clipPath><path clip-path="url(#box)" style="stroke-width: 2" d="M {} L {}"/>'
        "</svg>"
    )
    for begin, end, cut in (
        ("1 1", "9 9", False),
        ("0.5 5", "9.5 5", False),
        ("0.4 5", "9 5", True),
        ("1 5", "9 9.6", True),
        ("1 0.4", "9 9", True),
        ("1 5", "9.6 5", True),
    ):
        made = tidy(raw.format(begin, end).encode(), 720, "", {}, "c", {})
        assert ("clip-path" in made) == cut, (begin, end)


def test_a_file_by_itself_has_the_chart_s_ids_and_all_else():
    made = by_itself(RAW, "c")
    assert made.startswith(b"<?xml version='1.0' encoding='utf-8'?>\n<svg ")
    root = etree.fromstring(made)
    assert root.xpath("//@id") == ["c-1", "c-0", "c-2"] and root.get("width") == "72pt"
    assert made.count(b'xlink:href="#c-2"') == 2 and b"1.23456" in made


def test_how_a_mark_follows_and_how_long_one_counted_is():
    """Axes of 100 by 50 pixels, 0 to 10 across and 0 to 5 up: a unit is ten pixels both ways."""
    figure = Figure(figsize=(1, 0.5), dpi=100)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 10), ylim=(0, 5))
    bar, broken, more = axes.barh([0, 1, 2], [1, 2, 3])
    in_line(bar, 4)
    in_line(broken, 5, unit=0.5, counted=False, wrap=8, asks="evidence:words")
    while_counted(more, "evidence:terms", counted=False)
    text, other = axes.text(0, 0, "1"), axes.text(0, 1, "2")
    at_end(text, 4)
    at_end(other, 5, least=3)
    marks = (bar, broken, more, text, other)
    assert [how(mark.get_gid()) for mark in marks] == [
        {"line": "4", "each": "1"},
        {"line": "5", "each": "0.5", "wrap": "8", "asks": "evidence:words", "none": "True"},
        {"asks": "evidence:terms", "none": "True"},
        {"end": "4"},
        {"end": "5", "least": "3"},
    ]
    while_counted(more, "evidence:terms")
    assert how(more.get_gid()) == {"asks": "evidence:terms"} and how("bar 4") == {}
    assert lengths(figure) == {
        bar.get_gid(): {"each": 10.0},
        broken.get_gid(): {"each": 5.0, "wrap": 80.0, "pitch": 10.0},
    }
    draw_alone(lambda figure, narrow: None, figure, False)
    assert list(axes.patches) == [bar, more]


def test_an_entry_of_a_key_is_there_as_long_as_a_mark_that_looks_so_counts_something():
    """A red bar counts three, a blue one nothing as yet; both are solid, and none is dotted."""
    figure = Figure()
    red, blue = figure.add_subplot().barh([0, 1], [3, 0], label=["red", "blue"])
    in_line(red, 0, looks=("red", "solid"))
    in_line(blue, 1, counted=False, looks=("blue", "solid"))
    counted = looks_counted(figure)
    assert counted == {"red": True, "blue": False, "solid": True}
    legend = figure.legend([red, blue], ["Red", "Blue"])
    in_key(legend, ["red", "blue"], [look for look, there in counted.items() if there])
    assert [how(text.get_gid()) for text in legend.texts] == [
        {"key": "red"},
        {"key": "blue", "none": "True"},
    ]
    assert [how(handle.get_gid()) for handle in legend.legend_handles] == [
        how(text.get_gid()) for text in legend.texts
    ]


# -- the chart that is drawn -----------------------------------------------------------------------


def boxes(root):
    """Left and right end of each text, by a little more than half a height for a letter."""
    for text in root.iter("{*}text"):
        style = text.get("style", "")
        size = float(re.search(r"font-size:([\d.]+)", style)[1])
        wide = 0.5 * size * len("".join(text.itertext()))
        if text.get("x") and "rotate" not in text.get("transform", ""):
            back = wide * (1 if "anchor:end" in style else 0.5 if "middle" in style else 0)
            yield float(text.get("x")) - back, float(text.get("x")) - back + wide


@pytest.mark.parametrize("narrow", [False, True])
def test_no_text_is_cut_off_and_the_page_s_ground_is_seen(second, narrow):
    """“Edith Holt and Amos Sayer” stands before its bar, within the picture."""
    root = etree.fromstring(who_speaks_chart(second).svg(narrow))
    width = 324 if narrow else 720
    found = list(boxes(root))
    assert len(found) > 8 and min(left for left, _ in found) >= 0
    assert max(right for _, right in found) <= width
    covered = [right - left for left, _, right, _ in map(corners, root.xpath("//@d"))]
    assert max(covered) < width  # no ground of its own


def plain(figure, narrow):
    figure.subplots().text(0.5, 0.5, "narrow" if narrow else "wide")


def chart_of(draw=plain, **more):
    """A chart of one mark, with all that it says."""
    frame = Table([["a", 1, "evidence:words?speaker=a"]], "Rows")
    return Chart("A title", "A caption.", "An alternative.", frame, draw, (200, 100), {}, **more)


@pytest.mark.parametrize(("narrow", "width", "height"), [(False, 720, 200), (True, 324, 100)])
def test_a_chart_by_itself_has_its_title_above_and_below_what_was_counted(narrow, width, height):
    """Inches are 72 pixels. A title of one line takes 30 pixels, each other 21; a caption of two
    lines 36 and 15, on a phone 36 and 18."""
    below, size = (54, 13) if narrow else (51, 11)
    chart = chart_of(name="one", source="Source: a page; as the edition reads it.")
    figure = chart.poster(50, narrow=narrow)
    assert figure.get_dpi() == 50 and figure.get_facecolor() == (1, 1, 1, 1)
    assert figure.get_size_inches().tolist() == [width / 72, (30 + height + below) / 72]
    assert type(figure.get_layout_engine()).__name__ == "ConstrainedLayoutEngine"
    top, middle, bottom = figure.subfigs
    told = [(t.get_position(), t.get_text(), t.get_fontsize(), t.get_weight(), t.get_va(), t._linespacing)
            for part in (top, bottom) for t in part.texts]  # fmt: skip
    assert told == [
        ((0.012, 0.35), "A title", 15, "bold", "center", 1.3),
        ((0.012, 0.5), f"A caption.\n{chart.source}", size, "normal", "center", 1.25),
    ]
    assert middle.axes[0].texts[0].get_text() == ("narrow" if narrow else "wide")
    figure.canvas.draw()
    parts = [part.bbox.height * 72 / 50 for part in (top, middle, bottom)]
    assert parts == pytest.approx([30, height, below])


def test_long_titles_and_captions_are_broken_and_take_their_room():
    long = "word " * 40  # 199 letters: four lines of 68, seven of 32; two of 100, five of 40
    chart = chart_of(source="s")
    chart = replace(chart, title=long.strip(), caption=long.strip())
    for narrow, lines, below in ((False, 4, 2), (True, 7, 5)):
        figure = chart.poster(72, narrow=narrow)
        top, _, bottom = figure.subfigs
        assert top.texts[0].get_text().count("\n") == lines - 1
        assert bottom.texts[0].get_text().count("\n") == below
        height = (
            30 + 21 * (lines - 1) + (100 if narrow else 200) + 36 + (18 if narrow else 15) * below
        )
        assert figure.get_size_inches()[1] == pytest.approx(height / 72)


def test_a_chart_of_a_class_s_reading_leads_nowhere():
    """An address would count the edition's rows; a table may have none to begin with."""

    def draw(figure, narrow):
        axes = figure.subplots()
        (bar,) = axes.bar([0], [1])
        bar.set_url("evidence:words")
        axes.scatter([0], [1]).set_urls(["evidence:terms"])

    frame = pd.DataFrame({"speaker": ["a"], "count": [1], "evidence": ["evidence:words"]})
    linked = replace(chart_of(draw), table=Table(frame, "Rows"), labels={"evidence:words": "A: 1"})
    assert linked.svg().count("evidence:") == 2
    for table in (frame, frame.drop(columns="evidence")):
        made = unlinked(replace(linked, table=Table(table, "Rows")))
        assert "evidence:" not in made.svg() and made.table.title == "Rows"
        assert list(made.table.frame) == ["speaker", "count"] and made.labels == {}
    assert unlinked(replace(linked, draw=None)).draw is None


def test_a_chart_is_drawn_in_a_style_of_its_own_and_leaves_that_of_others():
    before = dict(matplotlib.rcParams)
    seen = {}

    def draw(figure, narrow):
        seen.update(matplotlib.rcParams)
        figure.subplots()

    chart_of(draw, name="one").svg(narrow=True)
    assert (seen["svg.hashsalt"], seen["font.size"], seen["svg.fonttype"]) == (
        "one-narrow",
        13,
        "none",
    )
    chart_of(draw, name="one").svg()
    assert seen["svg.hashsalt"] == "one-wide" and dict(matplotlib.rcParams) == before
    chart_of(draw, name="one").picture()
    assert seen["svg.hashsalt"] == "one"
