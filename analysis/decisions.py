"""The editorial decisions: every question that an editor had to answer, with what else could be said.

To add one is to add one ``decide(…)`` below.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pandas as pd

from analysis.readings import Answer, Change, decide
from analysis.session import Session
from analysis.tables import senses_of, terms_of, words_by

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
