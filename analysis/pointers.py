"""Whether what an edition says of itself can be so: its ids, pointers, names, categories, voices,
certainties and dates."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from analysis import edtf
from analysis.schema import DEMANDS, FUNCTIONS, KNOWING
from analysis.tei import TEI, XML_ID, EditionError, Element, ancestor, local, plain, pointed

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


def check_pointers(root: Element, path: Path) -> None:
    """Raise at a duplicate id, at a pointer to nothing, or at one to a thing of the wrong kind."""
    targets: dict = {}
    for element in root.iter():
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
    for element in root.iter():
        for attribute in POINTERS:
            for pointer in element.get(attribute, "").split():
                if pointer.startswith("#"):
                    check_pointer(element, attribute, pointer, targets.get(pointer[1:]), path)


def check_pointer(
    element: Element, attribute: str, pointer: str, target: Element | None, path: Path
) -> None:
    """Raise when a pointer points to nothing, or to something that it may not point to."""
    name = local(element)
    kinds = KINDS.get((name, attribute))
    if (name, attribute) == ("certainty", "target"):
        kinds = {
            "@who": {"sp", "u"},
            "self::said/@who": {"said"},
            "@direct": {"said"},
        }.get(element.get("match", ""), {"s"})
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


def check_names(root: Element, path: Path) -> None:
    """Raise where an entry of the register has an empty name."""
    for entry in root.iter(TEI + "person", TEI + "org", TEI + "place"):
        for name in entry.iterchildren(TEI + "persName", TEI + "orgName", TEI + "placeName"):
            if not plain(name):
                raise EditionError(
                    f"<{local(name)}> holds no text",
                    path,
                    name.sourceline,
                    "Name whoever or whatever it is.",
                )


def check_categories(root: Element, path: Path) -> None:
    """Raise where a passage or a sentence is of a category that the tables do not have."""
    for element in root.iter(TEI + "annotation", TEI + "s"):
        begins, ends = CATEGORIES[local(element)]
        known = [f"#{begins}{end}" for end in ends]
        for pointer in element.get("ana", "").split():
            if pointer not in known:
                raise EditionError(
                    f"ana={pointer!r} on <{local(element)}> is a category that no table has",
                    path,
                    element.sourceline,
                    f"It has to be {' or '.join(known)}.",
                )


def check_voices(root: Element, path: Path) -> None:
    """Raise where a voice is told of what is no passage in somebody else's words, or is told
    twice."""
    said = (e for e in root.iter(TEI + "said") if ancestor(e, "sp", "u") is not None)
    segments = (e for e in root.iter(TEI + "seg") if e.get("type") in DEMANDS)
    passages = {element.get(XML_ID) for some in (said, segments) for element in some}
    known: dict = {}
    for annotation in root.iter(TEI + "annotation"):
        target = annotation.get("target")
        if pointed(target) not in passages:
            raise EditionError(
                f"target={target!r} on <annotation> is no passage in somebody else's words",
                path,
                annotation.sourceline,
                f"It has to be a <said> of a speech, or a <seg> of type {', '.join(DEMANDS)}.",
            )
        if target in known:
            raise EditionError(
                f"the voice of {target!r} is told twice, first in line {known[target]}",
                path,
                annotation.sourceline,
                "Join the two.",
            )
        known[target] = annotation.sourceline


def check_certainties(root: Element, path: Path) -> None:
    """Raise where two statements are made about whose a speech or a sentence is, by the same hand
    and as doubt or as confirmation."""
    known: dict = {}
    for element in root.iter(TEI + "certainty"):
        if "said" in (element.get("match", "") + element.get("assertedValue", "")) or (
            element.get("match") == "@direct"
        ):
            continue  # of a passage, not of a speaker
        whole = element.get("match") == "@who"
        pointers = element.get("target", "").split()
        if whole and len(pointers) != 1:
            raise EditionError(
                "a certainty about @who is about one speech",
                path,
                element.sourceline,
                "Write a <certainty> for each speech.",
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


def check_dates(root: Element, path: Path) -> None:
    """Raise at a date that is none, such as the 31st of November."""
    for event in root.iter(TEI + "event"):
        try:
            edtf.bounds(event.get("when-custom"))
        except ValueError as error:
            raise EditionError(
                f"when-custom={event.get('when-custom')!r} on <event>: {error}",
                path,
                event.sourceline,
                "Write a time, an interval or limits in EDTF.",
            ) from None
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


#: All of these, in the order in which they are asked.
CHECKS = (
    check_pointers,
    check_names,
    check_categories,
    check_voices,
    check_certainties,
    check_dates,
)
