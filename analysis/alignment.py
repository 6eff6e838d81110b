"""The edition's text laid against its transcript, character by character."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from analysis.tei import TEI, EditionError, Element, ancestor, local

#: Marks that the transcription added and the document does not have.
MARKUP = re.compile(
    r"\*+|^#+(?= )|^-(?= )|<(?=https?://)|(?<=\S)>(?=\s*$)| {2,}$|\\$", re.MULTILINE
)


#: The other half of a pair of readings: an editor's word, not the document's.
EDITORIAL = {TEI + name for name in ("expan", "corr", "reg")}


#: Text that is printed but is not a word of any sentence.
APPARATUS = {TEI + name for name in ("speaker", "label", "ref")}


#: Where each element begins and ends in the text.
Spans: TypeAlias = dict[Element, tuple[int, int]]


def text_and_spans(element: Element) -> tuple[str, Spans]:
    """An element's text without the editor's words, and the extent of each element in it."""
    parts: list[str] = []
    spans: Spans = {}

    def walk(node: Element, at: int) -> int:
        start = at
        if node.text:
            parts.append(node.text)
            at += len(node.text)
        for child in node:
            if child.tag not in EDITORIAL:
                at = walk(child, at)
            if child.tail:
                parts.append(child.tail)
                at += len(child.tail)
        spans[node] = (start, at)
        return at

    walk(element, 0)
    return "".join(parts), spans


def markup_of(transcript: str) -> set[int]:
    """The places of the transcript that hold transcription mark-up."""
    return {i for match in MARKUP.finditer(transcript) for i in range(*match.span())}


def align(text: str, spans: Spans, transcript: str, path: Path) -> tuple[list[int], list[int]]:
    """Where each character of the text that is not blank stands, in the text and in the
    transcript."""
    markup = markup_of(transcript)
    ink = [i for i, character in enumerate(text) if not character.isspace()]
    places = [
        i for i, character in enumerate(transcript) if i not in markup and not character.isspace()
    ]
    ours, theirs = [text[i] for i in ink], [transcript[i] for i in places]
    if ours != theirs:
        pairs = enumerate(zip(ours, theirs))
        at = next((i for i, (a, b) in pairs if a != b), min(len(ours), len(theirs)))
        raise_difference(text, spans, transcript, path, ink[at:], places[at:])
    our_gaps = {i for i, (a, b) in enumerate(pairwise(ink)) if b - a > 1}
    their_gaps = {
        i
        for i, (a, b) in enumerate(pairwise(places))
        if b - a > 1 and not markup.issuperset(range(a + 1, b))
    }
    sentences = [span for element, span in spans.items() if element.tag == TEI + "s"]
    for i in sorted(our_gaps ^ their_gaps):  # inside a sentence, blanks separate the same things
        if any(start <= ink[i] and ink[i + 1] < end for start, end in sentences):
            raise_difference(text, spans, transcript, path, ink[i:], places[i:])
    return ink, places


def raise_difference(
    text: str, spans: Spans, transcript: str, path: Path, ink: list[int], places: list[int]
) -> None:
    """Say where the edition and the transcript part."""
    at = ink[0] if ink else len(text)
    there = places[0] if places else len(transcript)
    inside = [e for e, (start, end) in spans.items() if start <= at < end]
    line = min(inside, key=lambda e: spans[e][1] - spans[e][0]).sourceline if inside else None
    transcript_line = transcript.count("\n", 0, there) + 1
    ours = " ".join(text[at : at + 30].split()) or "(nothing more)"
    theirs = " ".join(transcript[there : there + 30].split()) or "(nothing more)"
    raise EditionError(
        f"the text differs from the transcript (its line {transcript_line}): "
        f"the edition has “{ours}”, the transcript “{theirs}”",
        path,
        line,
        "Keep the transcript's reading; a correction goes into "
        "<choice><sic>…</sic><corr>…</corr></choice>.",
    )


def check_coverage(text: str, spans: Spans, path: Path) -> None:
    """Raise when text stands neither in a sentence nor in a label, or in two sentences, or an
    element is empty."""
    covered = bytearray(len(text))
    for element, (start, end) in spans.items():
        if (start == end or text[start:end].isspace()) and element.tag != TEI + "milestone":
            raise EditionError(
                f"<{local(element)}> holds no text",
                path,
                element.sourceline,
                "Fill it or take it out.",
            )
        if element.tag == TEI + "s" or (
            element.tag in APPARATUS and ancestor(element, "s") is None
        ):
            if any(covered[start:end]):
                raise EditionError(
                    "a sentence inside another", path, element.sourceline, "Close the first <s>."
                )
            covered[start:end] = b"\1" * (end - start)
    for i, character in enumerate(text):
        if not covered[i] and not character.isspace():
            home = min(
                (e for e, (a, b) in spans.items() if a <= i < b),
                key=lambda e: spans[e][1] - spans[e][0],
            )
            raise EditionError(
                f"text outside any sentence: “{text[i : i + 30].split(chr(10))[0]}”",
                path,
                home.sourceline,
                "Put it into <s>, <speaker> or <label>.",
            )
