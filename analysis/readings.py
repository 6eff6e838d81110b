"""Readings: the editorial decisions as switches.

A *decision* is a question that an editor had to answer, with the answers that another editor could
give.  An answer is a set of functions, one for each table that it changes, from the old table to
the new one.  A *reading* answers some of the questions otherwise than the edition does; applied to
a session it gives a session, so that whatever can be measured can be measured under any reading.
To add a decision is to add one :class:`Decision` to :data:`DECISIONS`.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.session import DERIVED, Session, senses_of, terms_of, words_by

#: From the old table, the old session and the new session to the new table.
Change = Callable[[pd.DataFrame, Session, Session], pd.DataFrame]


@dataclass(frozen=True, eq=False)
class Answer:
    """One answer to a decision: what it does, in words, and the change it makes in each table.

    A change may add, drop or alter any row; where it alters nothing but some columns, ``only`` names
    them by table, so that nobody looks for the difference where there is none.
    """

    says: str
    changes: Mapping[str, Change] = field(default_factory=dict)
    only: Mapping[str, str] = field(default_factory=dict)

    def touches(self, reads: frozenset[str]) -> bool:
        """Whether a result that reads these tables and ``table.column``s can differ under this answer."""
        for table in {
            *self.changes,
            *(t for t, made_from in DERIVED.items() if made_from & self.changes.keys()),
        }:
            columns = (
                {f"{table}.{column}" for column in self.only[table].split()}
                if table in self.only
                else {read for read in reads if read.partition(".")[0] == table}
            )
            if columns & reads:
                return True
        return False


@dataclass(frozen=True)
class Decision:
    """A question of editing and its answers by name; the first is the edition's own."""

    name: str
    question: str
    answers: Mapping[str, Answer]

    @property
    def default(self) -> str:
        """The edition's own answer."""
        return next(iter(self.answers))

    def touches(self, reads: frozenset[str]) -> bool:
        """Whether some answer can change a result that reads these tables and columns."""
        return any(answer.touches(reads) for answer in self.answers.values())


DECISIONS: dict[str, Decision] = {}


def decide(name: str, question: str, **answers: Answer) -> Decision:
    """Add a decision; names of answers have an underscore where a reader sees a blank."""
    DECISIONS[name] = Decision(
        name, question, {a.replace("_", " "): what for a, what in answers.items()}
    )
    return DECISIONS[name]


@dataclass(frozen=True)
class Reading:
    """Answers by decision, for those decisions that are answered otherwise than in the edition.

    ``Reading(opening="nobody")``; ``Reading()`` is the edition's own.  Raises ``ValueError`` for a
    decision or an answer that there is not.
    """

    answers: tuple[tuple[str, str], ...] = ()

    def __init__(self, **answers: str):
        for name, answer in answers.items():
            if name not in DECISIONS:
                raise ValueError(f"no decision {name!r}; there are: {', '.join(DECISIONS)}")
            if answer not in DECISIONS[name].answers:
                raise ValueError(
                    f"no answer {answer!r} to {name!r}; there are: {', '.join(DECISIONS[name].answers)}"
                )
        other = {n: a for n, a in answers.items() if a != DECISIONS[n].default}
        object.__setattr__(self, "answers", tuple((n, other[n]) for n in DECISIONS if n in other))

    def of(self, session: Session) -> Session:
        """The session as this reading has it."""
        if not self.answers:
            return session
        *before, (name, answer) = self.answers
        changes = DECISIONS[name].answers[answer].changes
        means = tuple(
            DECISIONS[n].answers[a] for n, a in self.answers
        )  # a decision that is made anew is another
        return session.once(
            (self, means), lambda: Reading(**dict(before)).of(session).changed(changes)
        )

    def __str__(self) -> str:
        return (
            "; ".join(f"{name}: {answer}" for name, answer in self.answers)
            or "the edition's own reading"
        )


def touching(reads) -> list[Decision]:
    """The decisions that can change a result which reads these tables and ``table.column``s."""
    return [decision for decision in DECISIONS.values() if decision.touches(frozenset(reads))]


def readings_of(reads) -> list[Reading]:
    """Every combination of the answers to the decisions that can change such a result, the edition's own first."""
    decisions = touching(reads)
    return [
        Reading(**{d.name: answer for d, answer in zip(decisions, answers)})
        for answers in itertools.product(*(decision.answers for decision in decisions))
    ]


