"""Reading an edition: from TEI and transcript to aligned text.

An edition is a TEI file that encodes a meeting record (turns as ``<sp>`` or ``<u>``, sentences as
``<s>``) and names, in its header, the transcript that it was made from.  Reading it proves three
things before anything is counted: that the file is valid by the grammar in ``data/schema/``, that
every pointer in it points at something, and that its text is the transcript's text.
"""

from __future__ import annotations

import bisect
import copy
import functools
import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
RNG = "{http://relaxng.org/ns/structure/1.0}"
GRAMMAR = Path(__file__).parent.parent / "data" / "schema" / "session.rng"

#: Marks that the transcription added and the document does not have.
MARKUP = re.compile(
    r"\*+|^#+(?= )|^-(?= )|<(?=https?://)|(?<=\S)>(?=\s*$)| {2,}$|\\$", re.MULTILINE
)
#: The other half of a pair of readings: an editor's word, not the document's.
EDITORIAL = {TEI + name for name in ("expan", "corr", "reg")}
#: Text that is printed but is not a word of any sentence.
APPARATUS = {TEI + name for name in ("speaker", "label", "ref")}
POINTERS = ("who", "ref", "target", "resp", "source", "corresp", "assertedValue", "next", "prev")
#: What a pointer has to point at, where it is not free.
KINDS = {
    ("sp", "who"): {"person"},
    ("u", "who"): {"person"},
    ("said", "who"): {"person", "org"},
    ("persName", "ref"): {"person"},
    ("orgName", "ref"): {"org"},
    ("placeName", "ref"): {"place"},
    ("rs", "ref"): {"place"},
    ("ref", "target"): {"note"},
    ("certainty", "assertedValue"): {"person", "respStmt"},
}


class EditionError(Exception):
    """Something is wrong with an edition: what it is, where it is, what to do about it."""

    def __init__(self, what: str, path, line: int | None = None, todo: str = ""):
        self.what, self.path, self.line, self.todo = what, Path(path), line, todo
        where = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{where}: {what}" + (f"\n  {todo}" if todo else ""))


@dataclass(frozen=True)
class Edition:
    """A checked edition.

    ``text`` is the edition's text in document order and ``spans`` the extent of each element in
    it; :meth:`place` turns such an extent into a place in the transcript.
    """

    path: Path
    root: etree._Element
    transcript: str
    text: str
    spans: dict[etree._Element, tuple[int, int]] = field(repr=False)
    _ink: list[int] = field(repr=False)  # where the text's characters that are not blank stand
    _places: list[int] = field(repr=False)  # and where the same characters stand in the transcript

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The place in the transcript (0-based, end-exclusive) of a stretch of the text."""
        first = bisect.bisect_left(self._ink, start)
        last = bisect.bisect_left(self._ink, end) - 1
        return self._places[first], self._places[last] + 1

    def place_of(self, element) -> tuple[int, int]:
        """The place in the transcript of an element of the edition."""
        return self.place(*self.spans[element])

    def find(self, path: str) -> list[etree._Element]:
        """Elements by a path whose steps are TEI names, such as ``.//standOff/certainty``."""
        return self.root.findall(path, {None: TEI[1:-1]})

    def note(self, path: str) -> str:
        """The text of the first element at a path of the header, blanks closed up ('' if none)."""
        found = self.find(path)
        return plain(found[0]) if found else ""


def plain(element) -> str:
    """All the text of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def named(element, *names: str) -> bool:
    """Whether an element is one of the TEI elements of these names."""
    return element.tag in {TEI + name for name in names}


def ancestor(element, *names: str):
    """The nearest element of one of these names that the element is in, or None."""
    tags = {TEI + name for name in names}
    return next((above for above in element.iterancestors() if above.tag in tags), None)


def pointed(value: str | None) -> str | None:
    """The id that a local pointer such as ``#kadar`` names."""
    return value[1:] if value and value.startswith("#") else None


def read_edition(path) -> Edition:
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
            "Encode at least one turn inside <div type='session'>.",
        )
    check_pointers(root, path)
    check_certainties(root, path)
    check_dates(root, path)
    transcript = read_transcript(root, path)
    text, spans = text_of(root.find(TEI + "text"))
    ink, places = align(text, spans, transcript, path)
    check_coverage(text, spans, path)
    return Edition(path, root, transcript, text, spans, ink, places)


def parse(path: Path) -> etree._Element:
    """Parse the file; nothing that it asks for outside itself is loaded, no entity expanded."""
    if path.is_dir():
        raise EditionError(
            "this is a folder, not an edition", path, todo="Name the TEI file in it."
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False
    )
    raw = b""
    try:
        raw = path.read_bytes()
        root = etree.fromstring(raw, parser)
    except FileNotFoundError:
        raise EditionError("there is no such file", path, todo="Check the path.") from None
    except OSError as error:
        raise EditionError(
            f"cannot be read: {error.strerror}", path, todo="Make it readable."
        ) from None
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


