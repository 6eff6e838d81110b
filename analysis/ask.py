"""A question of one's own: words that are no family, and all that can be asked of a family.

In a notebook ``ask(session, "afraid, alarmed")`` shows how often, who says it and how sure that is,
where it stands, and what becomes of it under other readings; nought is an answer, with what was
looked for and what the record has instead.  ``python -m analysis ask "fear*"`` prints the same.
:func:`with_family` gives a session in which such words are a family, for any measure or chart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape

import pandas as pd

from analysis.calls import for_readers
from analysis.claims import Result, what_moves_it
from analysis.concordance import concordance, lines
from analysis.errors import AskError, nearest, unknown
from analysis.evidence import Evidence, count
from analysis.layers import LAYERS
from analysis.lexicon import Family, Lexicon
from analysis.matching import Item, items_of, mentions, stem
from analysis.measures import counts
from analysis.page import Page, Table
from analysis.readings import Reading
from analysis.session import Session
from analysis.tables import frame_of, speaker_by_speech
from analysis.tallies import Choice, ranges, tallied
from analysis.tokens import tokens
from analysis.wording import PLAIN, joined, number_of, surname_of


@for_readers
def with_family(session: Session, name: str, question: str) -> Session:
    """The session with one family of terms more: what :func:`analysis.matching.items_of` reads.

    Measures and charts of families take it as they take the session.  Raises
    :class:`analysis.errors.AskError` where the lexicon has a family of that name already.
    """
    if name in session.lexicon.families:
        raise AskError(f"the lexicon has a family “{name}” already: choose another name.")
    return with_families(session, name, question, session.lexicon.families)


def with_families(
    session: Session, name: str, question: str, others: Mapping[str, Family]
) -> Session:
    """The session with the family that a question asks for, and of its own only these others."""
    if session is not session.base:
        raise AskError("this session is a reading already: give the session itself, and reading=…")
    items = items_of(question)
    words = tuple(item.text for item in items)
    family = Family(name, f"asked for: {question}", words, own=True)

    def terms(new: Session, old: pd.DataFrame) -> pd.DataFrame:
        found = mentions(new, items)
        speakers = speaker_by_speech(new)
        found = found.assign(family=name, speaker=found.speech.map(speakers))
        rows = pd.concat([old[old.family != name], found[list(old.columns)]])
        rows = rows.sort_values("start", kind="stable")
        return frame_of("terms", rows.itertuples(index=False, name=None))

    return session.extended(Lexicon({**others, name: family}), {"terms": terms})


@dataclass(frozen=True, repr=False)
class Asked:
    """The answer to a question: in figures, by speaker, in context, and under other readings."""

    question: str
    family: str  # what the words are called in the session
    items: tuple[Item, ...]
    origin: Session  # without the question's family
    session: Session  # in which the words are the one family
    layer: str
    reading: Reading

    @property
    def evidence(self) -> Evidence:
        """The choice of rows that is counted, in :attr:`session`."""
        chosen = {"family": self.family, "layer": self.layer}
        return Evidence.checked("terms", chosen, self.reading)

    @cached_property
    def count(self) -> int:
        """How often."""
        return self.evidence.count(self.session)

    @cached_property
    def table(self) -> pd.DataFrame:
        """Who says it: ``speaker standing count words rate evidence``, a rate per 1,000 words."""
        by, of = ["speaker", "standing"], self.reading
        found = count(self.session, "terms", by, family=self.family, layer=self.layer, reading=of)
        words = counts(
            count(self.session, "words", "speaker", layer=self.layer, reading=of), "speaker"
        )
        found.insert(3, "words", found.speaker.map(words).astype("int64"))
        found.insert(4, "rate", 1000 * found["count"] / found.words)
        found["evidence"] = [
            self.leads_to(self.reading, speaker=row.speaker, standing=row.standing)
            for row in found.itertuples()
        ]
        found["speaker"] = [surname_of(self.session, who) for who in found.speaker]
        return found

    @cached_property
    def forms(self) -> pd.DataFrame:
        """As what it stands there: ``asked form meant count evidence``, in the layer that is asked
        about."""
        found = mentions(self.reading.of(self.session), list(self.items))
        found = found[found.layer.isin(LAYERS if self.layer == "all" else [self.layer])]
        found = found.assign(asked=found.item)
        by = ["asked", "form", "meant"]
        groups = found.groupby(by, sort=False)
        table = groups.size().rename("count").reset_index()
        starts = [set(some.start) for _, some in groups]
        return table.assign(evidence=[self.leads_to(self.reading, some) for some in starts])

    @cached_property
    def lines(self) -> pd.DataFrame:
        """In context, the word in the middle; see :func:`analysis.concordance.concordance`."""
        return concordance(self.session, self.evidence)

    @cached_property
    def readings(self) -> pd.DataFrame:
        """What one decision alone makes of it: ``decision option count evidence``, the furthest
        first."""
        moves = what_moves_it(self.session, self.result)
        moved = moves[moves["count"] != self.result.part.count(self.session)]
        table = moved[["decision", "option", "count"]].reset_index(drop=True)
        others = [Reading(**{row.decision: row.option}) for row in table.itertuples()]
        return table.assign(evidence=list(map(self.leads_to, others)))

    @cached_property
    def under_readings(self) -> pd.DataFrame:
        """Lowest and highest under any reading: ``speaker count lowest highest evidence``."""
        spans, _ = ranges(self.session, self.result.part, by="speaker")
        found = count(self.session, "terms", "speaker", family=self.family, layer=self.layer)
        own = counts(found, "speaker")
        rows = [
            (surname_of(self.session, w), own.get(w, 0), *span, self.leads_to(speaker=w))
            for w, span in spans.items()
        ]
        return pd.DataFrame(rows, columns=["speaker", "count", "lowest", "highest", "evidence"])

    @cached_property
    def range(self) -> tuple[int, int]:
        """The lowest and the highest count under any reading."""
        part = self.result.part  # both at once; by speaker it will be asked for in a table
        found = tallied(self.session, [Choice(part), Choice(part, "speaker")])
        counts = found[Choice(part)].counts[""]
        return int(counts.min()), int(counts.max())

    def leads_to(
        self, reading: Reading = Reading(), starts: set[int] | None = None, **where: str
    ) -> str:
        """The address of the words with which the mentions begin (those at ``starts``, or all),
        which is there for those too who do not know the question's family; empty where there are
        none, and where one word begins two."""
        rows = Evidence.checked("terms", dict(self.result.part.where), reading).rows(self.session)
        chosen = rows[rows.start.isin(starts)] if starts is not None else rows
        words = reading.of(self.session).words
        names = words.word[words.start.isin(chosen.start)]
        if not len(names) or len(names) < len(chosen):
            return ""
        conditions = {"word": names, "layer": self.layer, **where}
        return Evidence.checked("words", conditions, reading).address

    @property
    def result(self) -> Result:
        """The count as a result that can be asked under every reading."""
        return Result("asked", self.question, Evidence(self.evidence.table, self.evidence.where))

    @cached_property
    def instead(self) -> list[str]:
        """What the record has instead, a sentence each; for a nought above all."""
        return list(has_instead(self))

    # -- shown -------------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """The answer in a line."""
        where = PLAIN["layer"][self.layer]
        read = f", read otherwise ({self.reading})" if self.reading.options else ""
        often = number_of(self.count, "terms") if self.count else "not once"
        return f"“{self.question}” {where}{read}: {often}"

    @property
    def said(self) -> list[str]:
        """What else there is to say, a sentence each."""
        low, high = self.range
        under = "As often under every reading."
        if low != high:
            under = f"Under other readings {low:,} to {high:,}."
        elif (self.under_readings.lowest < self.under_readings.highest).any():
            under = "As often under every reading; only whose they are changes."
        looked = joined((f"“{item.text}”" for item in self.items), "or")
        how = f"Looked for: {looked}, as written and with abbreviations expanded."
        return [under] if self.count else [how, *self.instead, *([under] if high else [])]

    @property
    def tables(self) -> list[tuple[pd.DataFrame, str]]:
        """The tables of the answer that have rows, each with its title."""
        all_of_them = (
            (self.table, "Who says it, how sure that is, and the rate in 1,000 words"),
            (self.forms, "The forms in which it stands there"),
            (self.under_readings, "In the edition, and lowest and highest under any reading"),
            (self.readings, "What one decision alone makes of it"),
        )
        return [(frame, title) for frame, title in all_of_them if len(frame)]

    def __repr__(self) -> str:
        parts = [self.title, *self.said]
        if self.count:
            rows = self.lines.itertuples()
            found = [f"{r.sentence}: {r.left}[{r.keyword}]{r.right}" for r in rows]
            frames = [f.drop(columns="evidence", errors="ignore") for f, _ in self.tables]
            parts += ["", *found] + [
                f"\n{f.round(1).to_string(index=False)}" for f in frames if len(f)
            ]
        return "\n".join(parts)

    @property
    def page(self) -> Page:
        """The answer as a page: what is said, the tables, the lines."""
        parts = "".join(f"<p>{part}</p>" for part in map(escape, self.said))
        if self.count:
            parts += "".join(Table(frame, title).text for frame, title in self.tables)
            parts += lines(self.session, self.evidence)
        return Page(f"<p><b>{escape(self.title)}</b></p>{parts}", self.title)

    def _repr_html_(self) -> str:
        return self.page._repr_html_()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {**self.page._repr_mimebundle_(), "text/plain": repr(self)}

    def _repr_markdown_(self) -> str:
        parts = [f"**{self.title}**", *self.said]
        found = [
            f"- {r.sentence}: {r.left}**{r.keyword}**{r.right}" for r in self.lines.itertuples()
        ]
        return "\n\n".join([*parts, "\n".join(found)]).rstrip()


@for_readers
def ask(
    session: Session, question: str, *, layer: str = "session", reading: Reading = Reading()
) -> Asked:
    """Ask for words, phrases or beginnings, parted by commas: ``"afraid, alarmed"``, ``"fear*"``.

    ``layer`` is a layer of the document, or ``all``.  Raises :class:`analysis.errors.AskError` for
    what cannot be looked for, or a layer that there is not.
    """
    if layer not in (*LAYERS, "all"):
        raise unknown("layer", layer, (*LAYERS, "all"))
    items = tuple(items_of(question))
    name = ", ".join(item.text for item in items)
    family = f"{name} (asked)" if name in session.lexicon.families else name
    alone = with_families(session, family, question, {})  # under every reading that is quicker
    return Asked(name, family, items, session, alone, layer, reading)


def has_instead(asked: Asked) -> Iterator[str]:
    """What there is instead: other layers, single words, families, stems, spellings."""
    session, items = asked.session, asked.items
    found = mentions(asked.reading.of(session), list(items))
    elsewhere = found[found.layer != asked.layer] if asked.layer != "all" else found[:0]
    for layer, number in elsewhere.groupby("layer", sort=False).size().items():
        yield f"{PLAIN['layer'][layer].capitalize()}: {number_of(number, 'terms')}."
    heard = list(dict.fromkeys(t for norm in session.words.norm for t in tokens(norm)))
    for item in items:
        yield from of_item(asked, item, heard)


def of_item(asked: Asked, item: Item, heard: list[str]) -> Iterator[str]:
    """What there is instead of an item, in the whole document."""
    if len(item.meant) > 1:
        parts = [ask(asked.origin, word, layer=asked.layer) for word in item.meant]
        said = joined(f"“{part.question}” {part.count or 'not once'}" for part in parts)
        how = " With commas between, each is looked for." if any(p.count for p in parts) else ""
        yield f"Of the words of “{item.text}”: {said}.{how}"
        return
    (word,) = item.meant
    families = asked.origin.lexicon.families.values()
    for family in (f for f in families if word in f.words):
        yield f"“{word}” belongs to the family “{family.name}”."
    stems = [one for one in heard if one != word and stem(one) == stem(word)]
    if stems:
        yield f"Of the stem of “{word}” the document has: {', '.join(stems)}."
    alike = [one for one in nearest(word, heard, least=0.75) if one not in (word, *stems)]
    if alike:
        yield f"Spelled like “{word}”: {', '.join(alike)}."
    if not stems and not alike and word not in heard:
        yield f"Nothing in the document is like “{word}”."
