"""A map of the towns that the document names."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.transforms import Bbox

from analysis.chart import Chart, chart
from analysis.errors import AskError
from analysis.figures.drawing import PLAIN_INK, TONE_INKS, bare, key
from analysis.figures.saying import count_of, nothing, shown_table, under
from analysis.files import read_text
from analysis.measures import named_places
from analysis.readings import Reading
from analysis.session import Session
from analysis.tei import EditionError
from analysis.wording import joined

TOWNS = ("city", "village")
NAMED = {"session": "named in the session", "notes": "named in the notes"}
LOOKS = {"session": (TONE_INKS[0], "labelled"), "notes": (TONE_INKS[1], "unattributed")}


def sides_of(window: object) -> tuple[float, float, float, float]:
    """West, east, south and north of a window."""
    try:
        a, b, c, d = map(float, window)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        a = b = c = d = math.nan
    if not (math.isfinite(a + b + c + d) and a != b and c != d):
        raise AskError(f"window= takes west, east, south and north in degrees, not {window!r}")
    return min(a, b), max(a, b), min(c, d), max(c, d)


class Ground(NamedTuple):
    """What a map is drawn on: states, and which borders they have, in words, where that is said."""

    states: list[State]
    borders: str


class State(NamedTuple):
    """A state: its name, the outlines of its land, and where its name may stand, if anywhere."""

    name: str
    land: list[Outline]
    label: tuple[float, float] | None


def ground_of(geography: str | Path) -> Ground:
    """The states of a GeoJSON file: features with a ``name`` (and a place for it, ``label``),
    polygons or multipolygons; ``borders`` beside them says which borders these are.

    Raises :class:`analysis.errors.AskError` for what is no such file.
    """
    if not isinstance(geography, (str, Path)):
        raise AskError(f"geography= takes the path of a GeoJSON file, not {geography!r}")
    try:
        file = json.loads(read_text(Path(geography), "a GeoJSON file"))
        states = [state_of(**feature) for feature in file["features"]]
        return Ground(states, str(file.get("borders", "")))
    except EditionError as error:
        raise AskError(str(error)) from None
    except (ValueError, TypeError, KeyError):
        raise AskError(f"{geography}: this is no GeoJSON file of states") from None


def state_of(*, properties: dict[str, Any], geometry: dict[str, Any], **_: object) -> State:
    """A state from its feature."""
    polygons = geometry["coordinates"]
    if geometry["type"] != "MultiPolygon":
        polygons = [polygons]
    label = properties.get("label")
    return State(properties["name"], [outline(p) for p in polygons], label and tuple(label))


@chart
def places_map(
    session: Session,
    *,
    geography: str | Path,
    window: Sequence[float] = (8.0, 26.0, 44.5, 50.0),
    reading: Reading = Reading(),
) -> Chart:
    """Where are the towns that the document names?

    ``geography`` is a GeoJSON file of states; ``window`` is west, east, south and north, in degrees
    (two opposite sides may change places).
    """
    west, east, south, north = sides_of(window)
    table = named_places(session, reading=reading)
    towns = table[table.kind.isin(TOWNS) & table.latitude.notna()]
    inside = towns.latitude.between(south, north) & towns.longitude.between(west, east)
    points, outside = towns[inside], towns[~inside]
    where_not = f" Outside the map: {joined(dict.fromkeys(outside.name))}." if len(outside) else ""
    if points.empty:
        return nothing(
            f"No town that is named lies between {west:g}° and {east:g}° east, {south:g}° and "
            f"{north:g}° north"
            if len(outside)
            else "No town is named",
            f"Towns that the document names, {under(reading)}.{where_not}",
            towns[["name", "layer", "latitude", "longitude", "count", "evidence"]],
        )
    states, whose = ground_of(geography)

    def draw(figure: Figure, narrow: bool) -> None:
        axes = figure.add_subplot()
        sides = closer(points, west, east) if narrow else (west, east)
        borders(axes, states, (*sides, south, north))
        for _, group in points.groupby("place", sort=False):
            said = int(group["count"][group.layer == "session"].sum())
            for row in group.itertuples():
                ink, _ = LOOKS[row.layer]
                inner = row.layer == "session"
                axes.scatter(
                    [row.longitude],
                    [row.latitude],
                    s=60 + 70 * row.count,
                    facecolor=ink.colour if inner else "none",
                    edgecolors=ink.colour,
                    linewidths=1.8,
                    zorder=4 if inner else 5,
                    alpha=0.9,
                ).set_urls([row.evidence])
            at = group.iloc[0]
            axes.annotate(
                f"{at['name']}, {said}" if said else at["name"],
                (at.longitude, at.latitude),
                xytext=(13, 6),
                textcoords="offset points",
                fontsize=13,
                zorder=6,
            )
        there = [layer for layer in NAMED if layer in set(points.layer)]
        key(axes, [(*LOOKS[layer], NAMED[layer]) for layer in there], narrow, (2, 1))

    return Chart(
        named_towns(towns, points, states),
        f"Towns that are named{f', on {whose}' if whose else ''}. The larger the point, the more "
        "often. Filled: in the session, with the number. Ring: in the translator's notes. Points "
        "are good to about 6 km." + where_not,
        "A map of towns. "
        + " ".join(f"{r.name}: {r.count} in the {r.layer}." for r in points.itertuples()),
        shown_table(towns, "name", "layer", "latitude", "longitude"),
        draw,
        (372, 400),
        {
            r.evidence: f"{r.name}: named in the {r.layer}, {count_of(r.count, 'time')}"
            for r in points.itertuples()
        },
    )


def named_towns(towns: pd.DataFrame, points: pd.DataFrame, states: list[State]) -> str:
    """How many towns the session names, where they lie, and how many lie outside the map."""
    named, inside = (frame[frame.layer == "session"] for frame in (towns, points))
    if named.empty:
        return "The session names no town; the notes do"
    found = {
        state.name
        for state in states
        for land in state.land
        for town in inside.itertuples()
        if land.contains_point((town.longitude, town.latitude))
    }
    out = len(named) - len(inside)
    all_in = f", all in {found.pop()}" if len(found) == 1 and not out and len(named) > 1 else ""
    return f"The session names {count_of(len(named), 'town')}{all_in}" + (
        f", {out} of them outside the map" if out else ""
    )


def closer(points: pd.DataFrame, west: float, east: float) -> tuple[float, float]:
    """The sides of a narrow map: as far as the towns reach, with room for their names."""
    return max(west, points.longitude.min() - 2.8), min(east, points.longitude.max() + 3)


def borders(axes: Axes, states: list[State], window: Sequence[float]) -> None:
    """The states inside a window, each with its name where there is room for it."""
    west, east, south, north = window
    view = Bbox.from_extents(west - 1, south - 1, east + 1, north + 1)
    for land in (land for state in states for land in state.land):
        if land.intersects_bbox(view):
            axes.add_patch(
                PathPatch(
                    land.clip_to_bbox(view),
                    facecolor=PLAIN_INK.colour + "22",
                    edgecolor=PLAIN_INK.colour,
                    linewidth=0.8,
                )
            )
    axes.set_aspect(1 / math.cos(math.radians((south + north) / 2)))
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_xticks([])
    axes.set_yticks([])
    bare(axes, "left", "bottom", "top", "right")
    for state in states:
        x, y = state.label or (west, south)
        if west < x < east - 0.13 * len(state.name) and south < y < north:
            style: dict[str, Any] = {
                "fontsize": 12,
                "color": PLAIN_INK.colour,
                "ha": "center",
                "style": "italic",
            }
            axes.text(x, y, state.name, **style)


def outline(polygon: list) -> Outline:
    """A GeoJSON polygon with its holes as an outline."""
    vertices, codes = [], []
    for ring in polygon:
        vertices += ring
        codes += [Outline.MOVETO, *[Outline.LINETO] * (len(ring) - 2), Outline.CLOSEPOLY]
    return Outline(vertices, codes)
