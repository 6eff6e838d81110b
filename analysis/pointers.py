"""Whether what an edition says of itself can be so: its ids, pointers, names, categories, voices,
certainties and dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from analysis import edtf
from analysis.schema import DEMANDS, FUNCTIONS, KNOWING
from analysis.tei import TEI, XML_ID, EditionError, Element, ancestor, local, plain, pointed


class Fault(NamedTuple):
    """Something that cannot be so: the element, what is wrong with it, what to do about it."""

    element: Element
    what: str
    todo: str


#: What finds the faults of one kind in a document.
Finder = Callable[[Element], Iterator[Fault]]


POINTERS = (
    "who",
    "ref",
    "target",
    "resp",
    "source",
    "corresp",
    "assertedValue",
    "ana",
    "active",
    "passive",
    "from",
    "wit",
)


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
    ("certainty", "assertedValue"): {"person", "respStmt", "org"},
    ("annotation", "target"): {"said", "seg"},
    ("annotation", "ana"): {"category"},
    ("s", "ana"): {"category"},
    ("ptr", "target"): {"person", "org"},
    ("note", "corresp"): {"s", "sp", "u"},
    ("seg", "corresp"): {"said", "seg"},
    ("event", "corresp"): {"s"},
    ("relation", "active"): {"event", "s"},
    ("relation", "passive"): {"event", "s"},
    ("app", "from"): {"s"},
    ("lem", "wit"): {"witness"},
    ("rdg", "wit"): {"witness"},
    **{
        (name, "resp"): {"respStmt"} for name in ("div", "sp", "u", "certainty", "note", "supplied")
    },
}


#: What a pointer to a category is: how its id begins, and how it may go on.
CATEGORIES = {"annotation": ("knows-", KNOWING), "s": ("to-", FUNCTIONS)}


def check(root: Element, path: Path, finders: Iterable[Finder] | None = None) -> None:
    """Raise :class:`analysis.tei.EditionError` at the first fault that any of these finds, or of
    all of them: :data:`FINDERS`."""
    for finder in FINDERS if finders is None else finders:
        for element, what, todo in finder(root):
            raise EditionError(what, path, element.sourceline, todo)


def of_pointers(root: Element) -> Iterator[Fault]:
    """A duplicate id, a pointer to nothing, or one to a thing of the wrong kind."""
    targets: dict[str, Element] = {}
    for element in root.iter():
        name = element.get(XML_ID)
        if name in targets:
            first = targets[name].sourceline
            what = f"the id {name!r} stands twice, first in line {first}"
            yield Fault(element, what, "Ids are unique: rename one of the two.")
        elif name:
            targets[name] = element
    for element in root.iter():
        for attribute in POINTERS:
            for pointer in element.get(attribute, "").split():
                if pointer.startswith("#"):
                    target = targets.get(pointer[1:])
                    yield from of_pointer(element, attribute, pointer, target)


def of_pointer(
    element: Element, attribute: str, pointer: str, target: Element | None
) -> Iterator[Fault]:
    """A pointer to nothing, or to something that it may not point to."""
    name = local(element)
    kinds = KINDS.get((name, attribute))
    if (name, attribute) == ("certainty", "target"):
        kinds = {
            "@who": {"sp", "u"},
            "self::said/@who": {"said"},
            "@direct": {"said"},
        }.get(element.get("match", ""), {"s"})
    points = f"{attribute}={pointer!r} on <{name}> points to"
    if target is None:
        todo = f"Give something the id {pointer[1:]!r}, or mend the pointer."
        yield Fault(element, f"{points} nothing", todo)
    elif kinds and local(target) not in kinds:
        todo = f"It has to point to {' or '.join(f'<{kind}>' for kind in sorted(kinds))}."
        yield Fault(element, f"{points} a <{local(target)}>", todo)


def of_names(root: Element) -> Iterator[Fault]:
    """An empty name of an entry of the register."""
    for entry in root.iter(TEI + "person", TEI + "org", TEI + "place"):
        for name in entry.iterchildren(TEI + "persName", TEI + "orgName", TEI + "placeName"):
            if not plain(name):
                yield Fault(
                    name, f"<{local(name)}> holds no text", "Name whoever or whatever it is."
                )


def of_categories(root: Element) -> Iterator[Fault]:
    """A category of a passage or a sentence that the tables do not have."""
    for element in root.iter(TEI + "annotation", TEI + "s"):
        begins, ends = CATEGORIES[local(element)]
        known = [f"#{begins}{end}" for end in ends]
        for pointer in element.get("ana", "").split():
            if pointer not in known:
                what = f"ana={pointer!r} on <{local(element)}> is a category that no table has"
                yield Fault(element, what, f"It has to be {' or '.join(known)}.")


def of_voices(root: Element) -> Iterator[Fault]:
    """A voice that is told of what is no passage in somebody else's words, or is told twice."""
    said = (e for e in root.iter(TEI + "said") if ancestor(e, "sp", "u") is not None)
    segments = (e for e in root.iter(TEI + "seg") if e.get("type") in DEMANDS)
    passages = {element.get(XML_ID) for some in (said, segments) for element in some}
    known: dict[str, int] = {}
    for annotation in root.iter(TEI + "annotation"):
        target = annotation.get("target")
        if pointed(target) not in passages:
            what = f"target={target!r} on <annotation> is no passage in somebody else's words"
            kinds = f"a <said> of a speech, or a <seg> of type {', '.join(DEMANDS)}"
            yield Fault(annotation, what, f"It has to be {kinds}.")
        elif target in known:
            what = f"the voice of {target!r} is told twice, first in line {known[target]}"
            yield Fault(annotation, what, "Join the two.")
        else:
            known[target] = annotation.sourceline


