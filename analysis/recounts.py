"""What a page has to know to count a number anew where sentences are given to others.

:func:`analysis.classroom.judged` gives sentences to whomever a class says.  A number then changes
only through whose a row's sentence is; so it can be counted anew from how many rows each sentence
holds, which is what is told here.  ``book/assets/judged.js`` does the sum.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from analysis.columns import column
from analysis.evidence import Evidence
from analysis.options import SPOKEN, inferred_speeches
from analysis.schema import TABLES
from analysis.session import Session

#: The columns of a row that change with whose its sentence is.
WHOSE = ("speaker", "speech", "standing")
#: Tables that a class's reading makes anew, so that no sum over sentences gives their rows.
MADE_ANEW = ("speeches", "attributions")


@dataclass(frozen=True)
class Recount:
    """How a number is counted anew: the rows in each sentence (``none`` for those in no sentence of
    a speech), and the values that a sentence's speaker, speech and standing must have, one of each.
    """

    rows: tuple[tuple[str, int], ...]
    where: tuple[tuple[str, tuple[str, ...]], ...]


def follows(evidence: Evidence) -> bool:
    """Whether a number changes with whose its sentences are, and can be counted anew."""
    names = TABLES[evidence.table].names
    stays = "speech" in names and evidence.table not in SPOKEN  # its rows keep their speech
    asks = any(name in WHOSE for name in evidence.conditions)
    return asks and not stays and evidence.table not in MADE_ANEW


def is_left(evidence: Evidence) -> bool:
    """Whether a number may change with whose its sentences are, and can't be counted anew."""
    return evidence.table in MADE_ANEW


def recount(session: Session, evidence: Evidence) -> Recount:
    """How a number that follows is counted anew."""
    where = {n: values for n, values in evidence.where if n in WHOSE}
    others = tuple((n, values) for n, values in evidence.where if n not in WHOSE)
    chosen = Evidence(evidence.table, others).chosen(session)
    spoken = set(session.sentences.dropna(subset="speech").sentence)
    sentences = column(session, evidence.table, "sentence")[np.flatnonzero(chosen)]
    counted = Counter(name if name in spoken else "none" for name in sentences)
    return Recount(tuple(counted.items()), tuple(sorted(where.items())))


def homes(session: Session) -> list[tuple[str, str, str, str, bool, bool]]:
    """Each sentence of the speeches, in order: its name, its speech, whose that is (``none`` for
    nobody), how that is known, whether it is inferred, whether the sentence is doubted."""
    spoken = session.sentences.dropna(subset="speech")
    inferred, doubted = inferred_speeches(session), set(session.doubts.sentence)
    known = {row.speech: row for row in session.attributions.itertuples()}
    return [
        (
            row.sentence,
            row.speech,
            whose.speaker if isinstance(whose.speaker, str) else "none",
            whose.attribution,
            row.speech in inferred,
            row.sentence in doubted,
        )
        for row in spoken.itertuples()
        for whose in [known[row.speech]]
    ]
