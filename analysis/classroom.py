"""A class's own reading: shares, agreement, and the session as the class has judged it.

:func:`judged` gives a session in which sentences are whose a class (or anybody) says; whatever can
be measured or drawn takes it, as ``who_speaks_chart(judged(session, {"s38": "table"}))``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import krippendorff
import numpy as np
import pandas as pd

from analysis.ballots import (
    KINDS,
    NOT_HIS,
    UNKNOWN,
    Question,
    no_answer,
    nobodies,
    plan,
)
from analysis.codes import Ballot, decode, encode
from analysis.errors import unknown
from analysis.options import SPOKEN, inferred_speeches, recounted
from analysis.schema import TABLES
from analysis.session import Session

#: For each question, how many gave each answer.
Tally = dict[str, Counter]
RESAMPLED, SEED = 1000, 1956


def tally(asked: list[Question], ballots: Iterable[Ballot]) -> Tally:
    """How many ballots give each answer to each question."""
    found: Tally = {question.id: Counter() for question in asked}
    for ballot in ballots:
        for name, answer in ballot.answers.items():
            found[name][answer] += 1
    return found


def annotators(asked: list[Question], said: Mapping[str, Any] | None = None) -> Tally:
    """How many of the edition's annotators gave each answer, each alone and without the edition.

    ``said`` has for each question their answers, as in ``data/classroom.toml``; what is not asked
    is left out.  Raises :class:`analysis.errors.AskError` for an answer that a question does not
    have.
    """
    said = plan().get("annotators", {}) if said is None else said
    found: Tally = {question.id: Counter(said.get(question.id, [])) for question in asked}
    for question in asked:
        for answer in found[question.id]:
            if answer not in question.answers:
                raise no_answer(question, answer)
    return found


def shares(asked: list[Question], counted: Tally) -> pd.DataFrame:
    """What a class answered: ``question kind sentence answer count share edition``, a share of
    those who judged it; ``edition`` says whether the edition answers so."""
    rows = [
        (q.id, q.kind, q.sentence, q.answers[key], n, n / counted[q.id].total(), key == q.edition)
        for q in asked
        for key in q.answers
        if (n := counted[q.id][key])
    ]
    names = ["question", "kind", "sentence", "answer", "count", "share", "edition"]
    return pd.DataFrame(rows, columns=names)


def majority(counted: Counter) -> str | None:
    """The answer of more than half of those who judged; None where there is none."""
    answer, most = counted.most_common(1)[0] if counted else (None, 0)
    return answer if 2 * most > counted.total() else None


# Agreement ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Agreement:
    """How far a class agrees on the questions of a kind: judgements, the share of pairs of them
    that agree, Krippendorff's alpha with a 95% interval; all None below the least number."""

    kind: str
    judgements: int
    agree: float | None = None
    alpha: float | None = None
    low: float | None = None
    high: float | None = None


def agreement(asked: list[Question], counted: Tally, least: int | None = None) -> list[Agreement]:
    """The agreement of each kind of question that is asked more than once.

    Alpha is that of Krippendorff for nominal data (Krippendorff 2011, "Computing Krippendorff's
    alpha-reliability"), by the package krippendorff.  Its interval is that of the middle 95% of
    alphas of :data:`RESAMPLED` samples of the questions, drawn with replacement.
    """
    least = plan()["least"] if least is None else least
    found = []
    for kind in KINDS:
        some = [q for q in asked if q.kind == kind]
        if len(some) < 2:
            continue
        answers = list(some[0].answers)
        units = np.array([[counted[q.id][key] for key in answers] for q in some])
        number = int(units.sum())
        if number < least or (units.sum(axis=1) >= 2).sum() < 2:
            found.append(Agreement(kind, number))
            continue
        found.append(Agreement(kind, number, agreeing(units), alpha(units), *interval(units)))
    return found


def agreeing(units: np.ndarray) -> float:
    """The share of pairs of judgements of one question that agree, each question weighted by its
    judgements: one less the observed disagreement of alpha.

    ``units`` has a row for each question and in it how many gave each answer.
    """
    paired = units[units.sum(axis=1) >= 2]
    each = paired.sum(axis=1)
    return float(((paired * (paired - 1)).sum(axis=1) / (each - 1)).sum() / each.sum())


def alpha(units: np.ndarray) -> float | None:
    """Krippendorff's alpha for nominal data; None where all agree on one and the same answer."""
    paired = units[units.sum(axis=1) >= 2]
    if (paired.sum(axis=0) > 0).sum() < 2:
        return None
    return float(krippendorff.alpha(value_counts=paired, level_of_measurement="nominal"))


def interval(units: np.ndarray) -> tuple[float | None, float | None]:
    """The middle 95% of the alphas of samples of the questions; the same for the same numbers."""
    draw, size = mulberry32(SEED), len(units)
    samples = (units[[int(next(draw) * size) for _ in range(size)]] for _ in range(RESAMPLED))
    found = [one for one in map(alpha, samples) if one is not None]
    if not found:
        return None, None
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def mulberry32(seed: int) -> Iterator[float]:
    """Numbers from 0 to 1 as the page draws them too: the generator mulberry32 of T. Ettinger."""
    while True:
        seed = (seed + 0x6D2B79F5) & 0xFFFFFFFF
        mixed = seed
        mixed = ((mixed ^ (mixed >> 15)) * (mixed | 1)) & 0xFFFFFFFF
        mixed ^= (mixed + (((mixed ^ (mixed >> 7)) * (mixed | 61)) & 0xFFFFFFFF)) & 0xFFFFFFFF
        yield ((mixed ^ (mixed >> 14)) & 0xFFFFFFFF) / 4294967296


# The class's reading ------------------------------------------------------------------------------


