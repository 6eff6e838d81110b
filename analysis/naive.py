"""What a beginner's programme does with a transcript: one string, cut and searched.

Nothing here is wrong Python; each function is what a tutorial's first page would do.  Where it
parts from the edition is found in :mod:`analysis.programme`.
"""

from __future__ import annotations

import functools
import re

#: A line that begins with some words and a colon.
LABEL = re.compile(r"^\W*(\w[\w. ]{0,30}):", re.MULTILINE)


@functools.cache
def cut_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Sentences, as NLTK's sentence tokenizer cuts them without a trained model."""
    from nltk.tokenize import PunktSentenceTokenizer  # NLTK takes long to load

    return tuple(PunktSentenceTokenizer().span_tokenize(text))


def cut_words(text: str) -> list[tuple[int, int]]:
    """Words: NLTK's tokens, sentence by sentence, those that are all letters."""
    from nltk.tokenize import NLTKWordTokenizer

    return [
        (start + a, start + b)
        for start, end in cut_sentences(text)
        for a, b in NLTKWordTokenizer().span_tokenize(text[start:end])
        if text[start + a : start + b].isalpha()
    ]


def find_speakers(text: str) -> list[tuple[str, int, int]]:
    """Who speaks: (label, from, to), each up to the next label."""
    labels = [(match[1], match.start(1), match.end()) for match in LABEL.finditer(text)]
    ends = [start for _, start, _ in labels[1:]] + [len(text)]
    return [(label, begin, end) for (label, _, begin), end in zip(labels, ends)]


def find_string(text: str, string: str) -> list[tuple[int, int]]:
    """Where a string stands, capital or small, also inside longer words."""
    return [match.span() for match in re.finditer(re.escape(string), text, re.IGNORECASE)]
