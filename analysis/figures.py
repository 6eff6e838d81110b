"""The charts of the book, each an answer to one question; drawing only, counting is elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.transforms import Bbox

from analysis.chart import Chart
from analysis.claims import ranges
from analysis.evidence import Evidence, count
from analysis.measures import (
    PLACE_TYPES, STANDINGS, along_the_session, compared, course, how_much_text, name_of, named_places, per_thousand, place_counts,
    plain_search, speakers, surname_of, term_counts, who_speaks,
)
from analysis.readings import Reading
from analysis.session import Session
from analysis.statistics import LEAST_EXPECTED, LEAST_G2

#: Colours that colour-blind readers can tell apart (after Okabe and Ito), middling on white and on black.
PALETTE = ("#2f7fc1", "#c8641e", "#26936b", "#b0609a")
GREY = "#888888"
#: Colours for what is no speaker, told apart from theirs and, by their lightness, from each other.
TONES = ("#3f7f8c", "#a8841a", "#9a5f86", "#7b8f3f", GREY)
#: How sure it is whose words they are: filled or not, hatch, outline.
LOOK = {"labelled": (True, None, "-"), "inferred": (False, "//", "-"), "doubted": (False, None, ":"), "unattributed": (False, None, "-")}
MEANS = {"labelled": "labelled by name", "inferred": "inferred by the translator", "doubted": "may be doubted",
         "unattributed": "nobody named"}


def colours(session: Session) -> dict[str, str]:
    """A colour for each speaker, the same in every chart, in the order in which they begin."""
    return {**dict(zip(speakers(session), PALETTE)), "none": GREY}


def look(colour: str, standing: str) -> dict:
    """How a mark of this colour looks when it is this sure."""
    filled, hatch, line = LOOK[standing]
    return {"facecolor": colour if filled else "none", "edgecolor": colour, "linewidth": 1.5, "hatch": hatch, "linestyle": line}


def bar(axes, x, y, width, height, colour, standing="labelled", link=None):
    """A bar that looks as sure as it is, and leads to what it counts."""
    patch = Rectangle((x, y), width, height, **look(colour, standing))
    if link:
        patch.set_url(link)
    axes.add_patch(patch)


def stacked(figure, narrow, rows, unit="words", ranges=None):
    """Horizontal bars: ``rows`` are (label, [(value, colour, standing, link)…]), the sum at each end.

    ``ranges`` gives the lowest and the highest sum of each row under any reading: a thin line below its bar.
    """
    axes = figure.add_subplot()
    longest = max([sum(value for value, *_ in row) for _, row in rows] + [high for _, high in ranges or []]) or 1
    for y, (label, row) in enumerate(rows):
        x = 0
        for value, colour, standing, link in row:
            bar(axes, x, y - 0.36, value, 0.66, colour, standing, link)
            x += value
        axes.text(x + longest * 0.015, y - 0.03, f"{x:,}", va="center", fontsize=13)
        if ranges and ranges[y][0] != ranges[y][1]:
            axes.plot(ranges[y], [y + 0.44] * 2, color=GREY, linewidth=1.6, marker="|", markersize=5, markeredgewidth=1.6)
    axes.set_xlim(0, longest * (1.17 if narrow else 1.09))
    axes.set_ylim(len(rows) - 0.35, -0.6)
    axes.set_yticks(range(len(rows)), [label for label, _ in rows])
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(unit)
    axes.locator_params(axis="x", nbins=4 if narrow else 8, integer=True)
    axes.spines["left"].set_visible(False)
    return axes


def key(axes, entries, narrow, columns=None):
    """A key below the chart: (colour, standing, what it means)."""
    handles = [Rectangle((0, 0), 1, 1, label=text, **look(c, s)) for c, s, text in entries]
    axes.figure.legend(handles=handles, loc="outside lower center", ncols=columns or (1 if narrow else 4), fontsize=12,
                       handlelength=1.4, columnspacing=1.2)


def by_speaker(session, table):
    """The parts of a bar, speaker by speaker, the surest first: for :func:`stacked`."""
    tone = colours(session)
    order = sorted(table.itertuples(), key=lambda r: (list(tone).index(r.speaker), STANDINGS.index(r.standing)))
    return [(int(r.count), tone[r.speaker], r.standing, r.evidence) for r in order]


def speaker_key(axes, session, table, narrow):
    """A key to the speakers in a table, and to how sure they are."""
    tone = colours(session)
    key(axes, [(tone[s], "labelled", surname_of(session, s)) for s in tone if s in set(table.speaker)]
        + [(GREY, s, MEANS[s]) for s in STANDINGS if s in set(table.standing) - {"unattributed"}], narrow, 2 if narrow else 3)


def range_caption(readings: int) -> str:
    """What the thin lines below the bars are."""
    return f" Thin line below a bar: from the lowest to the highest number that any of {readings} readings gives."


def layers_chart(session: Session) -> Chart:
    """How much of the document is the record of the session, and how much is said about it?"""
    table = how_much_text(session)
    total, said = table["count"].sum(), table.set_index("layer")["count"]["session"]
    hands = {"archive": "the archive", "heading": "heading, Malin", "session": "session, Malin", "notes": "notes, the translator"}
    rows = [(hands[r.layer], [(r.count, TONES[0] if r.layer == "session" else GREY, "labelled", r.evidence)])
            for r in table.rename(columns={"count": "count"}).itertuples(index=False)]
    return Chart(
        "layers", f"Of {total:,} words, {said:,} record what was said",
        "Words in each layer of the document, by whose hand it is. All of it in English translation.",
        f"Bars: {in_words(table, 'layer')} words. The record of the session is {said / total:.0%} of the text.",
        table, lambda figure, narrow: stacked(figure, narrow, rows), (230, 230),
        {r.evidence: f"{r.count:,} words in the layer {r.layer}" for r in table.itertuples()})


def who_speaks_chart(session: Session, unit: str = "words", **answers: str) -> Chart:
    """Who speaks, and how much? Another answer to a decision, such as ``opening="nobody"``, redraws it."""
    reading = Reading(**answers)
    table = who_speaks(session, unit, reading)
    table = table.assign(name=[surname_of(session, s) for s in table.speaker])
    totals = table.groupby("speaker", sort=False)["count"].sum().sort_values(ascending=False)
    tone = colours(session)
    rows = []
    for speaker in totals.index:
        parts = table[table.speaker == speaker].set_index("standing").reindex(STANDINGS).dropna(subset="count")
        rows.append((surname_of(session, speaker), [(int(r.count), tone[speaker], s, r.evidence)
                                                    for s, r in zip(parts.index, parts.itertuples())]))
    top, whole = totals.index[0], totals.sum()
    subject = f"{surname_of(session, top)} speaks" if top != "none" else "Nobody named speaks"
    title = f"{subject} {totals.iloc[0] / whole:.0%} of the {unit}"
    used = [s for s in STANDINGS if s in set(table.standing)]
    spans, readings = ranges(session, Evidence.of(unit), "speaker")

    def draw(figure, narrow):
        axes = stacked(figure, narrow, rows, unit, [spans.get(speaker, (0, 0)) for speaker in totals.index])
        key(axes, [(GREY, s, MEANS[s]) for s in used], narrow)

    how = "as the edition reads it" if not reading.answers else f"with another answer ({reading})"
    return Chart(
        f"who-speaks-{unit}" + "".join(f"-{a.replace(' ', '-')}" for _, a in reading.answers), title,
        f"{unit.capitalize()} of each speaker in the session, {how}. Solid: labelled by name. Hatched: the speaker is "
        "inferred. Dotted outline: in a sentence whose speaker may be doubted. Open: nobody is named." + range_caption(readings),
        f"Bars by speaker: {'; '.join(f'{surname_of(session, s)} {n:,}' for s, n in totals.items())} {unit}. "
        + " ".join(f"{n:,} of them {MEANS[s]}." for s, n in table.groupby("standing", sort=False)["count"].sum().items()),
        shown_table(table, "name", "standing"), draw, (90 + 45 * len(rows) + 40, 110 + 45 * len(rows) + 22 * len(used)),
        {r.evidence: f"{r.name}: {r.count:,} {unit}, {MEANS[r.standing]}" for r in table.itertuples()})


def course_chart(session: Session) -> Chart:
    """How does the session run? Every sentence drawn to scale, in the order of the record."""
    table = course(session)
    total, tone = int(table["count"].sum()), colours(session)

    def draw(figure, narrow):
        width = 150 if narrow else 300
        axes = figure.add_subplot()
        lines = -(-total // width)
        for row in table.itertuples():
            at, left = row.first, row.count
            while left:
                line, x = divmod(at, width)
                part = min(left, width - x)
                bar(axes, x, line + 0.1, part, 0.8, tone[row.speaker], row.standing, row.evidence)
                at, left = at + part, left - part
        axes.set_xlim(0, width)
        axes.set_ylim(lines, 0)
        axes.set_yticks([i + 0.5 for i in range(lines)], [f"{i * width + 1:,}" for i in range(lines)])
        axes.tick_params(axis="y", length=0)
        axes.set_xticks([])
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.set_ylabel("from word")
        names = [(tone[s], "labelled", surname_of(session, s)) for s in speakers(session)]
        key(axes, names + [(GREY, s, MEANS[s]) for s in STANDINGS if s in set(table.standing)], narrow, 2 if narrow else 6)

    begin = {s: int(table[table.speaker == s]["first"].iloc[0]) + 1 for s in speakers(session)}
    first, later = table.speaker.iloc[0], sorted(begin.values())[1]
    return Chart(
        "course", f"{surname_of(session, first)} fills the record up to word {later - 1:,}; everyone else follows after that",
        "The session from its first word to its last, each sentence as long as its words, line below line. Colour: "
        "speaker. Hatched: inferred. Dotted outline: may be doubted.",
        f"A ribbon of {total:,} words. " + " ".join(f"{surname_of(session, s)} begins at word {n:,}." for s, n in begin.items()),
        shown_table(table.assign(name=[surname_of(session, s) for s in table.speaker]), "sentence", "name", "standing", "first"),
        draw, (270, 470), {r.evidence: f"sentence {r.sentence}, {surname_of(session, r.speaker)}, {r.count} words" for r in table.itertuples()})


def families_chart(session: Session, **answers: str) -> Chart:
    """Which families of terms are used most, and by whom?"""
    table = count(session, "terms", ["family", "speaker", "standing"], **answers)
    totals = table.groupby("family", sort=False)["count"].sum().sort_values(ascending=False, kind="stable")
    rows = [(family, by_speaker(session, table[table.family == family])) for family in totals.index]
    spans, readings = ranges(session, Evidence.of("terms"), "family")

    def draw(figure, narrow):
        axes = stacked(figure, narrow, [(wrap(f) if narrow else f, parts) for f, parts in rows], "mentions",
                       [spans.get(family, (0, 0)) for family in totals.index])
        speaker_key(axes, session, table, narrow)

    first, second = totals.index[0], totals.index[1]
    return Chart(
        "families", f"{first.capitalize()} and {second} are spoken of most",
        "Mentions of each family of terms in the session, by speaker; abbreviations count as what they stand for. Hatched: "
        "the speaker is inferred. Dotted outline: in a sentence whose speaker may be doubted." + range_caption(readings),
        f"Bars, mentions in all: {', '.join(f'{f} {n}' for f, n in totals.items())}.",
        shown_table(table.assign(name=[surname_of(session, s) for s in table.speaker]), "family", "name", "standing"), draw,
        (100 + 27 * len(rows), 150 + 30 * len(rows)),
        {r.evidence: f"{r.family}, {surname_of(session, r.speaker)}, {MEANS[r.standing]}: {r.count}" for r in table.itertuples()})


def rates_chart(session: Session, least: int = 5) -> Chart:
    """What does each speaker speak of, for the length of his speech? Rates on few mentions are drawn open."""
    table = per_thousand(session)
    families = table.groupby("family", sort=False)["count"].sum().sort_values(ascending=False, kind="stable").index
    tone = colours(session)
    words = table.drop_duplicates("speaker").set_index("speaker").words

    def draw(figure, narrow):
        axes = figure.add_subplot()
        for y, family in enumerate(families):
            axes.axhline(y, color=GREY, linewidth=0.4, zorder=0)
            for row in table[table.family == family].itertuples():
                mark = axes.scatter([row.rate], [y], s=70, color=tone[row.speaker] if row.count >= least else "none",
                                    edgecolors=tone[row.speaker], linewidths=1.8)
                mark.set_urls([row.evidence])
        axes.set_yticks(range(len(families)), [wrap(f) if narrow else f for f in families])
        axes.set_ylim(len(families) - 0.5, -0.6)
        axes.set_xlim(0, table.rate.max() * 1.06)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel("mentions per 1,000 words")
        axes.spines["left"].set_visible(False)
        key(axes, [(tone[s], "labelled", f"{surname_of(session, s)} ({n:,} words)") for s, n in words.items()], narrow)

    few = table[table["count"] < least]
    return Chart(
        "rates", f"For their length the short speeches look loud, but {len(few)} of {len(table)} rates rest on fewer than {least} mentions",
        f"Mentions per 1,000 words of each speaker. Filled: {least} mentions or more. Open: fewer, so that one mention more or "
        "less moves the point far; compare no open points.",
        "Points by family and speaker: " + "; ".join(
            f"{r.family}, {surname_of(session, r.speaker)} {r.rate:.0f}" for r in table.itertuples()) + ".",
        shown_table(table.assign(name=[surname_of(session, s) for s in table.speaker]), "family", "name", "rate"), draw,
        (110 + 27 * len(families), 140 + 30 * len(families)),
        {r.evidence: f"{r.family}, {surname_of(session, r.speaker)}: {r.count}, {r.rate:.1f} per 1,000 words" for r in table.itertuples()})


def compared_chart(session: Session, speaker: str, **answers: str) -> Chart:
    """Does a speaker speak of a family more, for his words, than everybody else? Only where the counts can tell."""
    table = compared(session, speaker, Reading(**answers))
    told, name, edge = table[table.told].reset_index(drop=True), surname_of(session, speaker), 4.2
    sure = told[told.g2 >= LEAST_G2]

    def draw(figure, narrow):
        axes = figure.add_subplot()
        axes.axvline(0, color=GREY, linewidth=0.8, linestyle=":")
        for y, row in enumerate(told.itertuples()):
            low, high = max(row.low, -edge), min(row.high, edge)
            axes.plot([low, high], [y, y], color=TONES[0], linewidth=2.2)
            for end, value, arrow in ((low, row.low, "<"), (high, row.high, ">")):
                axes.plot([end], [y], marker=arrow if abs(value) > edge else "|", color=TONES[0], markersize=9, markeredgewidth=2)
            at = min(max(row.log_ratio, -edge), edge)  # no mention on one side: the arrow alone, and a mark that leads on
            axes.scatter([at], [y], s=70, facecolor=TONES[0] if row.g2 >= LEAST_G2 or abs(at) == edge else "none",
                         edgecolors=TONES[0], linewidths=2, zorder=3, marker="o" if abs(at) < edge else ">" if at > 0 else "<").set_urls([row.evidence])
        axes.set_yticks(range(len(told)), [f"{r.family}: {r.count} and {r.elsewhere}" for r in told.itertuples()])
        axes.set_ylim(len(told) - 0.5, -0.6)
        axes.set_xlim(-edge - 0.4, edge + 0.4)
        axes.set_xticks([-3, -2, -1, 0, 1, 2, 3], ["⅛", "¼", "½", "1", "2", "4", "8"])
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel("times as often" if narrow else f"how many times as often as the others, for the words spoken ({name} and the others)")
        axes.spines["left"].set_visible(False)

    shown = table.assign(**{"expected": table.expected_here, "expected elsewhere": table.expected_elsewhere, "log ratio": table.log_ratio})
    verdict = "no difference can be told from chance" if sure.empty else f"only {', '.join(sure.family)} can be told from chance"
    return Chart(
        f"compared-{speaker}", f"Of {len(table)} families {len(told)} are mentioned often enough to compare {name} with the others, and {verdict}",
        f"Mentions by {name} and by all others, and how many times as often he mentions a family for his words, with its exact 95% interval. "
        f"Shown where both expected counts are at least {LEAST_EXPECTED}; full points where G2 reaches {LEAST_G2}. An arrow: it goes on, since one side has no mention or the scale ends.",
        "Ratios: " + " ".join(f"{r.family}: {r.count} mentions against {r.elsewhere}, G2 {r.g2:.1f}." for r in told.itertuples())
        + " Too few to tell: " + ", ".join(table.family[~table.told]) + ".",
        shown[["family", "count", "elsewhere", "expected", "expected elsewhere", "g2", "log ratio", "low", "high", "evidence"]], draw,
        (110 + 34 * len(told), 110 + 38 * len(told)),
        {r.evidence: f"{r.family}: {r.count} by {name}, {r.elsewhere} by the others" for r in told.itertuples()})


def along_chart(session: Session) -> Chart:
    """Where in the session does each family of terms come up?"""
    table = along_the_session(session)
    families = table.family.value_counts(sort=False).sort_values(ascending=False, kind="stable").index
    tone, turns = colours(session), course(session)
    total = int(turns["count"].sum())
    ends = turns.groupby((turns.speaker != turns.speaker.shift()).cumsum())["first"].min().iloc[1:]

    def draw(figure, narrow):
        axes = figure.add_subplot()
        for y, family in enumerate(families):
            axes.axhline(y, color=GREY, linewidth=0.4, zorder=0)
            for row in table[table.family == family].itertuples():
                line, = axes.plot([row.at, row.at], [y - 0.34, y + 0.34], linewidth=3 if row.standing == "labelled" else 1.8, color=tone[row.speaker], solid_capstyle="butt",
                                  linestyle="-" if row.standing != "doubted" else (0, (0.8, 0.8)))
                line.set_url(row.evidence)
        for at in ends:
            axes.axvline(at, color=GREY, linewidth=0.8, linestyle=":")
        axes.set_yticks(range(len(families)), [wrap(f) if narrow else f for f in families])
        axes.set_ylim(len(families) - 0.4, -0.6)
        axes.set_xlim(0, total)
        axes.tick_params(axis="y", length=0)
        axes.locator_params(axis="x", nbins=3 if narrow else 7)
        axes.set_xlabel("words from the beginning" if narrow else "words from the beginning of the session")
        axes.spines["left"].set_visible(False)
        key(axes, [(tone[s], "labelled", surname_of(session, s)) for s in speakers(session)], narrow, 3)

    middle = table[table.family == "neutrality"]["at"] if "neutrality" in set(table.family) else table["at"]
    counts = table.groupby(["family", "sentence", "speaker", "evidence"], sort=False).size().rename("count").reset_index()
    return Chart(
        "along", f"Each family has its stretch: neutrality stands between word {middle.min():,} and word {middle.max():,}"
        if "neutrality" in set(table.family) else "Each family has its stretch of the session",
        "Every mention where it stands, from the first word of the session to the last. Dotted lines: another turn begins. "
        "Thick marks: the speaker is labelled by name. Thin: inferred. Broken: in a sentence whose speaker may be doubted.",
        "Marks along the session: " + "; ".join(
            f"{f} {n} times, from word {g['at'].min():,} to {g['at'].max():,}" for f, g in table.groupby("family", sort=False) for n in [len(g)]) + ".",
        shown_table(counts.assign(name=[surname_of(session, s) for s in counts.speaker]), "family", "sentence", "name"), draw,
        (110 + 26 * len(families), 120 + 30 * len(families)),
        {r.evidence: f"{r.family} in sentence {r.sentence}: {r.count}" for r in counts.itertuples()})


def written_chart(session: Session) -> Chart:
    """Which terms does the record write out, and which does it cut short?"""
    table = term_counts(session, "written")
    cut = table[table.written == "abbreviated"].set_index("family")["count"].sort_values(ascending=False, kind="stable")
    table = table[table.family.isin(cut.index)]
    rows = []
    for family in cut.index:
        parts = table[table.family == family].set_index("written").reindex(["full", "abbreviated"]).dropna(subset="count")
        rows.append((family, [(int(r.count), TONES[0], "labelled" if w == "full" else "unattributed", r.evidence)
                              for w, r in zip(parts.index, parts.itertuples())]))

    def draw(figure, narrow):
        axes = stacked(figure, narrow, [(wrap(f) if narrow else f, p) for f, p in rows], unit="mentions")
        key(axes, [(TONES[0], "labelled", "written in full"), (TONES[0], "unattributed", "abbreviated")], narrow, 2)

    return Chart(
        "written", f"{cut.sum()} mentions are cut short, {cut.iloc[0]} of them of {cut.index[0]}",
        "Families with abbreviated mentions in the session: written in full, and cut short (gov't, counterrev., HWP, Rev.).",
        "Bars: " + "; ".join(f"{r.family}, {r.written}: {r.count}" for r in table.itertuples()) + ".",
        shown_table(table, "family", "written"), draw, (110 + 32 * len(rows), 130 + 34 * len(rows)),
        {r.evidence: f"{r.family}, {r.written}: {r.count}" for r in table.itertuples()})


def search_chart(session: Session) -> Chart:
    """What would a plain search for the word have found instead?"""
    table = plain_search(session)
    table = table[(table.missed > 0) | (table.wrong > 0)].sort_values("missed", ascending=False, kind="stable")

    def draw(figure, narrow):
        axes = figure.add_subplot()
        for y, row in enumerate(table.itertuples()):
            axes.plot([row.found, row.count], [y, y], color=GREY, linewidth=2, zorder=1)
            axes.scatter([row.found], [y], s=70, facecolor="none", edgecolors=TONES[1], linewidths=2, zorder=2)
            axes.scatter([row.count], [y], s=70, color=TONES[0], zorder=3).set_urls([row.evidence])
        axes.set_yticks(range(len(table)), [wrap(f) if narrow else f for f in table.family])
        axes.set_ylim(len(table) - 0.5, -0.6)
        axes.set_xlim(left=-0.4)
        axes.locator_params(axis="x", integer=True)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel("finds and mentions")
        axes.spines["left"].set_visible(False)
        key(axes, [(TONES[0], "labelled", "mentions, as the lexicon has them"), (TONES[1], "unattributed", "finds of a plain search")], narrow, 1 if narrow else 2)

    return Chart(
        "search", f"A plain search misses {table.missed.sum()} mentions and finds {table.wrong.sum()} that are none",
        "Families for which a search for the plain word, in the session as written and also inside longer words, differs from "
        "the lexicon's count.",
        "Pairs of points: " + "; ".join(f"{r.family}: “{r.word}” is found {r.found} times, mentioned {r.count} times"
                                         for r in table.itertuples()) + ".",
        table, draw, (110 + 27 * len(table), 130 + 32 * len(table)),
        {r.evidence: f"{r.family}: {r.count} mentions" for r in table.itertuples()})


def places_chart(session: Session, by: str = "type") -> Chart:
    """Which places are named, and which are only meant? By kind of reference or by speaker."""
    table = place_counts(session, *(["type"] if by == "type" else ["speaker", "standing"]))
    table = table.assign(name=[name_of(session, e) if e != "none" else "no single place" for e in table.entity])
    totals = table.groupby("name", sort=False)["count"].sum().sort_values(ascending=False, kind="stable")
    parts_of = PLACE_TYPES if by == "type" else [*speakers(session), "none"]
    tone = dict(zip(PLACE_TYPES, TONES)) if by == "type" else colours(session)
    called = {t: t for t in PLACE_TYPES} if by == "type" else {s: surname_of(session, s) for s in parts_of}
    rows = []
    for place in totals.index:
        if by == "speaker":
            rows.append((place.split(" (")[0], by_speaker(session, table[table.name == place])))
            continue
        parts = table[table.name == place].set_index(by).reindex(parts_of).dropna(subset="count")
        rows.append((place.split(" (")[0], [(int(r.count), tone[p], "labelled", r.evidence) for p, r in zip(parts.index, parts.itertuples())]))

    spans, readings = ranges(session, Evidence.of("mentions", kind="place"), "entity")
    entity = dict(zip(table.name, table.entity))

    def draw(figure, narrow):
        axes = stacked(figure, narrow, [(wrap(p, 15) if narrow else p, parts) for p, parts in rows], "references",
                       [spans[entity[place]] for place in totals.index])
        if by == "speaker":
            speaker_key(axes, session, table, narrow)
        else:
            key(axes, [(tone[p], "labelled", called[p]) for p in parts_of if p in set(table[by])], narrow, 2 if narrow else 5)

    ground = table[table.type == "toponym"]["count"].sum() if by == "type" else None
    title = (f"Of {totals.sum()} references to places, {ground} name the ground" if by == "type"
             else f"{totals.index[0]} and {totals.index[1]} are referred to most")
    return Chart(
        f"places-by-{by}", title,
        "References to places in the session" + (", by kind: a toponym names the ground; adjectives, demonyms, institutions and "
                                                  "generic words only mean it." if by == "type" else ", by speaker. Hatched: the speaker is inferred. Dotted outline: may be doubted.")
        + range_caption(readings),
        "Bars: " + "; ".join(f"{r.name}, {called[getattr(r, by)]}: {r.count}" for r in table.itertuples()) + ".",
        shown_table(table, "name", *([by] if by == "type" else [by, "standing"])), draw, (120 + 32 * len(rows), 170 + 38 * len(rows)),
        {r.evidence: f"{r.name}, {called[getattr(r, by)]}: {r.count}" for r in table.itertuples()})


def places_map(session: Session, geography: str | Path, window=(8.0, 26.0, 44.5, 50.0)) -> Chart:
    """Where are the places that the document names? ``geography`` is a GeoJSON file of states;
    ``window`` is west, east, south and north, in degrees."""
    west, east, south, north = window
    table = named_places(session)
    points = table[table.latitude.between(south, north) & table.longitude.between(west, east) & table.kind.isin(["city", "village"])]
    states = json.loads(Path(geography).read_text(encoding="utf-8"))["features"]

    def draw(figure, narrow):
        axes = figure.add_subplot()
        view = Bbox.from_extents(west - 1, south - 1, east + 1, north + 1)
        for state in states:
            for polygon in state["geometry"]["coordinates"]:
                land = outline(polygon)
                if land.intersects_bbox(view):
                    land = land.clip_to_bbox(view)
                    axes.add_patch(PathPatch(land, facecolor="#88888822", edgecolor=GREY, linewidth=0.8))
        axes.set_aspect(1.5)
        axes.set_xlim((13.5, 23.2) if narrow else (west, east))
        axes.set_ylim(south, north)
        for place, group in points.groupby("place", sort=False):
            session_rows, at = group[group.layer == "session"], group.iloc[0]
            for row in group.itertuples():
                inner = row.layer == "session"
                axes.scatter([row.longitude], [row.latitude], s=60 + 70 * row.count, facecolor=TONES[0] if inner else "none",
                             edgecolors=TONES[0] if inner else TONES[1], linewidths=1.8, zorder=4 if inner else 5,
                             alpha=0.9).set_urls([row.evidence])
            text = at["name"] + (f", {session_rows['count'].sum()}" if len(session_rows) else "")
            axes.annotate(text, (at.longitude, at.latitude), xytext=(13, 6), textcoords="offset points", fontsize=13, zorder=6)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines[["left", "bottom", "top", "right"]].set_visible(False)
        for name, x, y in (("Austria", 14.2, 47.3), ("Hungary", 20.4, 46.75), ("Yugoslavia", 17.2, 45.2), ("Czechoslovakia", 17.0, 49.3),
                           ("Romania", 23.6, 46.2), ("Soviet Union", 24.2, 49.2)):
            if not narrow or (13.5 < x < 22.0 and len(name) < 16):
                axes.text(x, y, name, fontsize=12, color=GREY, ha="center", style="italic")
        key(axes, [(TONES[0], "labelled", "named in the session"), (TONES[1], "unattributed", "named in the notes")], narrow, 1 if narrow else 2)

    inside = points[points.layer == "session"]
    return Chart(
        "map", f"The session names {len(inside)} towns, all in Hungary" if len(inside) else "No town is named",
        "Towns that are named, on the borders of today regrouped to the states of 1956 (Natural Earth). The larger the point, the more often. Filled: in "
        "the session, with the number. Ring: in the translator's notes. Points are good to about 6 km.",
        "Map of Central Europe. " + " ".join(f"{r.name}: {r.count} in the {r.layer}." for r in points.itertuples()),
        shown_table(points, "name", "layer", "latitude", "longitude"), draw, (420, 400),
        {r.evidence: f"{r.name}: named {r.count} times in the {r.layer}" for r in points.itertuples()})


def outline(polygon) -> Outline:
    """A GeoJSON polygon with its holes as an outline."""
    vertices, codes = [], []
    for ring in polygon:
        vertices += ring
        codes += [Outline.MOVETO, *[Outline.LINETO] * (len(ring) - 2), Outline.CLOSEPOLY]
    return Outline(vertices, codes)


def shown_table(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The columns of a table that a reader is shown, the count last, with its evidence."""
    return table[[*columns, "count", "evidence"]].reset_index(drop=True)


def in_words(table: pd.DataFrame, column: str) -> str:
    """“archive 133, heading 48, …”."""
    return ", ".join(f"{a} {n:,}" for a, n in zip(table[column], table["count"]))


def wrap(label: str, width: int = 14) -> str:
    """A label over two lines where it is long."""
    if len(label) <= width or " " not in label:
        return label
    words = label.split()
    half = min(range(1, len(words)), key=lambda i: abs(len(" ".join(words[:i])) - len(" ".join(words[i:]))))
    return " ".join(words[:half]) + "\n" + " ".join(words[half:])