# Which words there are --------------------------------------------------------------------------


def with_apparatus(frame: pd.DataFrame, old: Session, new: Session) -> pd.DataFrame:
    """The words, the speakers' labels and list numbers among them, and the headings as session."""
    full = words_by("edition", apparatus=True)(old)
    extra = full[full.sentence.isna()]
    words = pd.concat([frame, extra]).sort_values("start", kind="stable", ignore_index=True)
    return words.assign(layer=words.layer.where(words.layer != "heading", "session"))


def words_under(rule: str) -> Change:
    """The words under another rule."""
    return lambda frame, old, new: words_by(rule)(new)


def as_written(frame: pd.DataFrame, old: Session, new: Session) -> pd.DataFrame:
    """The words with abbreviations left as they stand."""
    return frame.assign(norm=frame.form.str.lower())


def other_words(says: str, make: Change, only: str = "") -> Answer:
    """An answer that changes the words (or only a column of them), so that all that is found in words is found anew."""
    changes = {
        "words": make,
        "terms": lambda frame, old, new: terms_of(new),
        "senses": lambda frame, old, new: senses_of(new),
        "speeches": lambda frame, old, new: recounted(frame, new),
    }
    return Answer(
        says, changes, {"speeches": "words sentences", **({"words": only} if only else {})}
    )


def recounted(speeches: pd.DataFrame, session: Session) -> pd.DataFrame:
    """The speeches with their words and sentences counted again."""
    words, sentences = (
        Counter(session.table(t).speech.to_numpy(object)) for t in ("words", "sentences")
    )
    return speeches.assign(
        words=[words[speech] for speech in speeches.speech],
        sentences=[sentences[speech] for speech in speeches.speech],
    )


# Whose words they are ---------------------------------------------------------------------------

#: Tables whose rows are somebody's, and the columns that say whose.
OWNED = {
    "sentences": "speech",
    "words": "speech",
    "terms": "speech speaker",
    "mentions": "speech",
    "reported": "speech speaker",
}


def set_aside(says: str, which: Callable[[pd.DataFrame, Session], pd.Series], why: str) -> Answer:
    """An answer that takes some rows (``which`` says which) out of their turn: they are of ``…-why``, which nobody speaks.

    The turns themselves stay, with fewer words.
    """

    def change(frame: pd.DataFrame, old: Session, new: Session) -> pd.DataFrame:
        aside = which(frame, old.base).to_numpy() & frame.speech.notna().to_numpy()
        if not aside.any():
            return frame
        speech = frame.speech.to_numpy(object, copy=True)
        speech[aside] += f"-{why}"
        moved = frame.assign(speech=pd.Series(speech, index=frame.index, dtype="str"))
        return moved.assign(speaker=frame.speaker.where(~aside)) if "speaker" in frame else moved

    return Answer(
        says,
        {**dict.fromkeys(OWNED, change), "speeches": lambda frame, old, new: recounted(frame, new)},
        {**OWNED, "speeches": "words sentences"},
    )


def unconfirmed(rows: pd.DataFrame, session: Session) -> pd.Series:
    """Rows of inferred turns in sentences that no note gives to the speaker."""
    return rows.speech.isin(inferred_turns(session)) & ~rows.sentence.isin(
        session.confirmations.sentence
    )


def doubted(*certainties: str):
    """Rows in sentences whose attribution is of one of these certainties."""

    def which(rows: pd.DataFrame, session: Session) -> pd.Series:
        doubts = session.doubts
        return rows.sentence.isin(doubts[doubts.certainty.isin(certainties)].sentence)

    return which


def inside_reported(direct_only: bool):
    """Rows that stand wholly inside somebody else's words."""

    def which(rows: pd.DataFrame, session: Session) -> pd.Series:
        reported = session.reported
        spans = reported[reported.direct] if direct_only else reported
        inside = pd.Series(False, index=rows.index)
        for start, end in zip(spans.start, spans.end):
            inside |= (rows.start >= start) & (rows.end <= end)
        return inside

    return which


