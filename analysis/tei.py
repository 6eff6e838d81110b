"""What every reader of the mark-up needs: names of TEI, where an element stands, its text, and the
error that says what is wrong with an edition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

from analysis.layers import LAYERS

TEI = "{http://www.tei-c.org/ns/1.0}"


#: An element of the document; lxml has no types.
Element: TypeAlias = Any
FAULTS_SHOWN = 20  # faults told at once; the rest are counted
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


class EditionError(Exception):
    """Something is wrong with an edition: what it is, where it is, what to do about it.

    ``faults`` are all that are told, this one first: one each but in :meth:`of_all`.
    """

    def __init__(
        self,
        what: str,
        path: str | Path,
        line: int | None = None,
        todo: str = "",
        more: Sequence[EditionError] = (),
    ):
        self.what, self.path, self.line, self.todo = clipped(what, 300), Path(path), line, todo
        self.faults: list[EditionError] = [self, *more]
        lines = [f"{fault.where}: {fault.what}" for fault in self.faults[:FAULTS_SHOWN]]
        if len(self.faults) > FAULTS_SHOWN:
            lines.append(f"  … and {len(self.faults) - FAULTS_SHOWN:,} more")
        super().__init__("\n".join(lines) + (f"\n  {clipped(todo, 300)}" if todo else ""))

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.path}:{self.line}" if self.line else f"{self.path}"

    @classmethod
    def of_all(cls, faults: Sequence[EditionError], todo: str = "") -> EditionError:
        """One error for several faults, of which there is at least one, told in order."""
        first, *more = faults
        return cls(first.what, first.path, first.line, todo or first.todo, more)


def clipped(text: str, most: int = 60) -> str:
    """Text on one line, with no more than so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def plain(element: Element) -> str:
    """All the text of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def closed_up(text: str) -> str:
    """Text on one line, without the blank that a reference leaves before a comma."""
    return re.sub(r"\s+([,.;:)])", r"\1", " ".join(text.split()))


def named(element: Element, *names: str) -> bool:
    """Whether an element is one of the TEI elements of these names."""
    return element.tag in {TEI + name for name in names}


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def ancestor(element: Element, *names: str) -> Element | None:
    """The nearest element of one of these names that the element is in, or None."""
    tags = {TEI + name for name in names}
    return next((above for above in element.iterancestors() if above.tag in tags), None)


def pointed(value: str | None) -> str | None:
    """The id that a local pointer such as ``#kadar`` names."""
    return value[1:] if value and value.startswith("#") else None


def id_of(element: Element | None) -> str | None:
    """The id of an element; None where it has none, or is none."""
    return element.get(XML_ID) if element is not None else None


def layer_of(element: Element) -> str:
    """The layer that an element belongs to, from the division it stands in."""
    division = ancestor(element, "div")
    while division is not None and division.get("type") not in LAYERS:
        division = ancestor(division, "div")
    return division.get("type") if division is not None else "session"


def speech_of(element: Element) -> str | None:
    """The id of the speech that an element is in, if it is in one."""
    return id_of(ancestor(element, "sp", "u"))


def sentence_of(element: Element) -> Element | None:
    """The sentence that an element is in, if it is in one."""
    return ancestor(element, "s")


def home_of(element: Element) -> tuple[str, str | None, str | None]:
    """Layer, sentence and speech of an element of the text."""
    return layer_of(element), id_of(sentence_of(element)), speech_of(element)


def kind_of(element: Element) -> tuple[str, str | None, str | None]:
    """Kind, type and entity of a reference to somebody, something, somewhere or some time."""
    if named(element, "date", "time"):
        if element.get("dur"):
            return "date", "duration", element.get("dur")
        ends = ("when", "from", "to", "notBefore", "notAfter")
        dated = "/".join(value for end in ends if (value := element.get(end)))
        return "date", "time" if named(element, "time") else "date", dated or None
    entity = pointed(element.get("ref"))
    if named(element, "persName"):
        return "person", None, entity
    if named(element, "orgName"):
        return "organisation", None, entity
    return "place", element.get("subtype", "toponym"), entity


def child(element: Element, name: str, kind: str = "") -> Element | None:
    """The first child of a name (and a type), or None."""
    return element.find(f"{{*}}{name}" + (f"[@type='{kind}']" if kind else ""))


def words_of(element: Element) -> str | None:
    """The text of an element that may be missing or empty."""
    return plain(element) or None if element is not None else None
