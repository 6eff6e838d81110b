#!/usr/bin/env python3
"""Make states-1956.json, the states of November 1956 as GeoJSON, from world-atlas.

Usage: python3 from_world_atlas.py [countries-50m.json [states-1956.json]]
README.md says where the input comes from and what the output leaves out.
"""

import hashlib
import itertools
import json
import os
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHA256 = "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394"
REMEDY = """Get it with: npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
and give the path of package/countries-50m.json as the first argument."""
WINDOW = ((1, 35, 1), (1, 62, -1), (0, -12, 1), (0, 45, -1))  # axis, bound, side to keep
TOLERANCE = 0.01  # degrees by which a thinned line may stray from its source
SMALLEST = 0.005  # square degrees (some 40 km2): lesser islands, states and holes are dropped
# Where the name of a state can stand on a map of the middle Danube without covering a town:
# longitude, latitude.
LABELS = {
    "AT": [14.2, 47.3],
    "HU": [20.4, 46.75],
    "YU": [17.2, 45.2],
    "CS": [17.0, 49.3],
    "RO": [23.6, 46.2],
    "SU": [24.2, 49.2],
}
GERMANY = (
    "today's Germany: the line between the Federal Republic and the GDR is not in the "
    "source and not drawn, nor are Berlin's sectors and the Saar"
)
#: Which borders they are, in words, for the caption of a map.
BORDERS = "the borders of today regrouped to the states of 1956 (Natural Earth)"
STATES = """AD Andorra; AL Albania; AT Austria; BE Belgium; BG Bulgaria; CH Switzerland;
CS Czechoslovakia = Czechia + Slovakia; CY Cyprus = Cyprus + N. Cyprus; DE Germany;
DK Denmark = Denmark + Faeroe Is.; DZ Algeria; ES Spain; FI Finland = Finland + Åland; FR France;
GB United Kingdom = United Kingdom + Isle of Man + Jersey + Guernsey; GR Greece; HU Hungary;
IE Ireland; IQ Iraq; IR Iran; IT Italy; LI Liechtenstein; LU Luxembourg; MA Morocco; MT Malta;
NL Netherlands; NO Norway; PL Poland; PT Portugal; RO Romania; SE Sweden; SM San Marino;
SU Soviet Union = Armenia + Azerbaijan + Belarus + Estonia + Georgia + Kazakhstan + Kyrgyzstan
 + Latvia + Lithuania + Moldova + Russia + Tajikistan + Turkmenistan + Ukraine + Uzbekistan;
SY Syria; TN Tunisia; TR Turkey; YU Yugoslavia = Bosnia and Herz. + Croatia + Kosovo + Macedonia
 + Montenegro + Serbia + Slovenia"""  # id, name = members as world-atlas names them


def stop(message):
    """Say what is wrong and leave with status 2."""
    print(f"from_world_atlas.py: {message}", file=sys.stderr)
    sys.exit(2)


def read_topology(path):
    """Return the parsed input; stop if it is missing or not the very file expected."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        stop(f"cannot read the input {path}: {error.strerror}.\n{REMEDY}")
    found = hashlib.sha256(raw).hexdigest()
    if found != SHA256:
        stop(
            f"the input {path} is not the TopoJSON countries-50m.json of world-atlas 2.0.2:\n"
            f"its SHA-256 is {found},\nnot             {SHA256}.\n{REMEDY}"
        )
    return json.loads(raw)


def decode_arcs(topology):
    """Turn the delta-encoded, quantised arcs into thinned lines of (lon, lat)."""
    scale, origin = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x, y, arc = 0, 0, []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * scale[0] + origin[0], y * scale[1] + origin[1]))
        arcs.append(thin(arc))
    return arcs


def thin(line):
    """Thin a line (Douglas-Peucker). Done arc by arc, so neighbours keep a common border."""

    def stray(point):
        p, a, b = complex(*point), complex(*line[0]), complex(*line[-1])
        along = ((p - a) / (b - a)).real if a != b else 0
        return abs(p - a - min(1, max(0, along)) * (b - a))

    far, where = max((stray(point), i) for i, point in enumerate(line))
    if far <= TOLERANCE:
        return [line[0], line[-1]]
    return thin(line[: where + 1])[:-1] + thin(line[where:])


def merge(countries, arcs):
    """Rings of the countries' union: an arc used by two of them is an inner border, dropped."""
    used = [
        i
        for country in countries
        for polygon in (country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]])
        for ring in polygon
        for i in ring
    ]
    times = Counter(max(i, ~i) for i in used)  # ~i is arc i backwards
    return join([arcs[i] if i >= 0 else arcs[~i][::-1] for i in used if times[max(i, ~i)] == 1])


