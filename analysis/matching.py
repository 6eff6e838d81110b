"""Looking for words and phrases that are no family, as written and with abbreviations expanded.

A question is one or more items, parted by commas: a word (``afraid``), a phrase (``no way out``), a
written form (``gov't``), or a beginning with a star (``fear*``), which also finds words of the same
stem, by Snowball's English stemmer (Porter 2001).
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.errors import AskError
from analysis.session import Session
from analysis.tokens import tokens

#: A way of reading words: each token, and the number of the row that it stands in.
Sequence = list[tuple[str, int]]


QUOTES = '"“”„«»'  # that somebody puts around what he asks for


@dataclass(frozen=True)
class Item:
    """What is looked for: its text, its words as meant and as written, and whether it goes on."""

    text: str
    meant: tuple[str, ...]
    written: tuple[str, ...]
    beginning: bool


def items_of(question: str) -> list[Item]:
    """The items of a question.

    Raises :class:`analysis.errors.AskError` where there is none, or a star stands amiss.
    """
    if not isinstance(question, str):
        raise AskError(
            f"words are asked for in one text, as in “afraid, alarmed”, not {question!r}"
        )
    found = []
    parts = (part.strip().strip(QUOTES).strip() for part in re.split("[,;]", question))
    for text in dict.fromkeys(parts):
        if not text:
            continue
        bare = text.removesuffix("*").rstrip()
        if "*" in bare or not tokens(bare):
            raise AskError(
                f"“{text}” cannot be looked for: ask for words, as in “afraid, alarmed”, for a "
                "phrase, or for a beginning with a star behind it, as in “fear*”."
            )
        written = tuple(folded(word) for word in bare.split())
        found.append(Item(text, tokens(bare), written, text.endswith("*")))
    if not found:
        raise AskError("Nothing is asked for: name words, as in “afraid, alarmed” or “fear*”.")
    return found


@functools.cache
def folded(word: str) -> str:
    """A word as written: lower case, straight apostrophes, no possessive, no dots at its end."""
    return re.sub("'s?$", "", re.sub("[’‘ʼ´]", "'", word.lower())).rstrip(".")


@functools.cache
def stem(word: str) -> str:
    """The stem of an English word."""
    from nltk.stem import SnowballStemmer  # NLTK takes long to load

    return SnowballStemmer("english").stem(word)


def mentions(session: Session, items: list[Item]) -> pd.DataFrame:
    """Where the items stand in a session's words as they are read.

    ``item form meant written layer sentence speech start end``: the item, the words as written and
    as meant; ``written`` is ``abbreviated`` where the two differ.  Of mentions that overlap the one
    that begins first counts, and of those the longest: nothing is counted twice.
    """
    words = session.table("words")
    names = ["layer", "sentence", "speech", "start", "end", "form", "norm"]
    layer, sentence, speech, start, end, form, norm = (
        words[name].to_numpy(object).tolist() for name in names
    )
    rows = []
    for home, group in itertools.groupby(range(len(words)), key=sentence.__getitem__):
        if isinstance(home, str):  # a label stands in none
            span = list(group)
            forms, norms = (tuple(column[at] for at in span) for column in (form, norm))
            for item, a, b in in_sentence(forms, norms, tuple(items)):
                said, meant = " ".join(forms[a : b + 1]), " ".join(norms[a : b + 1])
                written = "full" if meant == said.lower() else "abbreviated"
                at, last = span[a], span[b]
                where = (layer[at], home, speech[at], start[at], end[last])
                rows.append((item.text, said, meant, written, *where))
    columns = ["item", "form", "meant", "written", "layer", "sentence", "speech", "start", "end"]
    return pd.DataFrame(rows, columns=columns)


@functools.lru_cache(maxsize=10_000)  # most sentences are the same in most readings
def in_sentence(
    forms: tuple[str, ...], norms: tuple[str, ...], items: tuple[Item, ...]
) -> list[tuple[Item, int, int]]:
    """The items in a sentence, each with the numbers of its first and its last word."""
    meant = [(token, at) for at, norm in enumerate(norms) for token in tokens(norm)]
    written = [(folded(form), at) for at, form in enumerate(forms)]
    found = {
        (first, -last): item
        for item in reversed(items)  # of two items in one place the first asked for stays
        for words, sequence in ((item.meant, meant), (item.written, written))
        for first, last in places(words, item.beginning, sequence)
    }
    free, counted = 0, []
    for (first, back), item in sorted(found.items(), key=lambda pair: pair[0]):
        if first >= free:
            counted.append((item, first, -back))
            free = -back + 1
    return counted


def places(
    words: tuple[str, ...], beginning: bool, sequence: Sequence
) -> Iterator[tuple[int, int]]:
    """Where words follow each other in a sequence: the rows of the first and the last of them."""
    for at in range(len(sequence) - len(words) + 1):
        *before, (last, row) = sequence[at : at + len(words)]
        same = last == words[-1] or (beginning and begins(last, words[-1]))
        if same and all(token == word for (token, _), word in zip(before, words)):
            yield sequence[at][1], row


def begins(word: str, beginning: str) -> bool:
    """Whether a word begins so, or is of one stem with the beginning."""
    return word.startswith(beginning) or stem(word) == stem(beginning)
