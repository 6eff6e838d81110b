"""A chart of the notes on a text: what each does, what it knows from later; and what they add."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.calls import for_readers
from analysis.chart import NARROW, WIDE, Chart, chart
from analysis.clocks import story
from analysis.colours import GREY
from analysis.evidence import count
from analysis.figures.drawing import TONES, Ink, look, sheet, write
from analysis.figures.saying import count_of, nothing, shown_table, under
from analysis.page import TEMPLATES, Page
from analysis.readings import Reading
from analysis.schema import FUNCTIONS
from analysis.session import Session

#: What the translator of a text adds to it, short of what happened later and of references.
READS = ("identify", "attribute", "argue", "correct", "explain")
ROW, TOP = 25, 92
LEFT = (52, 30)
#: How far apart the columns of functions are.
APART = (78, 31)


@chart
def notes_chart(session: Session, *, reading: Reading = Reading()) -> Chart:
    """What does each note do, and what does it know that nobody in the room could?"""
    does = count(session, "note_functions", ["note", "function"], layer="all", reading=reading)
    later = count(session, "hindsight", "note", layer="all", reading=reading)
    if does.empty and later.empty:
        return nothing("There are no notes on the text", f"Nothing is noted, {under(reading)}.")
    notes = [n for n in session.notes.note if n in {*does.note, *later.note}]
    columns = [*(f for f in FUNCTIONS if f in set(does.function)), "later"]
    cells = pd.concat([does, later.assign(function="later")], ignore_index=True)
    cells = cells.assign(
        row=cells.note.map(notes.index), column=cells.function.map(columns.index)
    ).sort_values(["row", "column"], ignore_index=True)
    ahead = set(session.hindsight.query("kind == 'event'").note)
    totals = cells.groupby("function", sort=False)["count"].sum()

    def draw(figure: Figure, narrow: bool) -> None:
        height = TOP + ROW * len(notes) + 8
        axes = sheet(figure, NARROW if narrow else WIDE, height)
        apart, left = APART[narrow], LEFT[narrow]
        for at, name in enumerate(columns):
            x = left + apart * (at + 0.5)
            says = "from later" if name == "later" else name
            write(axes, x, TOP - 14, says, rotation=90, va="bottom")
        for at, note in enumerate(notes):
            y = TOP + ROW * (at + 0.5)
            write(axes, left - 6, y, note, ha="right")
            axes.plot([left, left + apart * len(columns)], [y, y], color=GREY, linewidth=0.4)
        for r in cells.itertuples():
            x, y = left + apart * (r.column + 0.5), TOP + ROW * (r.row + 0.5)
            half = (7.5, 9.5, 11)[min(r.count, 3) - 1]
            mark = Rectangle((x - half, y - half), 2 * half, 2 * half)
            mark.set(**look(Ink(TONES[2] if r.function == "later" else TONES[0])))
            mark.set(zorder=2)
            mark.set_url(r.evidence)
            axes.add_patch(mark)
            write(axes, x, y, str(r.count), color="white", fontsize=12, weight="bold", zorder=3)

    return Chart(
        f"{len(set(later.note)) or 'None'} of {count_of(len(notes), 'note')} "
        f"{'says' if later.note.nunique() == 1 else 'say'} what nobody in the room could know, "
        f"{len(ahead) or 'none'} of them what happened later",
        "A square: so many sentences of the note do this; one sentence may do several things. Last "
        "column: so many passages that nobody in the room could know, since they happened later, "
        "rest on archives and books, or are a later reader's judgement.",
        "Squares, note by note. In all: "
        + ", ".join(f"{name} {totals[name]}" for name in columns if name in totals)
        + ". From later: "
        + (", ".join(f"{n} {c}" for n, c in zip(later.note, later["count"])) or "none")
        + ".",
        shown_table(cells, "note", "function"),
        draw,
        (TOP + ROW * len(notes) + 8,) * 2,
        {
            r.evidence: f"note {r.note[1:]}, "
            + (
                f"from later: {count_of(r.count, 'passage')}"
                if r.function == "later"
                else f"{r.function}: {count_of(r.count, 'sentence')}"
            )
            for r in cells.itertuples()
        },
    )


@for_readers
def with_and_without(
    session: Session, *, first: str, last: str, reading: Reading = Reading()
) -> Page:
    """The text from one sentence to another without its notes, beside what the notes add to it.

    Only what identifies, attributes, argues, corrects or explains; at the first sentence that a
    note reaches.  Raises :class:`analysis.errors.AskError` for a sentence that there is not.
    """
    inside = story(session, first=first, last=last)
    texts = dict(zip(session.sentences.sentence, session.sentences.text))
    does = session.note_functions[session.note_functions.function.isin(READS)]
    adds = {n: list(dict.fromkeys(g.sentence)) for n, g in does.groupby("note", sort=False)}
    said: dict[str, list[str]] = {s: [] for s in inside}
    done = set()
    for r in session.reaches.itertuples():
        if r.sentence in said and r.note not in done:
            done.add(r.note)
            said[r.sentence] += adds.get(r.note, [])
    html = TEMPLATES.get_template("beside.html").render(
        rows=[(s, texts[s], [(n, texts[n]) for n in said[s]]) for s in inside],
        about=f"{inside[0]} to {inside[-1]}, {under(reading)}",
    )
    return Page(html, f"the text from {first} to {last} without its notes, and with them")