def join(lines, partner=None):
    """Chain lines into closed rings: each goes on where it ends, or at that end's partner."""
    rings, left = [], list(lines)
    while left:
        ring = list(left.pop(0))
        while (goal := partner[ring[-1]] if partner else ring[-1]) != ring[0]:
            ring += left.pop([line[0] for line in left].index(goal))
        rings.append(ring + ring[:1])
    return rings


def clip(rings, axis, bound, side):
    """Keep one side of a line. Pieces cut apart become rings of their own, with no bridges."""
    whole, cut = [], []
    for ring in rings:
        inside = [(p[axis] - bound) * side >= 0 for p in ring]
        if all(inside):
            whole.append(ring)
        elif any(inside):
            out = inside.index(False)  # begin outside
            steps = list(zip(ring, ring[1:], inside, inside[1:]))
            for a, b, a_in, b_in in steps[out:] + steps[:out]:
                if b_in and not a_in:
                    cut.append([])
                if a_in != b_in:
                    cut[-1].append(crossing(*sorted((a, b)), axis, bound))
                if b_in:
                    cut[-1].append(b)
    ends = sorted(p for line in cut for p in (line[0], line[-1]))
    pairs = list(zip(ends[::2], ends[1::2]))  # land lies between 1st and 2nd, 3rd and 4th ...
    return whole + join(cut, dict(pairs) | {b: a for a, b in pairs})


def crossing(a, b, axis, bound):
    """The point where a-b meets the line; a and b in a fixed order, so neighbours agree."""
    t = (bound - a[axis]) / (b[axis] - a[axis])
    other = a[1 - axis] + t * (b[1 - axis] - a[1 - axis])
    return (bound, other) if axis == 0 else (other, bound)


def area(ring):
    """Signed area in square degrees, positive if the ring runs counter-clockwise."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in itertools.pairwise(ring)) / 2


def surrounds(ring, point):
    """Whether the point lies within the ring (even-odd rule)."""
    x, y = point
    return (
        sum(
            (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax)
            for (ax, ay), (bx, by) in itertools.pairwise(ring)
        )
        % 2
        == 1
    )


def polygons(rings):
    """Round, drop what is tiny, and give each outer ring (largest first) its holes."""
    rings = [[(round(x, 2), round(y, 2)) for x, y in reversed(ring)] for ring in rings]
    rings = [ring[:1] + [q for p, q in itertools.pairwise(ring) if p != q] for ring in rings]
    rings = sorted((r for r in rings if abs(area(r)) >= SMALLEST), key=area, reverse=True)
    holes = [r for r in rings if area(r) < 0]
    return [[r] + [h for h in holes if surrounds(r, h[0])] for r in rings if area(r) > 0]


def feature(entry, countries, arcs):
    """The GeoJSON feature of one entry of STATES, clipped to the window."""
    state, _, members = " ".join(entry.split()).partition(" = ")
    code, name = state.split(" ", 1)
    rings = merge([countries[member] for member in (members or name).split(" + ")], arcs)
    for half_plane in WINDOW:
        rings = clip(rings, *half_plane)
    more = ({"note": GERMANY} if code == "DE" else {}) | (
        {"label": LABELS[code]} if code in LABELS else {}
    )
    return {
        "type": "Feature",
        "properties": {"id": code, "name": name} | more,
        "geometry": {"type": "MultiPolygon", "coordinates": polygons(rings)},
    }


def main(source=HERE / "package/countries-50m.json", target=HERE / "states-1956.json"):
    """Read, convert, and put the output in place in one step."""
    topology = read_topology(Path(source))
    arcs = decode_arcs(topology)
    countries = {c["properties"]["name"]: c for c in topology["objects"]["countries"]["geometries"]}
    lines = [
        json.dumps(feature(entry, countries, arcs), ensure_ascii=False, separators=(",", ":"))
        for entry in STATES.split(";")
    ]
    unfinished = f"{target}.unfinished"
    try:
        with open(unfinished, "w", encoding="utf-8", newline="\n") as out:
            head = f'{{"type":"FeatureCollection","borders":"{BORDERS}","features":[\n'
            out.write(head + ",\n".join(lines) + "\n]}\n")
        os.replace(unfinished, target)
    except OSError as error:
        if os.path.exists(unfinished):
            os.remove(unfinished)
        stop(f"cannot write {target}: {error.strerror}. Give a writable path as second argument.")


if __name__ == "__main__":
    main(*sys.argv[1:3])