@functools.cache
def grammar() -> etree.RelaxNG:
    """The RELAX NG grammar of editions."""
    return etree.RelaxNG(etree.parse(GRAMMAR))


def check_grammar(root, path: Path) -> None:
    """Raise at the first place where the document is not valid."""
    if not grammar().validate(root):
        element = innermost_fault(root)
        raise EditionError(
            f"not valid by {GRAMMAR.name}: {fault_of(element)}",
            path,
            element.sourceline,
            f"data/schema/{GRAMMAR.name} says what may stand where.",
        )


def innermost_fault(element):
    """The first element that is not valid though all that it holds is.

    The validator's own log will not do: after trying every alternative it blames an outer element.
    """
    for child in element.iterchildren(etree.Element):
        if not any(alone.validate(child) for _, alone in patterns(local(child))):
            return innermost_fault(child)
    return element


def fault_of(element) -> str:
    """What is wrong with an element that is not valid by itself."""
    name, known = f"<{local(element)}>", [pattern for pattern, _ in patterns(local(element))]
    if not known:
        return f"{name} is not an element of such editions"
    faults, pattern = min(
        ((attribute_faults(element, p), p) for p in known), key=lambda pair: len(pair[0])
    )
    if faults:
        return f"{name}: {'; '.join(faults)}"
    children = [
        child for node, _ in parts(pattern) if node.tag == RNG + "element" for child in names(node)
    ]
    if not children:
        form = pattern.find(f".//{RNG}param")
        return f"{name} holds “{plain(element)[:40]}”" + (
            f", not text of the form {form.text}" if form is not None else ""
        )
    for child in element.iterchildren(etree.Element):
        if local(child) not in children:
            return f"<{local(child)}> may not stand directly in {name}"
    loose = [
        text.strip()
        for text in (element.text, *(child.tail for child in element))
        if text and text.strip()
    ]
    if (
        loose
        and pattern.find(f"{RNG}mixed") is None
        and "inline" not in {r.get("name") for r in pattern.iter(RNG + "ref")}
    ):
        return f"the text “{loose[0][:40]}” may not stand directly in {name}"
    wanted = ", ".join(f"<{child}>" for child in dict.fromkeys(children))
    return f"{name} needs other contents, or others in their order: it is made of {wanted}"


@functools.cache
def patterns(name: str) -> list[tuple]:
    """The grammar's patterns for elements of a name, each with a validator for it alone."""
    found = []
    for pattern in etree.parse(GRAMMAR).iter(RNG + "element"):
        if name in names(pattern):
            alone = copy.deepcopy(pattern.getroottree())
            alone.find(RNG + "start")[:] = [copy.deepcopy(pattern)]
            found.append((pattern, etree.RelaxNG(alone)))
    return found


def local(element) -> str:
    return etree.QName(element).localname


def names(pattern) -> list[str]:
    """The names that a pattern is for."""
    return (
        [pattern.get("name")]
        if pattern.get("name")
        else [n.text for n in pattern.findall(f"{RNG}choice/{RNG}name")]
    )


def parts(pattern, required: bool = True):
    """The attributes and elements directly in a pattern, each with whether it has to be there."""
    for node in pattern.iterchildren(etree.Element):
        if node.tag == RNG + "ref":
            yield from parts(definition(node), required)
        elif node.tag in (RNG + "attribute", RNG + "element"):
            yield node, required
        else:
            yield from parts(
                node,
                required
                and node.tag not in {RNG + n for n in ("optional", "choice", "zeroOrMore")},
            )


def definition(reference):
    return reference.getroottree().find(f"{RNG}define[@name='{reference.get('name')}']")


def attribute_faults(element, pattern) -> list[str]:
    """What is wrong with an element's attributes by one pattern."""
    known = [
        (n.get("name", ""), n, needed) for n, needed in parts(pattern) if n.tag == RNG + "attribute"
    ]
    given = {
        name.replace("{http://www.w3.org/XML/1998/namespace}", "xml:"): value
        for name, value in element.attrib.items()
    }
    faults = [f"{name} is missing" for name, _, needed in known if needed and name not in given]
    for name, value in given.items():
        nodes = [node for attribute, node, _ in known if attribute == name]
        said = [
            part
            for node in nodes
            for part in [
                *node.iter(),
                *(p for r in node.iter(RNG + "ref") for p in definition(r).iter()),
            ]
        ]
        values = [part.text for part in said if part.tag == RNG + "value"]
        forms = [part.text for part in said if part.tag == RNG + "param"]
        if not nodes:
            faults.append(f"it has no attribute {name}")
        elif values and value not in values:
            faults.append(f"{name}={value!r} is not {' or '.join(map(repr, values))}")
        elif forms and not all(
            any(re.fullmatch(form, word) for form in forms) for word in value.split() or [""]
        ):
            faults.append(f"{name}={value!r} is not of the form {' or '.join(forms)}")
    return faults


