"""Evidence backwards: what rests on a sentence, and what would become of it without the sentence.

:func:`without` is a session in which a sentence feeds nothing.  Each result and each claim can be
asked of it anew; :func:`left_out` does so for all sentences at once, from what each adds to a
tally.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.calls import for_readers
from analysis.claims import Claim, Result, in_pairs, share
from analysis.claims_file import read_claims
from analysis.columns import coded, column
from analysis.errors import unknown
from analysis.schema import COLUMNS, TABLES
from analysis.session import Session
from analysis.tallies import Choice
from analysis.wording import name_of

#: The text itself; all other tables with a sentence hold what the edition says about it.
TEXT = ("sentences", "words")
#: What a table says of a sentence, and the column that says it where no family, event or entry of
#: the register does.
HEADS = {
    "mentions": ("names", ""),
    "terms": ("speaks of", ""),
    "reported": ("words of", ""),
    "abbreviations": ("cuts short", "abbreviation"),
    "doubts": ("speaker in doubt", "certainty"),
    "senses": ("sense", "sense"),
    "confirmations": ("speaker confirmed by", "note"),
    "demands": ("demands, aims, wishes, fears of", ""),
    "framing": ("introduces other words", ""),
    "voices": ("how the speaker knows", "knows"),
    "channels": ("came by way of", "name"),
    "dates": ("tells when", ""),
    "note_functions": ("as part of a note", "function"),
    "reaches": ("spoken of by", "note"),
    "hindsight": ("knows later things", ""),
    "variants": ("second witness differs in", "kind"),
    "variant_terms": ("second witness, terms", ""),
    "certainties": ("certainty stated of", "about"),
    "notes": ("note hangs on it", "note"),
    "relations": ("joined to", ""),
}
SUBJECTS = ("event", "family", "entity", "source", "text")
WHO = ("entity", "source")  # ids of the register


class Without(NamedTuple):
    """What a result or a claim becomes when a sentence feeds it nothing."""

    sentence: str
    name: str
    rows: int  # those of the sentence that it counts
    becomes: float | bool


def feeding() -> tuple[str, ...]:
    """The tables whose rows stand in one sentence each."""
    return tuple(name for name in COLUMNS if "sentence" in TABLES[name].names)


def checked(session: Session, sentence: str) -> str:
    """The sentence; :class:`analysis.errors.AskError` where there is none of that number."""
    known = list(session.table("sentences").sentence)
    if sentence not in known:
        raise unknown("sentence", sentence, known)
    return sentence


def without(session: Session, sentence: str) -> Session:
    """The session with a sentence's rows left out of every table: its words, and what is marked in
    it.  Raises :class:`analysis.errors.AskError` where there is no such sentence.
    """
    checked(session, sentence)

    def others(frame: pd.DataFrame, old: Session, new: Session) -> pd.DataFrame:
        return frame[frame.sentence != sentence].reset_index(drop=True)

    return session.changed(dict.fromkeys(feeding(), others))


# What is marked -----------------------------------------------------------------------------------


def marked(session: Session, sentence: str) -> pd.DataFrame:
    """What the edition marks in a sentence or says of it: ``table what``, a row for each thing,
    in the order of the tables.
    """
    return marked_in_all(session).get(
        checked(session, sentence), pd.DataFrame(columns=["table", "what"])
    )


def marked_in_all(session: Session) -> Mapping[str, pd.DataFrame]:
    """The annotations of each sentence that has any."""

    def make() -> dict[str, pd.DataFrame]:
        rows = pd.DataFrame(every_annotation(session), columns=["sentence", "table", "what"])
        grouped = rows.groupby("sentence", sort=False)
        return {str(n): some[["table", "what"]].reset_index(drop=True) for n, some in grouped}

    return session.once("annotations by sentence", make)


def every_annotation(session: Session) -> Iterator[tuple[str, str, str]]:
    """(sentence, table, what it says) of each row that stands in a sentence or points to it."""
    for name in feeding():
        frame = session.table(name)
        if name not in TEXT:
            own = next((c for c in SUBJECTS if c in frame), frame.columns[0])
            says = HEADS.get(name, ("", ""))[1] or own
            for sentence, what in zip(frame.sentence, frame[says].astype("str").fillna("")):
                yield sentence, name, name_of(session, what) if says in WHO and what else what
    for row in session.table("notes").itertuples():
        if isinstance(row.anchor, str):
            yield row.anchor, "notes", row.note
    known = set(session.table("sentences").sentence)
    for row in session.table("relations").itertuples():
        for one in {row.first, row.second} & known:
            yield one, "relations", f"{row.first} {row.relation} {row.second}"


# What is counted ----------------------------------------------------------------------------------


def parts(session: Session, choice: Choice) -> tuple[Counter, dict[str, Counter]]:
    """The tally of a choice, and what each sentence adds to it."""
    table = choice.rows.table
    whole = choice.tally(session)
    if "sentence" not in TABLES[table].names:  # its rows stand in more than one
        return whole, {}
    chosen = choice.rows.chosen(session)
    sentences = column(session, table, "sentence")[chosen]
    values: list = [""] * len(sentences)
    if choice.by:
        known, kinds = choice.kinds({n: coded(session, table, n) for n in choice.by_each})
        values = [known[kind] for kind in kinds[chosen]]
    added: dict[str, Counter] = {}
    for sentence, value in zip(sentences, values):
        added.setdefault(sentence, Counter())[value] += 1
    return whole, added


def left_out(
    session: Session, results: Mapping[str, Result], claims: Mapping[str, Claim]
) -> list[Without]:
    """What becomes of each result and claim when one sentence is left out: a row for each sentence
    that feeds it.

    The same as asking it of :func:`without` the sentence.
    """
    found = []
    everything: list[tuple[str, Result | Claim]] = [*results.items(), *claims.items()]
    for name, asked in everything:
        wholes, added = zip(*(parts(session, choice) for choice in asked.choices))
        for sentence in dict.fromkeys(s for part in added for s in part):
            fewer = [whole.copy() for whole in wholes]
            for tally, part in zip(fewer, added):
                tally.subtract(part.get(sentence, {}))
            rows = max(sum(part.get(sentence, Counter()).values()) for part in added)
            becomes = asked.test(*fewer) if isinstance(asked, Claim) else share(*in_pairs(fewer))
            found.append(Without(sentence, name, rows, becomes))
    return found


def stated(session: Session) -> tuple[dict[str, Result], dict[str, Claim]]:
    """The results and claims in the file beside the edition; none where there is no file."""
    path = Path(session.edition.path).parent / "claims.toml"
    return read_claims(path) if path.exists() else ({}, {})


@for_readers
def resting_on(session: Session, sentence: str) -> pd.DataFrame:
    """What rests on a sentence: ``kind what rows without``.

    ``kind`` is annotation, result or claim; ``rows`` how many rows of the sentence it is or counts;
    ``without`` what a result would be, and whether a claim would stand or fall, if the sentence
    were left out.  Raises :class:`analysis.errors.AskError` where there is no such sentence.
    """
    results, claims = stated(session)
    annotations_here = marked(session, sentence)
    rows: list[tuple[str, str, int, str]] = [
        ("annotation", in_words(table, some.what), len(some), "")
        for table, some in annotations_here.groupby("table", sort=False)
    ]
    for one in left_out(session, results, {}):
        if one.sentence == sentence:
            result = results[one.name]
            rows.append(("result", result.says, one.rows, result.written(one.becomes)))
    for one in left_out(session, {}, claims):
        if one.sentence == sentence:
            verdict = "stands" if one.becomes else "falls"
            rows.append(("claim", claims[one.name].says, one.rows, verdict))
    return pd.DataFrame(rows, columns=["kind", "what", "rows", "without"])


def in_words(table: str, what: Iterable[str]) -> str:
    """What a table says of a sentence: “names: Yuri Andropov, János Kádár (2)”."""
    head = HEADS.get(table, (table.replace("_", " "), ""))[0]
    often = Counter(filter(None, what))
    said = ", ".join(f"{one} ({n})" if n > 1 else one for one, n in often.items())
    return f"{head}: {said}" if said else head


def nothing_rests_on(session: Session) -> list[str]:
    """The sentences in which nothing is marked and of which nothing is said: nothing but their
    words can be counted.
    """
    known = marked_in_all(session)
    return [name for name in session.table("sentences").sentence if name not in known]
