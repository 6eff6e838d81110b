"""A chart: a drawing, what it says in words, and the table behind it, as one piece.

Matplotlib draws each chart three times.  Two are SVG, wide and narrow, that stands in a page:
its text is text, it takes its colour from the page, and its marks are links to what they count.
The third is a picture on white, with title, key and caption inside: for notebooks that nobody has
run here, and for essays.
"""

from __future__ import annotations

import base64
import functools
import inspect
import io
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

from markupsafe import Markup
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from PIL import Image

from analysis.calls import check_call
from analysis.citation import source_in_full, source_line, unmentioned
from analysis.errors import AskError
from analysis.following import ALONE, draw_alone, lengths
from analysis.page import (
    RICH,
    Saved,
    Shown,
    Table,
    csv_link,
    file_to_write,
    render,
    slug,
)
from analysis.portable import portable
from analysis.readings import Reading
from analysis.session import Session
from analysis.style import drawn, see_through, settled
from analysis.svg import by_itself, tidy

WIDE, NARROW = 720, 324  # pixels: a page's column, and a phone's
ROWS = 30  # of the table below a picture
ENDINGS = (".png", ".svg", ".pdf")


@dataclass(frozen=True, repr=False)
class Chart:
    """One question answered by one picture.

    ``title`` is the answer as a sentence, ``caption`` says what was counted, ``alt`` what the
    picture shows, with its numbers.  ``draw(figure, narrow)`` draws on an empty figure (None: the
    sentence is all there is), and ``height`` gives its height in pixels, wide and narrow. ``table``
    is the table behind it: its column ``count`` leads to its ``evidence``.  ``name`` is the chart's
    own in any page, ``source`` says what was counted and under which reading.
    """

    title: str
    caption: str
    alt: str
    table: Table
    draw: Callable[[Figure, bool], object] | None
    height: tuple[int, int]
    labels: Mapping[str, str]  # what each mark's link is called
    name: str = ""
    source: str = ""
    cited: str = ""  # the source as an essay needs it
    always: bool = False  # whether it tells of all readings, and so is true in any
    but: tuple[str, ...] = ()  # decisions that change it, and that it cannot follow
    plain: str = ""  # of a chart that follows a reading: what is counted, a title under any
    stays: bool = (
        False  # whether it is read otherwise than the edition, whatever the page's reading
    )
    #: what is said of each look that marks have under some reading; whether any has it as yet
    looks: tuple[tuple[str, bool], ...] = ()
    anyone: bool = False  # whether it has a mark for whomever a class may take for the speaker

    def __repr__(self) -> str:
        return f"{self.title}\n{self.alt}"

    @property
    def said(self) -> str:
        """The caption, with what is said of the looks of marks that are there."""
        return " ".join([self.caption, *(text for text, there in self.looks if there)])

    @property
    def said_of_any(self) -> str:
        """The caption, with what is said of the looks of marks that any reading has."""
        return " ".join([self.caption, *(text for text, _ in self.looks)])

    def svg(self, narrow: bool = False) -> str:
        """The drawing as an SVG element, for a page."""
        name = f"{self.name}-{'narrow' if narrow else 'wide'}"
        with drawn(name):
            width, height = (NARROW if narrow else WIDE), self.height[narrow]
            figure = Figure(figsize=(width / 72, height / 72), layout="constrained")
            assert self.draw  # else there is no picture to ask for
            if not self.plain:
                figure.set_gid(ALONE)  # it follows no reading, and its key tells of what is drawn
            self.draw(figure, narrow)
            see_through(figure)
            buffer = io.BytesIO()
            # What savefig does, without a first drawing that is thrown away.
            FigureCanvasSVG(figure).print_svg(buffer, metadata={"Date": None, "Creator": None})
        return tidy(buffer.getvalue(), width, self.alt, self.labels, name, lengths(figure))

    @property
    def text(self) -> str:
        """The chart as HTML: title, drawings, caption, and the numbers behind it."""
        return render(
            "chart.html",
            name=self.name,
            title=self.title,
            plain=self.plain,
            always=self.always,
            but=self.but,
            stays=self.stays,
            anyone=self.anyone and self.plain,
            caption=self.said_of_any if self.plain else self.said,
            wide=Markup(self.svg() if self.draw else ""),
            narrow=Markup(self.svg(narrow=True) if self.draw else ""),
            table=Markup(Table(self.table.frame, self.title, self.table.otherwise).text),
            csv=csv_link(self.table),
        )

    @property
    def beneath(self) -> str:
        """What stands under the picture where no drawing is shown: the same in words and
        numbers, of a long table the beginning, since nothing can be folded there."""
        frame = self.table.frame
        return render(
            "beneath.html",
            title=self.title,
            caption=self.said,
            alt=self.alt,
            table=Markup(Table(frame.head(ROWS)).text),
            more=max(0, len(frame) - ROWS),
        )

    def picture(self, *, narrow: bool = False) -> bytes:
        """The chart as a small PNG on white, title, key and caption inside; ``narrow``: for a
        phone, whose pixels are smaller."""
        with drawn(self.name):
            raw = io.BytesIO()
            FigureCanvasAgg(self.poster(dpi=150 if narrow else 75, narrow=narrow)).print_png(raw)
        small = io.BytesIO()
        # an octree keeps a colour that only a few small marks have: a speaker with few words
        few = (
            Image.open(raw)
            .convert("RGB")
            .quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        )
        few.save(small, "PNG", optimize=True)
        return small.getvalue()

    def save(self, path: str | Path, *, title: str | None = None) -> Saved:
        """Write the chart to a file fit for an essay: ``.png`` (300 dots an inch), ``.svg``,
        ``.pdf``.

        Title, key, caption and lines with the edition, as one cites it, and the reading are inside.
        ``title`` is one of the caller's own, or ``""`` for none.  Raises
        :class:`analysis.errors.AskError` for any other ending, and for a folder that there is not.
        """
        path = file_to_write(path, "a chart", ENDINGS)
        ending = path.suffix.lower().removeprefix(".")
        date = {"pdf": "CreationDate", "svg": "Date"}.get(ending)
        with drawn(self.name, **({"svg.fonttype": "path"} if ending == "svg" else {})):
            own = self if title is None else replace(self, title=title)
            about = {"Title": own.title or self.title, **({date: None} if date else {})}
            poster = settled(replace(own, source=self.cited or self.source).poster(dpi=300))
            poster.savefig(path, dpi=300, metadata=about)
        if ending == "svg":
            path.write_bytes(by_itself(path.read_bytes(), self.name))
        return Saved(path)

    def poster(self, dpi: int, *, narrow: bool = False) -> Figure:
        """The chart by itself on white: title above, caption and source below.

        Raises :class:`analysis.errors.AskError` where there is no picture.
        """
        if not self.draw:
            raise AskError(f"there is no picture: {self.title}")
        width, height = (NARROW if narrow else WIDE), self.height[narrow]
        letters, size, line = (40, 13, 18) if narrow else (100, 11, 15)
        title = textwrap.fill(self.title, 32 if narrow else 68)
        caption = "\n".join(textwrap.fill(s, letters) for s in (self.said, self.source))
        above = 30 + 21 * title.count("\n") if title else 6
        below = 36 + line * caption.count("\n")
        figure = Figure(
            figsize=(width / 72, (above + height + below) / 72),
            dpi=dpi,
            facecolor="white",
            layout="constrained",
        )
        parts: Any = figure.subfigures(3, 1, height_ratios=(above, height, below))
        top, middle, bottom = parts
        top.text(0.012, 0.35, title, fontsize=15, weight="bold", va="center", linespacing=1.3)
        draw_alone(self.draw, middle, narrow)  # a file by itself has nowhere to lead
        bottom.text(0.012, 0.5, caption, fontsize=size, va="center", linespacing=1.25)
        return figure

    def _ipython_display_(self) -> None:
        """Show it: whole to who knows it; to any other the picture, and beneath it the same in
        words."""
        from IPython.display import display

        plain = {"text/plain": repr(self)}
        if Shown.whole:
            display({RICH: self.text, **plain}, raw=True)
            return
        if self.draw:
            picture = {"image/png": base64.b64encode(self.picture()).decode(), **plain}
            display(picture, raw=True, metadata={"image/png": {"alt": self.alt, "width": WIDE}})
        display({"text/html": portable(self.beneath), **plain}, raw=True)


