"""How the marks of a chart follow a reading.

A page knows what each mark counts under every reading.  What it cannot know is said here, once for
all charts: a mark is part of a *line* of bars, where each begins at the end of the one before and
is as long as its number (:func:`in_line`), a text stands at a line's end and tells its sum
(:func:`at_end`), or a mark is there as long as it counts something (:func:`while_counted`).
Marks that only other readings have are drawn, too, as long as 0, and a page hides them.  An entry
of the key is there as long as a mark that looks so counts something (:func:`in_key`).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.collections import Collection
from matplotlib.figure import FigureBase
from matplotlib.legend import Legend

FOLLOWS = "follows "  # how the id of such a mark begins
ALONE = "alone"  # the id of a figure that is drawn for itself


def in_line(
    mark: Artist,
    line: object,
    unit: float = 1,
    counted: bool = True,
    wrap: float = 0,
    asks: str = "",
    looks: Sequence[str] = (),
) -> None:
    """A mark is part of a line of bars; ``unit`` is how long it is, as the axes measure, for one
    counted.  A line that is longer than ``wrap`` goes on below.  It counts what ``asks`` says,
    where it leads to more.  ``looks`` are what a key may tell of it."""
    more: dict[str, object] = {"wrap": wrap, "asks": asks, "none": not counted}
    more["looks"] = ",".join(looks)
    follow(mark, line=line, each=unit, **{name: value for name, value in more.items() if value})


def at_end(text: Artist, line: object, least: int = 0) -> None:
    """A text tells the sum of a line at its end, where the sum is not less than ``least``."""
    follow(text, end=line, **({"least": least} if least else {}))


def while_counted(mark: Artist, asks: str, counted: bool = True, looks: Sequence[str] = ()) -> None:
    """A mark is there as long as what ``asks`` counts is not 0; what it leads to may be more.
    ``looks`` are what a key may tell of it."""
    more = {"looks": ",".join(looks)} if looks else {}
    follow(mark, asks=asks, **more, **({} if counted else {"none": True}))


def in_key(legend: Legend, looks: Sequence[str], counted: Container[str]) -> None:
    """Each entry of a key is there as long as a mark that looks so counts something; ``counted``
    are the looks of those that do as yet."""
    for look, handle, text in zip(looks, legend.legend_handles, legend.texts):
        for part in filter(None, (handle, text)):
            follow(part, key=look, **({} if look in counted else {"none": True}))


def looks_counted(figure: FigureBase) -> dict[str, bool]:
    """The looks of all marks drawn so far, and whether any of them counts something as yet."""
    found: dict[str, bool] = {}
    for mark in figure.findobj(lambda artist: "looks" in how(artist.get_gid() or "")):
        said = how(mark.get_gid() or "")
        for look in said["looks"].split(","):
            found[look] = found.get(look, False) or "none" not in said
    return found


def follow(mark: Artist, **how: object) -> None:
    """Keep with a mark how it follows."""
    mark.set_gid(FOLLOWS + " ".join(f"{name}={value}" for name, value in how.items()))


def how(known: str) -> dict[str, str]:
    """How the mark of this id follows; nothing, if it does not."""
    if not known.startswith(FOLLOWS):
        return {}
    return dict(part.split("=", 1) for part in known.removeprefix(FOLLOWS).split(" "))


def lengths(figure: Any) -> dict[str, dict[str, float]]:
    """How long one counted is on paper, for each mark of a drawing that is part of a line, by its
    id; of a line that is broken how long it is, too, and how far below it the next one is."""
    found = {}
    for mark in figure.findobj(lambda artist: "each" in how(artist.get_gid() or "")):
        said = how(mark.get_gid())
        (left, top), (right, bottom) = mark.axes.transData.transform([(0, 0), (1, 1)])
        sizes = {"each": (right - left) * float(said["each"])}
        if "wrap" in said:
            sizes |= {"wrap": (right - left) * float(said["wrap"]), "pitch": abs(top - bottom)}
        found[mark.get_gid()] = {name: round(float(size), 4) for name, size in sizes.items()}
    return found


def alone(figure: FigureBase) -> bool:
    """Whether a figure is drawn for itself, with what is counted and no more."""
    return figure.get_gid() == ALONE


def draw_alone(draw: Callable[[Any, bool], object], figure: Any, narrow: bool) -> None:
    """Draw what is counted, and no more: neither marks that other readings have nor their entries
    in the key, nor any links."""
    figure.set_gid(ALONE)
    draw(figure, narrow)
    for mark in figure.findobj(lambda artist: "none" in how(artist.get_gid() or "")):
        mark.remove()
    without_links(figure)


def without_links(figure: Any) -> None:
    """Take the links off all marks."""
    for mark in figure.findobj(lambda artist: artist.get_url()):
        mark.set_url(None)
    for points in figure.findobj(Collection):
        points.set_urls([None])
