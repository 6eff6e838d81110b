"""What a word is: the rules, and the words that an element of an edition holds under one of
them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from analysis.edition import Edition, bare_text
from analysis.tei import Element, plain

#: How a word is told from what is not one: letters and digits, and the signs that may stand inside.
WORD_RULES = {
    "edition": re.compile(r"[^\W_]+(?:['’\-./]+[^\W_]+)*"),
    "apostrophes split": re.compile(r"[^\W_]+(?:[\-./]+[^\W_]+)*"),
    "hyphens split": re.compile(r"[^\W_]+(?:['’./]+[^\W_]+)*"),
    "white space": re.compile(r"\S*[^\W_]\S*"),
}


TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def abbreviations_in(element: Element) -> Iterator[tuple[Element, str | None]]:
    """(abbr element, expansion or None where none is known) for each abbreviation in an element."""
    for abbreviation in element.iter("{*}abbr"):
        expansion = abbreviation.getparent().find("{*}expan")
        yield abbreviation, plain(expansion) if expansion is not None else None


def tokens_of(
    edition: Edition, element: Element, rule: str = "edition"
) -> Iterator[tuple[int, int, str, str]]:
    """The words of an element: (start, end, form, norm), start and end in the edition's text."""
    offset = edition.spans[element][0]
    text = bare_text(edition, element)
    short = []
    for abbreviation, expansion in abbreviations_in(element):
        a, b = edition.spans[abbreviation]
        short.append((a - offset, b - offset, expansion or plain(abbreviation)))
    for match in WORD_RULES[rule].finditer(text):
        start, end = match.span()
        for a, b, _ in short:  # the dot of an abbreviation is part of the word
            if a <= end - 1 < b and text[end:b] == ".":
                end = b
        norm, at = "", start
        for a, b, expansion in short:
            if start <= a and b <= end:
                norm += text[at:a] + expansion
                at = b
        yield start + offset, end + offset, text[start:end], (norm + text[at:end]).lower()


@functools.cache
def tokens(norm: str) -> tuple[str, ...]:
    """The whole words of an expanded form, in lower case, the possessive left off."""
    return tuple(TOKEN.findall(re.sub(r"['’]s?(?![^\W_])", "", norm.lower())))
