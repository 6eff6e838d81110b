"""Charts of how much of the speeches, and of which terms, is somebody else's."""

from __future__ import annotations

from matplotlib.figure import Figure

from analysis.chart import Chart, chart
from analysis.errors import whole_number
from analysis.figures.drawing import TONE_INKS, Part, bar, inks, key, rows_of, stacked
from analysis.figures.saying import capital, count_of, nothing, shown_table, under
from analysis.readings import Reading
from analysis.session import Session
from analysis.voices import RECKONINGS, terms_of_others, words_of_others
from analysis.wording import percent, speech_of, surname_of

#: What each reckoning sets aside, in a drawing's few words.
SAYS = {
    "direct aside": "quotations",
    "clauses aside": "and clauses",
    "all aside": "and demands, fears …",
    "with framing": "and “they said”",
}


@chart
def others_chart(session: Session, *, reading: Reading = Reading()) -> Chart:
    """How much of each speech is somebody else's, under each way of reckoning?

    Speeches in which no way of reckoning finds such words are named in the caption.
    """
    table = words_of_others(session, reading=reading)
    most = table.groupby("speech", sort=False)["count"].max()
    shown = table[table.speech.isin(most[most > 0].index)]
    if shown.empty:
        return nothing(
            "Nobody else's words stand inside a speech",
            f"The edition marks no reported words, demands, aims, wishes or fears, "
            f"{under(reading)}.",
        )
    speeches = list(dict.fromkeys(shown.speech))
    turns = reading.of(session).table("attributions").set_index("speech")
    who = {s: turns.speaker.get(s) for s in table.speech}
    who = {s: w if isinstance(w, str) else "none" for s, w in who.items()}
    surely = {
        s: str(turns.attribution.get(s)) if who[s] != "none" else "unattributed" for s in speeches
    }
    words = dict(zip(table.speech, table.of))
    names = {s: f"{surname_of(session, who[s])}, {count_of(words[s], 'word')}" for s in speeches}

    def whose(speech: str) -> str:
        many = count_of(words[speech], "word")
        if who[speech] == "none":
            return f"the {many} of {speech_of(session, speech)}"
        return f"{surname_of(session, who[speech])}’s {many}"

    silent = [whose(s) for s in dict.fromkeys(table.speech) if s not in speeches]
    rows = [(s, r) for s in speeches for r in RECKONINGS]
    found = shown.set_index(["speech", "reckoning"])
    spread = max(speeches, key=lambda s: words[s])
    of_it = found.loc[spread]

    def draw(figure: Figure, narrow: bool) -> None:
        axes, ink = figure.add_subplot(), inks(session)
        places, labels, y = [], [], 0.0
        for number, (speech, reckoning) in enumerate(rows):
            y += 0.0 if number == 0 else 1.0 if number % len(RECKONINGS) else 2.1
            row = found.loc[(speech, reckoning)]
            if number % len(RECKONINGS) == 0:
                axes.text(0, y - 0.95, names[speech], fontsize=12, weight="bold", va="center")
            if row["count"]:
                part = Part(100 * row["share"], ink[who[speech]], surely[speech], row["evidence"])
                bar(axes, 0, y - 0.36, part.value, 0.7, part)
            says = f"{row['count']:,} ({percent(row['count'], row['of'])})"
            axes.text(100 * row["share"] + 0.6, y, says, fontsize=12, va="center")
            places.append(y)
            labels.append(SAYS[reckoning])
        rows_of(axes, labels)
        axes.set_yticks(places, labels)
        axes.set_ylim(y + 0.6, -1.6)
        axes.set_xlim(0, 100 * float(shown.share.max()) * (1.5 if narrow else 1.2))
        axes.locator_params(axis="x", nbins=4, integer=True)
        axes.set_xlabel("% of the speech’s words")

    few, many = (percent(of_it["count"].iloc[at], words[spread]) for at in (0, -1))
    return Chart(
        f"Of {whose(spread)} "
        + (
            f"{few} are somebody else’s, whatever counts as reported"
            if few == many
            else f"from {few} to {many} are somebody else’s, depending on what counts as reported"
        ),
        "Each bar sets aside what the bar above it does, and more: words given as somebody's own; "
        "clauses that report somebody; demands, aims, wishes, fears and topics of others; and last "
        "the speaker's own words that introduce all these. Hatched: the speaker is inferred. "
        + (f"None in {' and '.join(silent)}. " if silent else "")
        + f"Counted {under(reading)}.",
        "Bars, speech by speech: "
        + "; ".join(
            f"{names[s]}: "
            + ", ".join(f"{SAYS[r]} {found.loc[(s, r), 'count']}" for r in RECKONINGS)
            for s in speeches
        )
        + ".",
        shown_table(
            table.assign(
                speech=[speech_of(session, s) for s in table.speech],
                speaker=[surname_of(session, who[s]) for s in table.speech],
            ),
            *("speech", "speaker", "reckoning", "of"),
        ),
        draw,
        (88 + 25 * len(rows) + 22 * len(speeches), 88 + 25 * len(rows) + 22 * len(speeches)),
        {
            r.evidence: f"{names[r.speech]}, {r.reckoning}: {count_of(r.count, 'word')}"
            for r in shown.itertuples()
        },
        but=("doubts", "opening"),  # its colours say whose each word is
    )