def check_pointers(root, path: Path) -> None:
    """Raise at a duplicate id, at a pointer to nothing, or at one to a thing of the wrong kind."""
    targets: dict = {}
    for element in root.iter(etree.Element):
        name = element.get(XML_ID)
        if name in targets:
            raise EditionError(
                f"the id {name!r} stands twice, first in line {targets[name].sourceline}",
                path,
                element.sourceline,
                "Ids are unique: rename one of the two.",
            )
        if name:
            targets[name] = element
    for element in root.iter(etree.Element):
        for attribute in POINTERS:
            for pointer in element.get(attribute, "").split():
                if pointer.startswith("#"):
                    check_pointer(element, attribute, pointer, targets.get(pointer[1:]), path)


def check_pointer(element, attribute: str, pointer: str, target, path: Path) -> None:
    """Raise when a pointer points to nothing, or to something that it may not point to."""
    name = local(element)
    kinds = KINDS.get((name, attribute))
    if (name, attribute) == ("certainty", "target"):
        kinds = {"sp", "u"} if element.get("match") == "@who" else {"s"}
    if target is None:
        raise EditionError(
            f"{attribute}={pointer!r} on <{name}> points to nothing",
            path,
            element.sourceline,
            f"Give something the id {pointer[1:]!r}, or mend the pointer.",
        )
    if kinds and local(target) not in kinds:
        raise EditionError(
            f"{attribute}={pointer!r} on <{name}> points to a <{local(target)}>",
            path,
            element.sourceline,
            f"It has to point to {' or '.join(f'<{kind}>' for kind in sorted(kinds))}.",
        )


def check_certainties(root, path: Path) -> None:
    """Raise where two statements are made about whose a turn or a sentence is, by the same hand and as doubt or as confirmation."""
    known: dict = {}
    for element in root.iter(TEI + "certainty"):
        whole = element.get("match") == "@who"
        pointers = element.get("target", "").split()
        if whole and len(pointers) != 1:
            raise EditionError(
                "a certainty about @who is about one turn",
                path,
                element.sourceline,
                "Write a <certainty> for each turn.",
            )
        for pointer in pointers:
            key = pointer, whole or element.get("cert") == "high"
            if key in known:
                raise EditionError(
                    f"the certainty of {pointer!r} is stated twice, first in line {known[key]}",
                    path,
                    element.sourceline,
                    "Join the two.",
                )
            known[key] = element.sourceline


def check_dates(root, path: Path) -> None:
    """Raise at a date that is none, such as the 31st of November."""
    for element in root.iter(TEI + "date", TEI + "time"):
        for name in ("when", "from", "to", "notBefore", "notAfter"):
            value = element.get(name)
            try:
                value and datetime.fromisoformat(value if len(value) > 7 else f"{value}-01-01"[:10])
            except ValueError:
                raise EditionError(
                    f"{name}={value!r} on <{local(element)}> is no date",
                    path,
                    element.sourceline,
                    "Write a year, a year and month, a day or a time as in ISO 8601.",
                ) from None


def linked_file(root, kind: str, path: Path) -> Path | None:
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
            return path.parent / pointer.get("target")
    return None


def read_transcript(root, path: Path) -> str:
    """The transcript that the header names, after checking it against the sha256 given there."""
    source = linked_file(root, "transcript", path)
    if source is None:
        raise EditionError(
            "the header names no transcript",
            path,
            root.sourceline,
            "Add <ptr type='transcript' target='…'/> to <sourceDesc>.",
        )
    try:
        raw = source.read_bytes()
        transcript = raw.decode("utf-8")
    except OSError as error:
        raise EditionError(
            f"the transcript cannot be read: {error.strerror}",
            source,
            todo=f"It is named in the header of {path}.",
        ) from None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise EditionError(
            "the transcript is not UTF-8", source, line, "Convert it to UTF-8."
        ) from None
    wanted = [plain(e) for e in root.iter(TEI + "idno") if e.get("type") == "sha256"]
    if wanted and hashlib.sha256(raw).hexdigest() != wanted[0]:
        raise EditionError(
            "the transcript is not the one that the edition was made from (sha256 differs)",
            source,
            todo="Restore it byte for byte; corrections belong in the edition.",
        )
    return transcript


def text_of(element) -> tuple[str, dict]:
    """An element's text without the editor's words, and the extent of each element in it."""
    parts: list[str] = []
    spans: dict = {}

    def walk(node, at: int) -> int:
        start = at
        if node.text:
            parts.append(node.text)
            at += len(node.text)
        for child in node:
            if isinstance(child.tag, str) and child.tag not in EDITORIAL:
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


def align(text: str, spans: dict, transcript: str, path: Path) -> tuple[list[int], list[int]]:
    """Where each character of the text that is not blank stands, in the text and in the transcript."""
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


def raise_difference(text, spans, transcript, path, ink, places) -> None:
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
        "Keep the transcript's reading; a correction goes into <choice><sic>…</sic><corr>…</corr></choice>.",
    )


def check_coverage(text: str, spans: dict, path: Path) -> None:
    """Raise when text stands neither in a sentence nor in a label, or in two sentences, or an element is empty."""
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
