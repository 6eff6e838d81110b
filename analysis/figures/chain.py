"""A chart of a story as it is told: what is joined by because, what by then, what by nothing."""

from __future__ import annotations

import textwrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch

from analysis.chart import NARROW, WIDE, Chart, chart
from analysis.clocks import chain, story
from analysis.colours import GREY
from analysis.evidence import Evidence
from analysis.figures.drawing import TONES, sheet, write
from analysis.figures.saying import count_of, nothing, shown_table, under
from analysis.readings import Reading
from analysis.session import Session

LINE, STEP = 15, 24
LETTERS = (84, 36)  # in a line of words, wide and narrow
ALONG = (76, 56)  # where the sentences stand, wide and narrow
INK = {"because": TONES[2], "then": TONES[0]}


@chart
def chain_chart(
    session: Session,
    *,
    first: str | None = None,
    last: str | None = None,
    reading: Reading = Reading(),
) -> Chart:
    """What does the story say came because of something, and what only then?

    ``first`` and ``last`` are sentences; without them, from the first that is joined to the last.
    """
    links = chain(session, first=first, last=last, reading=reading).fillna({"reason": ""})
    inside = story(session, first=first, last=last)
    if links.empty:
        return nothing(
            "No two sentences are told as cause or as sequence",
            f"The edition joins none by because or then, {under(reading)}.",
        )
    texts = dict(zip(session.sentences.sentence, session.sentences.text))
    joined = set(links["first"]) | set(links["second"])
    alone = [s for s in inside if s not in joined]
    because = links[links.link == "because"]
    thens = links[links.link == "then"]
    leads = {s: Evidence.of("sentences", sentence=s, reading=reading).address for s in inside}
    parts = [layout(inside, texts, letters) for letters in LETTERS]

    def draw(figure: Figure, narrow: bool) -> None:
        ys, height = parts[narrow]
        axes = sheet(figure, NARROW if narrow else WIDE, height + 30)
        x = ALONG[narrow]
        for r in links.itertuples():
            arrow(axes, x, ys[r.first], ys[r.second], r.link, r.evidence, narrow)
        for s in inside:
            dot = Circle((x, ys[s]), 5, facecolor=TONES[0] if s in joined else "none")
            dot.set(edgecolor=TONES[0] if s in joined else GREY, linewidth=1.3, zorder=3)
            dot.set_url(leads[s])
            axes.add_patch(dot)
            says = "\n".join(lines(s, texts, LETTERS[narrow]))
            style = {"ha": "left", "fontsize": 12}
            write(axes, x + 12, ys[s], says, **style)
        for number, (link, says) in enumerate((("because", "because"), ("then", "then"))):
            left = 8 + number * 110
            arrow_of(axes, (left, height + 16), (left + 30, height + 16), link)
            write(axes, left + 38, height + 16, says, ha="left")

    return Chart(
        f"{count_of(len(because), 'cause is', 'causes are')} stated, and "
        f"{count_of(len(thens), 'step')} in time; {len(alone)} of "
        f"{count_of(len(inside), 'sentence')} "
        f"{'stands' if len(alone) == 1 else 'stand'} alone",
        "Each dot is a sentence, in the order in which it is told. Thin arrow: it is told as "
        "coming after the other (“then”, an answer, a leave). Thick arrow: the words say that it "
        f"came because of the other. Open dots are joined to nothing, {under(reading)}. "
        + "; ".join(f"{r.first}: {r.reason}" for r in because.itertuples() if r.reason),
        f"A chain of {count_of(len(inside), 'sentence')} from {inside[0]} to {inside[-1]}. "
        + "Because: "
        + ("; ".join(pair(r.first, r.second) for r in because.itertuples()) or "none")
        + ". Then: "
        + ("; ".join(pair(r.first, r.second) for r in thens.itertuples()) or "none")
        + f". Joined to nothing: {', '.join(alone) or 'none'}.",
        shown_table(links, "link", "first", "second", "reason"),
        draw,
        (round(parts[0][1] + 30), round(parts[1][1] + 30)),
        {
            **{s_address: f"{s}: {texts[s]}" for s, s_address in leads.items()},
            **{r.evidence: f"{r.link}: {pair(r.first, r.second)}" for r in links.itertuples()},
        },
    )


def pair(first: str, second: str) -> str:
    """Two sentences, or the one that both are."""
    return f"within {first}" if first == second else f"{first} to {second}"


def lines(sentence: str, texts: dict[str, str], letters: int) -> list[str]:
    """A sentence with its number, in lines."""
    return textwrap.wrap(f"{sentence}  {texts[sentence]}", letters)


def layout(inside: list[str], texts: dict[str, str], letters: int) -> tuple[dict, float]:
    """Where each sentence stands down the sheet, and how long the sheet is."""
    ys, y = {}, 8.0
    for s in inside:
        height = max(STEP, LINE * len(lines(s, texts, letters)) + 8)
        ys[s] = y + height / 2
        y += height
    return ys, y


def arrow(
    axes: Axes, x: float, top: float, bottom: float, link: str, address: str, narrow: bool
) -> None:
    """An arrow from one sentence to the next, bent out to the left as far as it is long."""
    if top == bottom:  # within one sentence
        mark = arrow_of(axes, (x - 46, top), (x - 8, top), link)
    else:
        reach = min(0.42, 12 / (bottom - top) + 0.12)
        mark = arrow_of(axes, (x - 4, top + 3), (x - 4, bottom - 3), link, reach)
    mark.set_url(address)


def arrow_of(axes: Axes, start: tuple, end: tuple, link: str, bend: float = 0) -> FancyArrowPatch:
    """A thick arrow for because, a thin one for then."""
    thick = link == "because"
    mark = FancyArrowPatch(
        start,
        end,
        arrowstyle="simple,tail_width=7,head_width=16,head_length=12"
        if thick
        else "-|>,head_length=7,head_width=3.5",
        connectionstyle=f"arc3,rad={bend}",
        shrinkA=0,
        shrinkB=0,
        color=INK[link],
        linewidth=0 if thick else 1.6,
        zorder=2,
    )
    axes.add_patch(mark)
    return mark
