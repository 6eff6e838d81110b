"""Charts of the families of terms."""

from __future__ import annotations

from analysis.chart import Chart
from analysis.colours import GREY, TONES, colours
from analysis.evidence import Evidence, count
from analysis.figures.drawing import (
    MEANS,
    by_speaker,
    key,
    range_caption,
    shown_table,
    speaker_key,
    stacked,
    wrap,
)
from analysis.measures import (
    along_the_session,
    course,
    keyness,
    per_thousand,
    plain_search,
    speakers,
    term_counts,
)
from analysis.readings import Reading
from analysis.session import Session
from analysis.statistics import LEAST_EXPECTED, LEAST_G2
from analysis.tallies import ranges
from analysis.wording import surname_of


def families_chart(session: Session, **answers: str) -> Chart:
    """Which families of terms are used most, and by whom?"""
    table = count(session, "terms", ["family", "speaker", "standing"], reading=Reading(**answers))
    totals = (
        table.groupby("family", sort=False)["count"]
        .sum()
        .sort_values(ascending=False, kind="stable")
    )
    rows = [(family, by_speaker(session, table[table.family == family])) for family in totals.index]
    spans, readings = ranges(session, Evidence.of("terms"), by="family")

    def draw(figure, narrow):
        axes = stacked(
            figure,
            narrow,
            [(wrap(f) if narrow else f, parts) for f, parts in rows],
            "mentions",
            [spans.get(family, (0, 0)) for family in totals.index],
        )
        speaker_key(axes, session, table, narrow)

    first, second = totals.index[0], totals.index[1]
    return Chart(
        "families" + "".join(f"-{n}-{a.replace(' ', '-')}" for n, a in answers.items()),
        f"{first.capitalize()} is spoken of most, then {second}",
        "Mentions of each family of terms in the session, by speaker. Hatched: "
        "the speaker is inferred. Dotted outline: in a sentence whose speaker may be doubted."
        + range_caption(readings),
        f"Bars, mentions in all: {', '.join(f'{f} {n}' for f, n in totals.items())}.",
        shown_table(
            table.assign(name=[surname_of(session, s) for s in table.speaker]),
            "family",
            "name",
            "standing",
        ),
        draw,
        (100 + 27 * len(rows), 150 + 30 * len(rows)),
        {
            r.evidence: f"{r.family}, {surname_of(session, r.speaker)}, {MEANS[r.standing]}: {r.count}"
            for r in table.itertuples()
        },
    )


def rates_chart(session: Session, least: int = 5) -> Chart:
    """What does each speaker speak of, for the length of his speech? Rates on few mentions are drawn open."""
    table = per_thousand(session)
    families = (
        table.groupby("family", sort=False)["count"]
        .sum()
        .sort_values(ascending=False, kind="stable")
        .index
    )
    tone = colours(session)
    words = table.drop_duplicates("speaker").set_index("speaker").words

    def draw(figure, narrow):
        axes = figure.add_subplot()
        for y, family in enumerate(families):
            axes.axhline(y, color=GREY, linewidth=0.4, zorder=0)
            for row in table[table.family == family].itertuples():
                mark = axes.scatter(
                    [row.rate],
                    [y],
                    s=70,
                    color=tone[row.speaker] if row.count >= least else "none",
                    edgecolors=tone[row.speaker],
                    linewidths=1.8,
                )
                mark.set_urls([row.evidence])
        axes.set_yticks(range(len(families)), [wrap(f) if narrow else f for f in families])
        axes.set_ylim(len(families) - 0.5, -0.6)
        axes.set_xlim(0, table.rate.max() * 1.06)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel("mentions per 1,000 words")
        axes.spines["left"].set_visible(False)
        key(
            axes,
            [
                (tone[s], "labelled", f"{surname_of(session, s)} ({n:,} words)")
                for s, n in words.items()
            ],
            narrow,
        )

    few = table[table["count"] < least]
    return Chart(
        "rates",
        f"For their length the short speeches look loud, but {len(few)} of {len(table)} rates rest on fewer than {least} mentions",
        f"Mentions per 1,000 words of each speaker. Filled: {least} mentions or more. Open: fewer, so that one mention more or "
        "less moves the point far; compare no open points.",
        "Points by family and speaker: "
        + "; ".join(
            f"{r.family}, {surname_of(session, r.speaker)} {r.rate:.0f}" for r in table.itertuples()
        )
        + ".",
        shown_table(
            table.assign(name=[surname_of(session, s) for s in table.speaker]),
            "family",
            "name",
            "rate",
        ),
        draw,
        (110 + 27 * len(families), 140 + 30 * len(families)),
        {
            r.evidence: f"{r.family}, {surname_of(session, r.speaker)}: {r.count}, {r.rate:.1f} per 1,000 words"
            for r in table.itertuples()
        },
    )


