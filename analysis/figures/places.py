"""Charts and a map of the places that are named and meant."""

from __future__ import annotations

import json
from pathlib import Path

from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.transforms import Bbox

from analysis.chart import Chart
from analysis.colours import GREY, TONES, colours
from analysis.evidence import Evidence
from analysis.figures.drawing import (
    by_speaker,
    key,
    range_caption,
    shown_table,
    speaker_key,
    stacked,
    wrap,
)
from analysis.measures import PLACE_TYPES, named_places, place_counts, speakers
from analysis.session import Session
from analysis.tallies import ranges
from analysis.wording import name_of, surname_of


def places_chart(session: Session, by: str = "type") -> Chart:
    """Which places are named, and which are only meant? By kind of reference or by speaker."""
    table = place_counts(session, by=["type"] if by == "type" else ["speaker", "standing"])
    table = table.assign(
        name=[name_of(session, e) if e != "none" else "no single place" for e in table.entity]
    )
    totals = (
        table.groupby("name", sort=False)["count"].sum().sort_values(ascending=False, kind="stable")
    )
    parts_of = PLACE_TYPES if by == "type" else [*speakers(session), "none"]
    tone = dict(zip(PLACE_TYPES, TONES)) if by == "type" else colours(session)
    called = (
        {t: t for t in PLACE_TYPES}
        if by == "type"
        else {s: surname_of(session, s) for s in parts_of}
    )
    rows = []
    for place in totals.index:
        if by == "speaker":
            rows.append((place.split(" (")[0], by_speaker(session, table[table.name == place])))
            continue
        parts = table[table.name == place].set_index(by).reindex(parts_of).dropna(subset="count")
        rows.append(
            (
                place.split(" (")[0],
                [
                    (int(r.count), tone[p], "labelled", r.evidence)
                    for p, r in zip(parts.index, parts.itertuples())
                ],
            )
        )

    spans, readings = ranges(session, Evidence.of("mentions", kind="place"), by="entity")
    entity = dict(zip(table.name, table.entity))

    def draw(figure, narrow):
        axes = stacked(
            figure,
            narrow,
            [(wrap(p, 15) if narrow else p, parts) for p, parts in rows],
            "references",
            [spans[entity[place]] for place in totals.index],
        )
        if by == "speaker":
            speaker_key(axes, session, table, narrow)
        else:
            key(
                axes,
                [(tone[p], "labelled", called[p]) for p in parts_of if p in set(table[by])],
                narrow,
                2 if narrow else 5,
            )

    ground = table[table.type == "toponym"]["count"].sum() if by == "type" else None
    title = (
        f"Of {totals.sum()} references to places, {ground} name the ground"
        if by == "type"
        else f"Referred to most: {totals.index[0]} ({totals.iloc[0]}), then {totals.index[1]} ({totals.iloc[1]})"
    )
    return Chart(
        f"places-by-{by}",
        title,
        "References to places in the session"
        + (
            ", by kind: a toponym names the ground; adjectives, demonyms, institutions and "
            "generic words only mean it."
            if by == "type"
            else ", by speaker. Hatched: the speaker is inferred. Dotted outline: may be doubted."
        )
        + range_caption(readings),
        "Bars: "
        + "; ".join(f"{r.name}, {called[getattr(r, by)]}: {r.count}" for r in table.itertuples())
        + ".",
        shown_table(table, "name", *([by] if by == "type" else [by, "standing"])),
        draw,
        (120 + 32 * len(rows), 170 + 38 * len(rows)),
        {r.evidence: f"{r.name}, {called[getattr(r, by)]}: {r.count}" for r in table.itertuples()},
    )


def places_map(session: Session, geography: str | Path, window=(8.0, 26.0, 44.5, 50.0)) -> Chart:
    """Where are the places that the document names? ``geography`` is a GeoJSON file of states;
    ``window`` is west, east, south and north, in degrees."""
    west, east, south, north = window
    table = named_places(session)
    points = table[
        table.latitude.between(south, north)
        & table.longitude.between(west, east)
        & table.kind.isin(["city", "village"])
    ]
    states = json.loads(Path(geography).read_text(encoding="utf-8"))["features"]

    def draw(figure, narrow):
        axes = figure.add_subplot()
        view = Bbox.from_extents(west - 1, south - 1, east + 1, north + 1)
        for state in states:
            for polygon in state["geometry"]["coordinates"]:
                land = outline(polygon)
                if land.intersects_bbox(view):
                    land = land.clip_to_bbox(view)
                    axes.add_patch(
                        PathPatch(land, facecolor="#88888822", edgecolor=GREY, linewidth=0.8)
                    )
        axes.set_aspect(1.5)
        axes.set_xlim((13.5, 23.2) if narrow else (west, east))
        axes.set_ylim(south, north)
        for place, group in points.groupby("place", sort=False):
            session_rows, at = group[group.layer == "session"], group.iloc[0]
            for row in group.itertuples():
                inner = row.layer == "session"
                axes.scatter(
                    [row.longitude],
                    [row.latitude],
                    s=60 + 70 * row.count,
                    facecolor=TONES[0] if inner else "none",
                    edgecolors=TONES[0] if inner else TONES[1],
                    linewidths=1.8,
                    zorder=4 if inner else 5,
                    alpha=0.9,
                ).set_urls([row.evidence])
            text = at["name"] + (f", {session_rows['count'].sum()}" if len(session_rows) else "")
            axes.annotate(
                text,
                (at.longitude, at.latitude),
                xytext=(13, 6),
                textcoords="offset points",
                fontsize=13,
                zorder=6,
            )
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines[["left", "bottom", "top", "right"]].set_visible(False)
        left, right = axes.get_xlim()
        for state in states:
            x, y = state["properties"].get("label", (left, 0))
            if left < x < right - 0.13 * len(state["properties"]["name"]) and south < y < north:
                axes.text(
                    x,
                    y,
                    state["properties"]["name"],
                    fontsize=12,
                    color=GREY,
                    ha="center",
                    style="italic",
                )
        key(
            axes,
            [
                (TONES[0], "labelled", "named in the session"),
                (TONES[1], "unattributed", "named in the notes"),
            ],
            narrow,
            1 if narrow else 2,
        )

    inside = points[points.layer == "session"]
    where = {
        state["properties"]["name"]
        for state in states
        for polygon in state["geometry"]["coordinates"]
        for town in inside.itertuples()
        if outline(polygon).contains_point((town.longitude, town.latitude))
    }
    return Chart(
        "map",
        f"The session names {len(inside)} towns, all in {where.pop()}"
        if len(where) == 1
        else f"The session names {len(inside)} towns",
        "Towns that are named, on the borders of today regrouped to the states of 1956 (Natural Earth). The larger the point, the more often. Filled: in "
        "the session, with the number. Ring: in the translator's notes. Points are good to about 6 km.",
        "A map of towns. "
        + " ".join(f"{r.name}: {r.count} in the {r.layer}." for r in points.itertuples()),
        shown_table(points, "name", "layer", "latitude", "longitude"),
        draw,
        (420, 400),
        {
            r.evidence: f"{r.name}: named in the {r.layer}, {r.count} in all"
            for r in points.itertuples()
        },
    )


def outline(polygon) -> Outline:
    """A GeoJSON polygon with its holes as an outline."""
    vertices, codes = [], []
    for ring in polygon:
        vertices += ring
        codes += [Outline.MOVETO, *[Outline.LINETO] * (len(ring) - 2), Outline.CLOSEPOLY]
    return Outline(vertices, codes)
