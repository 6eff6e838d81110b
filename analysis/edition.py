"""Reading an edition: from TEI and transcript to aligned text.

An edition is a TEI file that encodes a meeting record (speeches as ``<sp>`` or ``<u>``, sentences
as ``<s>``) and names, in its header, the transcript that it was made from.  Reading it proves three
things before anything is counted: that the file is valid by the grammar in ``data/schema/``, that
every pointer in it points at something, and that its text is the transcript's text.
"""

from __future__ import annotations

import bisect
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from analysis.alignment import align, check_coverage, text_and_spans
from analysis.files import read_bytes, read_text
from analysis.grammar import check_grammar
from analysis.pointers import check
from analysis.tei import TEI, EditionError, Element, clipped, id_of, local, plain, sentence_of


@dataclass(frozen=True)
class Edition:
    """A checked edition.

    ``text`` is the edition's text in document order and ``spans`` the extent of each element in
    it; :meth:`place` turns such an extent into a place in the transcript.
    """

    path: Path
    root: Element
    transcript: str
    text: str
    spans: dict[Element, tuple[int, int]] = field(repr=False)
    _ink: list[int] = field(repr=False)  # where the text's characters that are not blank stand
    _places: list[int] = field(repr=False)  # and where the same characters stand in the transcript

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The place in the transcript (0-based, end-exclusive) of a stretch of the text."""
        first = bisect.bisect_left(self._ink, start)
        last = bisect.bisect_left(self._ink, end) - 1
        return self._places[first], self._places[last] + 1

    def place_of(self, element: Element) -> tuple[int, int]:
        """The place in the transcript of an element of the edition."""
        return self.place(*self.spans[element])

    def find(self, path: str) -> list[Element]:
        """Elements by a path whose steps are TEI names, such as ``.//standOff/certainty``."""
        return self.root.findall(path, {None: TEI[1:-1]})

    def note(self, path: str) -> str:
        """The text of the first element at a path of the header, blanks closed up ('' if none)."""
        found = self.find(path)
        return plain(found[0]) if found else ""


def read_edition(path: str | Path) -> Edition:
    """Read and check an edition.

    Raises :class:`EditionError` when the file cannot be read, is not well-formed, carries a
    document type, is not valid, has a duplicate id or a pointer to nothing, holds no speech, or
    differs from its transcript.
    """
    path = Path(path)
    root = parse(path)
    check_grammar(root, path)
    if root.find(f".//{TEI}sp") is None and root.find(f".//{TEI}u") is None:
        raise EditionError(
            "the session is empty: no <sp> and no <u>",
            path,
            root.find(f"{TEI}text/{TEI}body").sourceline,
            "Encode at least one speech inside <div type='session'>.",
        )
    check(root, path)
    transcript = read_transcript(root, path)
    text, spans = text_and_spans(root.find(TEI + "text"))
    ink, places = align(text, spans, transcript, path)
    check_coverage(text, spans, path)
    return Edition(path, root, transcript, text, spans, ink, places)


def parse(path: Path) -> Element:
    """Parse the file, without an encoder's comments; nothing that it asks for outside itself is
    loaded, no entity expanded."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    raw = read_bytes(path, "an edition")
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        if b"<!DOCTYPE" in raw:  # an entity bomb, say
            raise no_doctype(path, raw) from None
        raise EditionError(
            f"not well-formed XML: {error.msg}",
            path,
            error.lineno,
            "Mend the mark-up; the file has to be UTF-8.",
        ) from None
    if root.getroottree().docinfo.doctype:
        raise no_doctype(path, raw)
    if root.tag != TEI + "TEI":
        raise EditionError(
            f"not a TEI document: the root is <{local(root)}>",
            path,
            root.sourceline,
            "The root has to be <TEI xmlns='http://www.tei-c.org/ns/1.0'>.",
        )
    return root


def no_doctype(path: Path, raw: bytes) -> EditionError:
    """The error to raise at a document type."""
    return EditionError(
        "a document type declaration is not allowed",
        path,
        raw.partition(b"<!DOCTYPE")[0].count(b"\n") + 1,
        "Remove <!DOCTYPE …>: editions need no DTD and no entities.",
    )


def linked_file(root: Element, kind: str, path: Path) -> Path | None:
    """The file beside the edition that its header names by ``<ptr type="…" target="…"/>``."""
    for pointer in root.iter(TEI + "ptr"):
        if pointer.get("type") == kind:
            if not pointer.get("target"):
                raise EditionError(
                    f"<ptr type={kind!r}> names no file",
                    path,
                    pointer.sourceline,
                    "Give it a target.",
                )
            there = Path(pointer.get("target", ""))
            if there.is_absolute() or ".." in there.parts:
                raise EditionError(
                    f"<ptr type={kind!r}> names {clipped(str(there))}, no file beside the edition",
                    path,
                    pointer.sourceline,
                    "Put the file into the edition's folder, or into one in it.",
                )
            return path.parent / there
    return None


def read_transcript(root: Element, path: Path) -> str:
    """The transcript that the header names, after checking it against the sha256 given there."""
    source = linked_file(root, "transcript", path)
    if source is None:
        raise EditionError(
            "the header names no transcript",
            path,
            root.sourceline,
            "Add <ptr type='transcript' target='…'/> to <sourceDesc>.",
        )
    transcript = read_text(source, "a transcript", f"It is named in the header of {path}.")
    wanted = [plain(e) for e in root.iter(TEI + "idno") if e.get("type") == "sha256"]
    if wanted and hashlib.sha256(transcript.encode("utf-8")).hexdigest() != wanted[0]:
        raise EditionError(
            "the transcript is not the one that the edition was made from (sha256 differs)",
            source,
            todo="Restore it byte for byte; corrections belong in the edition.",
        )
    return transcript


def sentence_elements(edition: Edition) -> list[Element]:
    """The elements that are sentences, in their order."""
    return [element for element in edition.spans if element.tag == TEI + "s"]


def marked(edition: Edition, *names: str) -> Iterator[Element]:
    """The elements of these names that stand in a sentence, in their order."""
    for sentence in sentence_elements(edition):
        for element in sentence.iter(*(TEI + name for name in names)):
            if element in edition.spans:  # else it is an editor's word
                yield element


#: Elements that refer to somebody, something, somewhere or some time.
REFERENCES = ("persName", "orgName", "placeName", "rs", "date", "time")


def references(edition: Edition) -> Iterator[tuple[str, Element]]:
    """Each reference in a sentence with its id, which counts those of the sentence; in order."""
    numbers = Counter[str | None]()
    for element in marked(edition, *REFERENCES):
        sentence = id_of(sentence_of(element))
        numbers[sentence] += 1
        yield f"{sentence}.m{numbers[sentence]}", element


def bare_text(edition: Edition, element: Element) -> str:
    """An element's text with references to notes blanked out, each character in its place."""
    start, end = edition.spans[element]
    text = edition.text[start:end]
    for child in element.iter(TEI + "ref"):
        if child.get("type") == "note":
            a, b = edition.spans[child]
            text = text[: a - start] + " " * (b - a) + text[b - start :]
    return text