def compared_chart(session: Session, speaker: str, **answers: str) -> Chart:
    """Does a speaker speak of a family more, for his words, than everybody else? Only where the counts can tell."""
    table = keyness(session, speaker=speaker, reading=Reading(**answers))
    told, name, edge = table[table.enough].reset_index(drop=True), surname_of(session, speaker), 4.2
    sure = told[told.g2 >= LEAST_G2]

    def draw(figure, narrow):
        axes = figure.add_subplot()
        axes.axvline(0, color=GREY, linewidth=0.8, linestyle=":")
        for y, row in enumerate(told.itertuples()):
            low, high = max(row.low, -edge), min(row.high, edge)
            axes.plot([low, high], [y, y], color=TONES[0], linewidth=2.2)
            for end, value, arrow in ((low, row.low, "<"), (high, row.high, ">")):
                axes.plot(
                    [end],
                    [y],
                    marker=arrow if abs(value) > edge else "|",
                    color=TONES[0],
                    markersize=9,
                    markeredgewidth=2,
                )
            at = min(
                max(row.log_ratio, -edge), edge
            )  # no mention on one side: the arrow alone, and a mark that leads on
            axes.scatter(
                [at],
                [y],
                s=70,
                facecolor=TONES[0] if row.g2 >= LEAST_G2 or abs(at) == edge else "none",
                edgecolors=TONES[0],
                linewidths=2,
                zorder=3,
                marker="o" if abs(at) < edge else ">" if at > 0 else "<",
            ).set_urls([row.evidence])
        axes.set_yticks(
            range(len(told)),
            [f"{r.family}: {r.count} and {r.elsewhere}" for r in told.itertuples()],
        )
        axes.set_ylim(len(told) - 0.5, -0.6)
        axes.set_xlim(-edge - 0.4, edge + 0.4)
        axes.set_xticks([-3, -2, -1, 0, 1, 2, 3], ["⅛", "¼", "½", "1", "2", "4", "8"])
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel(
            "times as often"
            if narrow
            else f"how many times as often as the others, for the words spoken ({name} and the others)"
        )
        axes.spines["left"].set_visible(False)

    shown = table.assign(
        **{
            "expected": table.expected_here,
            "expected elsewhere": table.expected_elsewhere,
            "log ratio": table.log_ratio,
        }
    )
    verdict = (
        "no difference can be told from chance"
        if sure.empty
        else f"only {', '.join(sure.family)} can be told from chance"
    )
    return Chart(
        f"compared-{speaker}",
        f"Of {len(table)} families {len(told)} are mentioned often enough to compare {name} with the others, and {verdict}",
        f"Mentions by {name} and by all others, and how many times as often he mentions a family for his words, with its exact 95% interval. "
        f"Shown where both expected counts are at least {LEAST_EXPECTED}; full points where G2 reaches {LEAST_G2}. An arrow: it goes on, since one side has no mention or the scale ends.",
        "Ratios: "
        + " ".join(
            f"{r.family}: {r.count} mentions against {r.elsewhere}, G2 {r.g2:.1f}."
            for r in told.itertuples()
        )
        + " Too few to tell: "
        + ", ".join(table.family[~table.enough])
        + ".",
        shown[
            [
                "family",
                "count",
                "elsewhere",
                "expected",
                "expected elsewhere",
                "g2",
                "log ratio",
                "low",
                "high",
                "evidence",
            ]
        ],
        draw,
        (110 + 34 * len(told), 110 + 38 * len(told)),
        {
            r.evidence: f"{r.family}: {r.count} by {name}, {r.elsewhere} by the others"
            for r in told.itertuples()
        },
    )