@chart
def whose_terms_chart(
    session: Session,
    *,
    reckoning: str = "all aside",
    least: int = 3,
    reading: Reading = Reading(),
) -> Chart:
    """Which terms are the speakers' own, and which stand in somebody else's words?

    Families with ``least`` mentions or more, of which one at least is somebody else's. Raises
    :class:`analysis.errors.AskError` for a ``reckoning`` that there is not.
    """
    whole_number("least", least, 1)
    table = terms_of_others(session, reckoning=reckoning, reading=reading)
    totals = table.groupby("family", sort=False)["count"].sum()
    every = table[table.whose == "others"].set_index("family")["count"]
    theirs = every[totals[every.index] >= least]
    if theirs.empty:
        enough = "" if every.empty else f" with {count_of(least, 'mention')} or more"
        return nothing(
            f"No term{enough} stands in somebody else's words",
            f"Of the families with {count_of(least, 'mention')} or more none does, "
            f"{under(reading)}.",
        )
    share = theirs / totals[theirs.index]
    order = sorted(theirs.index, key=lambda f: (-share[f], -theirs[f]))
    mine = {(r.family, r.whose): r for r in table.itertuples()}
    looks = {"others": (TONE_INKS[1], "unattributed"), "own": (TONE_INKS[0], "labelled")}

    def draw(figure: Figure, narrow: bool) -> None:
        rows = [
            (
                family,
                [
                    Part(mine[family, whose].count, *look, mine[family, whose].evidence)
                    for whose, look in looks.items()
                    if (family, whose) in mine
                ],
            )
            for family in order
        ]
        axes = stacked(figure, narrow, rows, "mentions")
        says = {"others": "in others’ words", "own": "the speakers’ own"}
        key(axes, [(*looks[w], says[w]) for w in looks], narrow, (2, 2))

    kept = table[table.family.isin(order)].sort_values(
        "family", key=lambda f: f.map(order.index), kind="stable"
    )
    first = [f for f in order if share[f] > 0.5 and totals[f] >= 5]
    if first:
        says = f"{capital(first[0])} is mostly the others’ word: {theirs[first[0]]} of " + (
            f"{totals[first[0]]} mentions"
        )
    else:
        says = f"No term with five mentions or more is mostly in others’ words; {order[0]} has " + (
            f"{theirs[order[0]]} of {totals[order[0]]} there"
        )
    return Chart(
        says,
        f"Families with {count_of(least, 'mention')} or more, of which one at least stands in "
        f"words that are set aside ({reckoning}), {under(reading)}.",
        "Bars: "
        + "; ".join(f"{f} {theirs[f]} of {totals[f]} in others’ words" for f in order)
        + ".",
        shown_table(kept, "family", "whose"),
        draw,
        (96 + 28 * len(order), 120 + 32 * len(order)),
        {
            r.evidence: f"{r.family}, "
            f"{'in others’ words' if r.whose == 'others' else 'the speakers’ own'}: {r.count}"
            for r in kept.itertuples()
        },
    )