def chart(function: Callable[..., Chart]) -> Callable[..., Chart]:
    """A function from a session and named options to a chart: its options checked, its chart named.

    Whoever passes something that there is not gets one line that lists what there is.  The name
    comes from the function and from the options that are not its defaults, the reading among them,
    and from what a session has of its own.
    """
    signature = inspect.signature(function)

    @functools.wraps(function)
    def made(*args: Session, **given: Any) -> Chart:
        check_call(function, args, given)
        session = args[0] if args else given.pop("session")
        reading = given.get("reading", Reading())
        others = {n: v for n, v in given.items() if v != signature.parameters[n].default}
        others.pop("reading", None)
        name = function.__name__.removesuffix("_chart").replace("_", "-")
        parts = [name, *filter(None, map(called, others.values()))]
        parts += [slug(f"{decision} {answer}") for decision, answer in reading.options]
        answer = (
            function(session, **given) if session.same else unlinked(function(session, **given))
        )
        parts += own_to(session, answer.table, "-".join(parts))
        stays = bool(reading.options)
        source = source_line(session, reading)
        families = set(answer.table.frame.get("family", ()))
        cited = source_in_full(session, reading, families)
        asked = given.get("families", ())
        answer = with_noughts(
            answer,
            unmentioned(session, [asked] if isinstance(asked, str) else asked, families, reading),
        )
        answer = replace(answer, name="-".join(parts), source=source, cited=cited, stays=stays)
        return answer if not stays and session.same else replace(answer, plain="", but=())

    return made


def with_noughts(made: Chart, silent: str) -> Chart:
    """A chart that names those whom it was asked for and that nobody mentions; nought is an
    answer."""
    if not silent:
        return made
    says = f"Not mentioned: {silent}"
    if made.draw:
        return replace(made, caption=f"{made.caption} {says}.")
    return replace(made, title=says, alt=says)


def own_to(session: Session, table: Table, name: str) -> list[str]:
    """What tells the charts of a session from those of the edition: its own families, unless the
    name has them, and a number for what is counted, where sentences are somebody else's."""
    families = [slug(f.name) for f in session.lexicon.families.values() if f.own]
    own = [family for family in families if f"-{family}-" not in f"-{name}-"]
    return own if session.same else [*own, f"{crc32(table.csv().encode()):08x}"]


def unlinked(made: Chart) -> Chart:
    """A chart of a session in which an address would lead to other rows than it counts."""

    def draw(figure: Figure, narrow: bool) -> None:
        assert made.draw
        draw_alone(made.draw, figure, narrow)

    table = Table(made.table.frame.drop(columns="evidence", errors="ignore"), made.table.title)
    return replace(made, table=table, draw=made.draw and draw, labels={})


def called(option: object) -> str:
    """An option in a chart's name: its own name or what it is; files and tables have none."""
    if isinstance(option, (tuple, list)):
        return "-".join(filter(None, map(called, option)))
    named = option if isinstance(option, (str, int, float)) else getattr(option, "name", "")
    return "" if isinstance(option, Path) or "/" in str(named) else slug(str(named))