def along_chart(session: Session, least: int = 5) -> Chart:
    """Where in the session does each family of terms come up? The title compares those with some mentions at least."""
    table = along_the_session(session)
    families = (
        table.family.value_counts(sort=False).sort_values(ascending=False, kind="stable").index
    )
    tone, turns = colours(session), course(session)
    total = int(turns["count"].sum())
    ends = turns.groupby((turns.speaker != turns.speaker.shift()).cumsum())["first"].min().iloc[1:]

    def draw(figure, narrow):
        axes = figure.add_subplot()
        for y, family in enumerate(families):
            axes.axhline(y, color=GREY, linewidth=0.4, zorder=0)
            for row in table[table.family == family].itertuples():
                (line,) = axes.plot(
                    [row.at, row.at],
                    [y - 0.34, y + 0.34],
                    linewidth=3 if row.standing == "labelled" else 1.8,
                    color=tone[row.speaker],
                    solid_capstyle="butt",
                    linestyle="-" if row.standing != "doubted" else (0, (0.8, 0.8)),
                )
                line.set_url(row.evidence)
        for at in ends:
            axes.axvline(at, color=GREY, linewidth=0.8, linestyle=":")
        axes.set_yticks(range(len(families)), [wrap(f) if narrow else f for f in families])
        axes.set_ylim(len(families) - 0.4, -0.6)
        axes.set_xlim(0, total)
        axes.tick_params(axis="y", length=0)
        axes.locator_params(axis="x", nbins=3 if narrow else 7)
        axes.set_xlabel(
            "words from the beginning" if narrow else "words from the beginning of the session"
        )
        axes.spines["left"].set_visible(False)
        key(
            axes,
            [(tone[s], "labelled", surname_of(session, s)) for s in speakers(session)],
            narrow,
            3,
        )

    spans = table.groupby("family", sort=False)["at"].agg(["min", "max", "size"])
    spans = (
        spans[spans["size"] >= least]
        .assign(length=spans["max"] - spans["min"])
        .sort_values("length", kind="stable")
    )
    short, long = spans.iloc[0], spans.iloc[-1]
    counts = (
        table.groupby(["family", "sentence", "speaker", "evidence"], sort=False)
        .size()
        .rename("count")
        .reset_index()
    )
    return Chart(
        "along",
        f"Some families keep to a stretch, others run through: {short.name} from word {short['min'] + 1:,} to {short['max'] + 1:,}, "
        f"{long.name} from {long['min'] + 1:,} to {long['max'] + 1:,}",
        "Every mention where it stands, from the first word of the session to the last. Dotted lines: another turn begins. "
        "Thick marks: the speaker is labelled by name. Thin: inferred. Broken: in a sentence whose speaker may be doubted.",
        "Marks along the session: "
        + "; ".join(
            f"{f} {n} times, from word {g['at'].min() + 1:,} to {g['at'].max() + 1:,}"
            for f, g in table.groupby("family", sort=False)
            for n in [len(g)]
        )
        + ".",
        shown_table(
            counts.assign(name=[surname_of(session, s) for s in counts.speaker]),
            "family",
            "sentence",
            "name",
        ),
        draw,
        (110 + 26 * len(families), 120 + 30 * len(families)),
        {
            r.evidence: f"{r.family} in sentence {r.sentence}: {r.count}"
            for r in counts.itertuples()
        },
    )