def verdict_of(asked: list[Question], counted: Tally) -> tuple[dict[str, str], str | None]:
    """What a class makes of the speakers: whose it finds each doubtful sentence by a majority
    (``unknown`` where there is none), and the last sentence of the opening that is his.

    The end is the middle one of the sentences that were named, if more than half of those who
    answered named one; else ``unknown``: the opening is nobody's, be it that others have it or that
    it can't be known.  None where nobody answered.
    """
    speakers = {
        q.id: majority(counted[q.id]) or UNKNOWN
        for q in asked
        if q.kind == "speaker" and counted[q.id]
    }
    for question in (q for q in asked if q.kind == "until"):
        votes = counted[question.id]
        named = [key for key in question.answers if key not in NOT_HIS for _ in range(votes[key])]
        if votes.total():
            most = 2 * len(named) > votes.total()
            return speakers, named[(len(named) - 1) // 2] if most else UNKNOWN
    return speakers, None


def judged(
    session: Session, speakers: Mapping[str, str] | None = None, until: str | None = None
) -> Session:
    """The session with sentences given to others: a session of its own, for any measure or chart.

    ``speakers`` says of sentences whose they are: a person's id, or the note-taker's, ``table`` or
    ``unknown``, which are nobody's speech.  After the sentence ``until`` nothing that stands in a
    speech without a label is its speaker's any more, unless ``speakers`` says so; nothing of it is
    where ``until`` is ``unknown``.  Raises
    :class:`analysis.errors.AskError` for a sentence or a speaker that there is not.
    """
    spoken = session.sentences.dropna(subset="speech")
    order = {name: at for at, name in enumerate(spoken.sentence)}
    own = dict(zip(session.attributions.speech, session.attributions.speaker))
    nobody = nobodies(session)
    known = [*session.people.person, *nobody]
    given = dict(speakers or {})
    for name in [*given, *([until] if until not in (None, UNKNOWN) else [])]:
        if name not in order:
            raise unknown("sentence of a speech", name, list(order))
    for who in given.values():
        if who not in known:
            raise unknown("speaker", who, known)
    last = len(order) if until is None else order.get(until, -1)
    homes: dict[str, tuple[str, str | None]] = {}  # the sentence's new speech, and whose it is
    for row in spoken.itertuples():
        late = row.speech in inferred_speeches(session) and order[row.sentence] > last
        who = given.get(row.sentence, UNKNOWN if late else own[row.speech])
        whose = None if who in nobody or not isinstance(who, str) else who
        if whose != (own[row.speech] if isinstance(own[row.speech], str) else None):
            homes[row.sentence] = f"{row.speech}-{whose or 'nobody'}", whose
    named = dict(home for home in homes.values() if home[1])

    def moved(new: Session, frame: pd.DataFrame) -> pd.DataFrame:
        places = [homes.get(s) if isinstance(s, str) else None for s in frame.sentence]
        speech = [p[0] if p else old for p, old in zip(places, frame.speech)]
        frame = frame.assign(speech=pd.Series(speech, index=frame.index, dtype="str"))
        if "speaker" not in frame:
            return frame
        speaker = [p[1] if p else old for p, old in zip(places, frame.speaker)]
        return frame.assign(speaker=pd.Series(speaker, index=frame.index, dtype="str"))

    def with_more(new: Session, frame: pd.DataFrame) -> pd.DataFrame:
        rows = []
        for speech, who in named.items():
            inside = new.sentences[new.sentences.speech == speech]
            at = inside.start.min(), inside.end.max()
            rows.append((speech, who, None, "inferred", "medium", "class", 0, 0, *at))
        more = pd.DataFrame(rows, columns=frame.columns)
        return recounted(pd.concat([frame, more.astype(frame.dtypes)], ignore_index=True), new)

    makers = dict.fromkeys(SPOKEN, moved) | {
        "speeches": with_more,
        "attributions": lambda new, frame: new.speeches[TABLES["attributions"].names],
    }
    return session.extended(session.lexicon, makers, same=False)


def code_of(asked: list[Question], speakers: Mapping[str, str], until: str | None = None) -> str:
    """A class's reading as a code, of the form of a ballot's: what the page's address carries."""
    ends = {q.id: until for q in asked if q.kind == "until" and until}
    return encode(asked, Ballot(0, {**speakers, **ends}))


def reading_of(asked: list[Question], code: str) -> tuple[dict[str, str], str | None]:
    """What the code of a class's reading says: whose sentences are, and where the opening ends, as
    :func:`judged` takes them; an :class:`analysis.errors.AskError` that says what is wrong with it.
    """
    answers = decode(asked, code).answers
    kinds = {q.id: q.kind for q in asked}
    speakers = {name: who for name, who in answers.items() if kinds[name] == "speaker"}
    ends = [s for name, s in answers.items() if kinds[name] == "until"]
    return speakers, UNKNOWN if ends and ends[0] in NOT_HIS else next(iter(ends), None)


def in_comparison(session: Session, *others: tuple[str, Session]) -> pd.DataFrame:
    """How many words each speaker has under several readings of the record: ``speaker`` (an id,
    ``none`` for nobody) and a column for each reading, by its name."""
    columns = {}
    for name, one in (("the edition", session), *others):
        speeches = one.words[one.words.layer == "session"].speech.dropna()
        whose = dict(zip(one.attributions.speech, one.attributions.speaker))
        found = [whose.get(speech) for speech in speeches]
        columns[name] = Counter(who if isinstance(who, str) else "none" for who in found)
    names = list(dict.fromkeys(who for column in columns.values() for who in column))
    frame = pd.DataFrame({n: [c[who] for who in names] for n, c in columns.items()})
    frame.insert(0, "speaker", names)
    return frame
