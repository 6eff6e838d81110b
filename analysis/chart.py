"""A chart: a drawing, what it says in words, and the table behind it, as one piece of HTML.

Matplotlib draws each chart twice, wide and narrow, as SVG that stands in the page itself: its text
is text, it takes its colour from the page, and its marks are links to what they count.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import matplotlib
import pandas as pd
from lxml import etree
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

WIDE, NARROW = 720, 324  # pixels: a page's column, and a phone's
STYLE = {
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",
    "font.size": 13,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "black",
    "axes.linewidth": 0.8,
    "hatch.linewidth": 1.6,
    "xtick.labelsize": 12,
    "ytick.labelsize": 13,
    "axes.labelsize": 12,
    "figure.dpi": 72,
    "legend.frameon": False,
}
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True, repr=False)
class Chart:
    """One question answered by one picture.

    ``title`` is the answer as a sentence, ``caption`` says what was counted, ``alt`` what the
    picture shows, with its numbers.  ``draw(figure, narrow)`` draws on an empty figure, and
    ``height`` gives its height in pixels, wide and narrow.  ``table`` is the table behind it: a
    column ``evidence`` turns the column ``count`` into links.
    """

    name: str
    title: str
    caption: str
    alt: str
    table: pd.DataFrame
    draw: Callable[[Figure, bool], None]
    height: tuple[int, int]
    labels: Mapping[str, str]  # what each mark's link is called

    def __repr__(self) -> str:
        return f"{self.title}\n{self.alt}"

    def svg(self, narrow: bool = False) -> str:
        """The drawing as an SVG element."""
        with matplotlib.rc_context({**STYLE, "svg.hashsalt": f"{self.name}{narrow}"}):
            width, height = (NARROW if narrow else WIDE), self.height[narrow]
            figure = Figure(figsize=(width / 72, height / 72), layout="constrained")
            figure.patch.set_alpha(0)
            self.draw(figure, narrow)
            for axes in figure.axes:
                axes.patch.set_alpha(0)
            buffer = io.BytesIO()
            # What savefig does, without a first drawing that is thrown away.
            FigureCanvasSVG(figure).print_svg(buffer, metadata={"Date": None, "Creator": None})
        return tidy(buffer.getvalue(), width, self.alt, self.labels)

    def _repr_html_(self) -> str:
        return (
            f'<figure class="chart" id="{self.name}">'
            f'<p class="chart-title">{html.escape(self.title)}</p>'
            f'<div class="wide">{self.svg()}</div>'
            f'<div class="narrow" style="display:none">{self.svg(narrow=True)}</div>'
            f"<figcaption>{html.escape(self.caption)}</figcaption>"
            f"<details><summary>The numbers behind this chart</summary>{data_table(self.table, self.title)}"
            f'<p><a download="{self.name}.csv" href="{csv_link(self.table)}">These numbers as CSV</a></p></details></figure>'
        )


def tidy(raw: bytes, width: int, alt: str, labels: Mapping[str, str]) -> str:
    """Matplotlib's SVG as an element of a page: no fixed colours for text, names for its links."""
    root = etree.fromstring(raw, etree.XMLParser(remove_comments=True, remove_blank_text=True))
    for element in root.findall(f".//{SVG}metadata") + root.findall(f".//{SVG}style"):
        element.getparent().remove(element)
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.set("role", "group")
    root.set("aria-label", alt)
    root.set("style", f"max-width:{width}px")
    root.set("fill", "currentColor")
    root.set("pointer-events", "all")  # open and hatched marks are links all over
    for element in root.iter():
        style = element.get("style")
        if style and element is not root:
            style = re.sub(r"font: ([0-9.]+)px [^;]+", r"font-size:\1px", style)
            element.set("style", style.replace("#000000", "currentColor"))
        element.attrib.pop("target", None)  # stay in this window
        address = element.attrib.pop(XLINK, None)
        if address and element.tag == SVG + "a":
            element.set("href", address)
            element.set("aria-label", labels.get(address, "what this counts"))
        elif address:
            element.set("href", address)
    etree.cleanup_namespaces(root)
    text = etree.tostring(root, encoding="unicode")
    return re.sub(r"(\d+\.\d\d)\d+", r"\1", text)


class Page:
    """A piece of HTML for a page."""

    def __init__(self, text: str, name: str):
        self.text, self.name = text, name

    def __repr__(self) -> str:
        return self.name

    def _repr_html_(self) -> str:
        return self.text


class Table:
    """A table as a notebook and a page show it: the column ``count`` leads to its ``evidence``."""

    def __init__(self, frame: pd.DataFrame, title: str = ""):
        self.frame, self.title = frame, title

    def __repr__(self) -> str:
        return f"{self.title}\n{self.frame.drop(columns='evidence', errors='ignore').to_string(index=False)}"

    def _repr_html_(self) -> str:
        return data_table(self.frame, self.title)


def data_table(table: pd.DataFrame, title: str = "") -> str:
    """A table as HTML: numbers to the right, the column ``count`` a link where there is evidence."""
    columns = [c for c in table if c != "evidence"]
    head = "".join(f"<th scope='col'>{html.escape(str(c))}</th>" for c in columns)
    rows = []
    for row in table.to_dict("records"):
        cells = []
        for column in columns:
            value, number = (
                row[column],
                isinstance(row[column], (int, float)) and not isinstance(row[column], bool),
            )
            shown = (
                ""
                if value is None or value != value
                else f"{value:,.1f}"
                if isinstance(value, float)
                else (f"{value:,}" if number else html.escape(str(value)))
            )
            if column == "count" and row.get("evidence"):
                shown = f'<a href="{html.escape(row["evidence"])}">{shown}</a>'
            cells.append(f"<td{' class=number' if number else ''}>{shown}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    caption = f"<caption>{html.escape(title)}</caption>" if title else ""
    return f"<div class='table'><table>{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"


def csv_link(table: pd.DataFrame) -> str:
    """The table as CSV in an address of its own."""
    text = table.drop(columns="evidence", errors="ignore").to_csv(index=False, lineterminator="\n")
    return "data:text/csv;charset=utf-8," + quote(text)