def written_chart(session: Session) -> Chart:
    """Which terms does the record write out, and which does it cut short?"""
    table = term_counts(session, by="written")
    cut = (
        table[table.written == "abbreviated"]
        .set_index("family")["count"]
        .sort_values(ascending=False, kind="stable")
    )
    table = table[table.family.isin(cut.index)]
    short = dict.fromkeys(
        Evidence.of("terms", written="abbreviated").rows(session).form.str.lower()
    )
    rows = []
    for family in cut.index:
        parts = (
            table[table.family == family]
            .set_index("written")
            .reindex(["full", "abbreviated"])
            .dropna(subset="count")
        )
        rows.append(
            (
                family,
                [
                    (
                        int(r.count),
                        TONES[0],
                        "labelled" if w == "full" else "unattributed",
                        r.evidence,
                    )
                    for w, r in zip(parts.index, parts.itertuples())
                ],
            )
        )

    def draw(figure, narrow):
        axes = stacked(
            figure, narrow, [(wrap(f) if narrow else f, p) for f, p in rows], unit="mentions"
        )
        key(
            axes,
            [(TONES[0], "labelled", "written in full"), (TONES[0], "unattributed", "abbreviated")],
            narrow,
            2,
        )

    return Chart(
        "written",
        f"{cut.sum()} mentions are cut short, {cut.iloc[0]} of them of {cut.index[0]}",
        f"Families with abbreviated mentions in the session: written in full, and cut short ({', '.join(short)}).",
        "Bars: "
        + "; ".join(f"{r.family}, {r.written}: {r.count}" for r in table.itertuples())
        + ".",
        shown_table(table, "family", "written"),
        draw,
        (110 + 32 * len(rows), 130 + 34 * len(rows)),
        {r.evidence: f"{r.family}, {r.written}: {r.count}" for r in table.itertuples()},
    )


def search_chart(session: Session) -> Chart:
    """What would a plain search for the word have found instead?"""
    table = plain_search(session)
    table = table[(table.missed > 0) | (table.wrong > 0)].sort_values(
        "missed", ascending=False, kind="stable"
    )

    def draw(figure, narrow):
        axes = figure.add_subplot()
        for y, row in enumerate(table.itertuples()):
            axes.plot([row.found, row.count], [y, y], color=GREY, linewidth=2, zorder=1)
            axes.scatter(
                [row.found],
                [y],
                s=70,
                facecolor="none",
                edgecolors=TONES[1],
                linewidths=2,
                zorder=2,
            )
            axes.scatter([row.count], [y], s=70, color=TONES[0], zorder=3).set_urls([row.evidence])
        axes.set_yticks(range(len(table)), [wrap(f) if narrow else f for f in table.family])
        axes.set_ylim(len(table) - 0.5, -0.6)
        axes.set_xlim(left=-0.4)
        axes.locator_params(axis="x", integer=True)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel("finds and mentions")
        axes.spines["left"].set_visible(False)
        key(
            axes,
            [
                (TONES[0], "labelled", "mentions, as the lexicon has them"),
                (TONES[1], "unattributed", "finds of a plain search"),
            ],
            narrow,
            1 if narrow else 2,
        )

    return Chart(
        "search",
        f"A plain search misses {table.missed.sum()} mentions and finds {table.wrong.sum()} that are none",
        "Families for which a search for the plain word, in the session as written and also inside longer words, differs from "
        "the lexicon's count.",
        "Pairs of points: "
        + "; ".join(
            f"{r.family}: “{r.word}” is found {r.found} times, mentioned {r.count} times"
            for r in table.itertuples()
        )
        + ".",
        table,
        draw,
        (110 + 27 * len(table), 130 + 32 * len(table)),
        {r.evidence: f"{r.family}: {r.count} mentions" for r in table.itertuples()},
    )