def of_nobody(frame: pd.DataFrame, old: Session, new: Session) -> pd.DataFrame:
    """The table with the speaker of inferred turns left open."""
    return frame.assign(speaker=frame.speaker.where(~frame.speech.isin(inferred_turns(old))))


def inferred_turns(session: Session) -> set[str]:
    """The turns whose speaker is inferred."""
    speeches = session.base.table("speeches")
    return session.base.once(
        "inferred turns", lambda: set(speeches.speech[speeches.attribution == "inferred"])
    )


def senses_apart(frame: pd.DataFrame, old: Session, new: Session) -> pd.DataFrame:
    """The terms with every sense but a family's main one as a family of its own."""
    main = {family.name: family.main_sense for family in old.lexicon.families.values()}
    sense = {(row.family, row.start): row.sense for row in old.senses.itertuples()}
    names = [
        f"{f} ({sense[f, at]})" if sense.get((f, at), main[f]) != main[f] else f
        for f, at in zip(frame.family, frame.start)
    ]
    return frame.assign(family=pd.Series(names, index=frame.index, dtype="str"))


def places_of(*types: str) -> Change:
    """The mentions with places of these types only."""
    return lambda frame, old, new: frame[
        (frame.kind != "place") | frame.type.isin(types)
    ].reset_index(drop=True)


# The decisions, in the order in which they are carried out ----------------------------------------

decide(
    "words",
    "What is one word?",
    edition=Answer("gov't, two-three, 1/3 and counterrev. are one word each"),
    apostrophes_split=other_words(
        "an apostrophe ends a word: gov and t", words_under("apostrophes split")
    ),
    hyphens_split=other_words("a hyphen ends a word: two and three", words_under("hyphens split")),
    white_space=other_words(
        "whatever stands between blanks, if it has a letter or digit", words_under("white space")
    ),
)
decide(
    "apparatus",
    "Do labels, list numbers and headings count?",
    left_out=Answer("only what stands in a sentence of a turn"),
    counted=other_words(
        "speakers' labels, the numbers of the list and the heading count too", with_apparatus
    ),
)
decide(
    "abbreviations",
    "Is an abbreviation the word that it stands for?",
    expanded=Answer("gov't is a mention of government, HWP of a party"),
    as_written=other_words("only what is written out counts", as_written, only="norm"),
)
decide(
    "senses",
    "Are the senses of one word one family?",
    together=Answer("order is order, whether a regime or quiet streets"),
    apart=Answer(
        "a family keeps its main sense; each other sense is a family of its own",
        {"terms": senses_apart},
        {"terms": "family"},
    ),
)
decide(
    "places",
    "What is a reference to a place?",
    meant=Answer("everything that names or means a place, down to “the border”"),
    with_institutions=Answer(
        "names, adjectives, demonyms, and states as powers",
        {"mentions": places_of("toponym", "adjective", "demonym", "institution")},
    ),
    with_adjectives=Answer(
        "names, adjectives and demonyms", {"mentions": places_of("toponym", "adjective", "demonym")}
    ),
    named=Answer("only the ground, by its name", {"mentions": places_of("toponym")}),
)
decide(
    "reported",
    "Whose are the words of others inside a turn?",
    kept=Answer("whoever reports them says them"),
    direct_aside=set_aside(
        "words given as somebody's own are set aside", inside_reported(direct_only=True), "reported"
    ),
    all_aside=set_aside(
        "all reported words and thoughts are set aside",
        inside_reported(direct_only=False),
        "reported",
    ),
)
decide(
    "doubts",
    "What of sentences whose speaker may be doubted?",
    kept=Answer("they stay with the turn that they stand in"),
    low_aside=set_aside("those of low certainty are set aside", doubted("low"), "doubted"),
    all_aside=set_aside("every doubted sentence is set aside", doubted("low", "medium"), "doubted"),
)
decide(
    "opening",
    "Whose is a turn without a label?",
    inferred=Answer("the speaker's whom the translator infers"),
    confirmed=set_aside(
        "only the sentences that a note gives to him, beside his labelled turns",
        unconfirmed,
        "unconfirmed",
    ),
    nobody=Answer(
        "nobody's: the turn has no label",
        dict.fromkeys(("speeches", "turns", "terms", "reported"), of_nobody),
        dict.fromkeys(("speeches", "turns", "terms", "reported"), "speaker"),
    ),
)