def of_certainties(root: Element) -> Iterator[Fault]:
    """Two statements about whose a speech or a sentence is, by the same hand and as doubt or as
    confirmation."""
    known: dict[tuple[str, bool], int] = {}
    for element in root.iter(TEI + "certainty"):
        if "said" in (element.get("match", "") + element.get("assertedValue", "")) or (
            element.get("match") == "@direct"
        ):
            continue  # of a passage, not of a speaker
        whole = element.get("match") == "@who"
        pointers = element.get("target", "").split()
        if whole and len(pointers) != 1:
            what = "a certainty about @who is about one speech"
            yield Fault(element, what, "Write a <certainty> for each speech.")
        for pointer in pointers:
            key = pointer, whole or element.get("cert") == "high"
            if key in known:
                what = f"the certainty of {pointer!r} is stated twice, first in line {known[key]}"
                yield Fault(element, what, "Join the two.")
            else:
                known[key] = element.sourceline


def of_dates(root: Element) -> Iterator[Fault]:
    """A date that is none, such as the 31st of November."""
    for event in root.iter(TEI + "event"):
        try:
            edtf.bounds(event.get("when-custom"))
        except ValueError as error:
            what = f"when-custom={event.get('when-custom')!r} on <event>: {error}"
            yield Fault(event, what, "Write a time, an interval or limits in EDTF.")
    for element in root.iter(TEI + "date", TEI + "time"):
        for name in ("when", "from", "to", "notBefore", "notAfter"):
            value = element.get(name)
            try:
                value and datetime.fromisoformat(value if len(value) > 7 else f"{value}-01-01"[:10])
            except ValueError:
                what = f"{name}={value!r} on <{local(element)}> is no date"
                todo = "Write a year, a year and month, a day or a time as in ISO 8601."
                yield Fault(element, what, todo)


#: All of these, in the order in which they are asked.
FINDERS: tuple[Finder, ...] = (
    of_pointers,
    of_names,
    of_categories,
    of_voices,
    of_certainties,
    of_dates,
)
