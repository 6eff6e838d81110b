"""The editorial decisions, each with its options.

A *decision* is a question that an editor had to answer; its *options* are the answers that another
editor could give, the edition's own first.  To add a decision is to add one :func:`decide` in this
file, at its place in the order in which the decisions are carried out; what an option can do is in
:mod:`analysis.options`.  :mod:`analysis.readings` combines options into readings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.options import (
    Option,
    as_written,
    doubted,
    inside,
    of_nobody,
    only_places,
    other_words,
    senses_apart,
    set_aside,
    unconfirmed,
    with_apparatus,
    words_under,
)


@dataclass(frozen=True)
class Decision:
    """A question of editing, what it is about as a phrase for prose, and its options by name."""

    name: str
    question: str
    about: str
    options: Mapping[str, Option]

    @property
    def default(self) -> str:
        """The edition's own option."""
        return next(iter(self.options))

    @property
    def owners(self) -> bool:
        """Whether no option changes anything but whose the rows are."""
        return all(option.owners for option in list(self.options.values())[1:])

    def touches(self, reads: frozenset[str]) -> bool:
        """Whether some option can change a result that reads these tables and columns."""
        return any(option.touches(reads) for option in self.options.values())


DECISIONS: dict[str, Decision] = {}


def decide(name: str, question: str, about: str, /, **options: Option) -> Decision:
    """Add a decision; names of options have an underscore where a reader sees a blank."""
    named = {option.replace("_", " "): what for option, what in options.items()}
    DECISIONS[name] = Decision(name, question, about, named)
    return DECISIONS[name]


# The decisions, in the order in which they are carried out ----------------------------------------

decide(
    "words",
    "What is one word?",
    "what a word is",
    edition=Option("gov't, two-three, 1/3 and counterrev. are one word each"),
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
    "labels and headings",
    left_out=Option("only what stands in a sentence of a speech"),
    counted=other_words(
        "speakers' labels, the numbers of the list and the heading count too", with_apparatus
    ),
)
decide(
    "abbreviations",
    "Is an abbreviation the word that it stands for?",
    "abbreviations",
    expanded=Option("gov't is a mention of government, HWP of a party"),
    as_written=other_words("only what is written out counts", as_written, columns="norm"),
)
decide(
    "senses",
    "Are the senses of one word one family?",
    "the senses of a word",
    together=Option("order is order, whether a regime or quiet streets"),
    apart=Option(
        "a family keeps its main sense; each other sense is a family of its own",
        {"terms": senses_apart},
        {"terms": "family"},
    ),
)
decide(
    "places",
    "What is a reference to a place?",
    "what a place is",
    meant=Option("everything that names or means a place, down to “the border”"),
    with_institutions=only_places(
        "names, adjectives, demonyms, and states as powers",
        *("toponym", "adjective", "demonym", "institution"),
    ),
    with_adjectives=only_places(
        "names, adjectives and demonyms", "toponym", "adjective", "demonym"
    ),
    named=only_places("only the ground, by its name", "toponym"),
)
decide(
    "reported",
    "Whose are the words of others inside a speech?",
    "reported words",
    kept=Option("whoever reports them says them"),
    direct_aside=set_aside(
        "words given as somebody's own are set aside",
        inside("reported", direct_only=True),
        "reported",
    ),
    clauses_aside=set_aside(
        "words and clauses that report somebody are set aside", inside("reported"), "reported"
    ),
    all_aside=set_aside(
        "demands, aims, wishes and topics of others are set aside too",
        inside("reported", "demands"),
        "reported",
    ),
    with_framing=set_aside(
        "so are the speaker's own words that introduce what others say",
        inside("reported", "demands", "framing"),
        "reported",
    ),
)
decide(
    "doubts",
    "What of sentences whose speaker may be doubted?",
    "doubtful sentences",
    kept=Option("they stay with the speech that they stand in"),
    low_aside=set_aside("those of low certainty are set aside", doubted("low"), "doubted"),
    all_aside=set_aside("every doubted sentence is set aside", doubted("low", "medium"), "doubted"),
)
#: Tables that say who speaks.
SPEAKERS = ("speeches", "attributions", "terms", "reported", "demands", "framing", "voices")
decide(
    "opening",
    "Whose is a speech without a label?",
    "the opening",
    inferred=Option("the speaker's whom the translator infers"),
    confirmed=set_aside(
        "only the sentences that a note gives to him, beside his labelled speeches",
        unconfirmed,
        "unconfirmed",
    ),
    nobody=Option(
        "nobody's: the speech has no label",
        dict.fromkeys(SPEAKERS, of_nobody),
        dict.fromkeys(SPEAKERS, "speaker"),
        owners=True,
    ),
)
