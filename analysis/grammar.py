"""Whether an edition is valid by the grammar in ``data/schema/``, and its faults in words.

The validator says yes or no; after trying every alternative its log blames an outer element. So the
faults are found by asking it about less and less: an element alone, its attributes alone, one of
them alone, each by the grammar's own patterns.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from analysis.tei import TEI, XML_ID, EditionError, Element, clipped, local, plain

RNG = "{http://relaxng.org/ns/structure/1.0}"
GRAMMAR = Path(__file__).parent.parent / "data" / "schema" / "session.rng"
#: Patterns that do not have to be met.
FREE = {RNG + name for name in ("optional", "choice", "zeroOrMore")}
#: What a type of data is called.
CALLED = {
    "NCName": "a name without blanks",
    "anyURI": "an address",
    "duration": "a duration such as P3M",
    "language": "a language such as en",
    "positiveInteger": "a whole number from 1",
}


@functools.cache
def grammar() -> etree.RelaxNG:
    """The RELAX NG grammar of editions."""
    return etree.RelaxNG(etree.parse(GRAMMAR))


@functools.cache
def grammar_tree() -> Element:
    """The grammar as a document, whose patterns are read."""
    return etree.parse(GRAMMAR).getroot()


def check_grammar(root: Element, path: Path) -> None:
    """Raise where the document is not valid, with every fault that can be told."""
    if not grammar().validate(root):
        known = elements_of(grammar_tree().find(RNG + "start"), "TEI")
        faults = list(faults_of(root, known)) or [(root, "the document as a whole")]
        raise EditionError.of_all(
            [
                EditionError(f"not valid by {GRAMMAR.name}: {fault}", path, element.sourceline)
                for element, fault in faults
            ],
            f"data/schema/{GRAMMAR.name} says what may stand where.",
        )


def faults_of(element: Element, known: list[Element]) -> Iterator[tuple[Element, str]]:
    """(element, fault) for an element and all that it holds; ``known`` are the patterns for it."""
    if any(alone(pattern).validate(element) for pattern in known):
        return
    if not known:
        yield element, f"<{local(element)}> is not an element of such editions"
        return
    tried = [list(faults_by(element, pattern)) for pattern in known]
    yield from min(tried, key=len)


def faults_by(element: Element, pattern: Element) -> Iterator[tuple[Element, str]]:
    """The faults of an element by one pattern, its own before those of what it holds."""
    name, told = f"<{local(element)}>", False
    for fault in attribute_faults(element, pattern):
        told = True
        yield element, f"{name}: {fault}"
    for child in element.iterchildren(etree.Element):
        known = elements_of(pattern, local(child))
        if child.tag != TEI + local(child):
            told = True
            yield child, f"<{local(child)}> is not an element of TEI"
        elif not known and not any_element(pattern):
            told = True
            anywhere = f"may not stand directly in {name}"
            if not any(local(child) in names(p) for p in grammar_tree().iter(RNG + "element")):
                anywhere = "is not an element of such editions"
            yield child, f"<{local(child)}> {anywhere}"
        elif known:
            for found in faults_of(child, known):
                told = True
                yield found
    if not told:
        yield element, content_fault(element, pattern)


def content_fault(element: Element, pattern: Element) -> str:
    """What is wrong with an element whose attributes and children are right, each by itself."""
    name = f"<{local(element)}>"
    inside = [node for node, _ in parts(pattern) if node.tag == RNG + "element"]
    if not inside:
        form = pattern.find(f".//{RNG}param")
        held = f"{name} holds “{clipped(plain(element))}”"
        return held + (f", not text of the form {form.text}" if form is not None else "")
    texts = (element.text, *(child.tail for child in element))
    loose = [text.strip() for text in texts if text and text.strip()]
    if loose and not any(node.tag == RNG + "mixed" for node in reached(pattern)):
        return f"the text “{clipped(loose[0])}” may not stand directly in {name}"
    there = {local(child) for child in element.iterchildren(etree.Element)}
    missing = [
        " or ".join(f"<{one}>" for one in names(node))
        for node, needed in parts(pattern)
        if needed and node.tag == RNG + "element" and not there & set(names(node))
    ]
    if missing:
        return f"{name} lacks {', '.join(missing)}"
    wanted = ", ".join(dict.fromkeys(f"<{one}>" for node in inside for one in names(node)))
    held = "is empty" if not there else "holds too few, too many or in another order"
    return f"{name} {held}: it is made of {wanted}"


# Patterns ---------------------------------------------------------------------------------------


def names(pattern: Element) -> list[str]:
    """The names that a pattern of an element is for; none where it is for any."""
    if name := pattern.get("name"):
        return [name]
    return [name.text or "" for name in pattern.findall(f"{RNG}choice/{RNG}name")]


def definition(reference: Element) -> Element:
    """What a reference of the grammar stands for."""
    return grammar_tree().find(f"{RNG}define[@name='{reference.get('name')}']")


def reached(pattern: Element) -> Iterator[Element]:
    """The patterns in a pattern, through references, but not inside its elements and attributes."""
    for node in pattern.iterchildren(etree.Element):
        if node.tag == RNG + "ref":
            yield from reached(definition(node))
        else:
            yield node
            if node.tag not in (RNG + "attribute", RNG + "element"):
                yield from reached(node)


def parts(pattern: Element, needed: bool = True) -> Iterator[tuple[Element, bool]]:
    """The attributes and elements directly in a pattern, each with whether it has to be there."""
    for node in pattern.iterchildren(etree.Element):
        if node.tag == RNG + "ref":
            yield from parts(definition(node), needed)
        elif node.tag in (RNG + "attribute", RNG + "element"):
            yield node, needed
        else:
            yield from parts(node, needed and node.tag not in FREE)


def elements_of(pattern: Element, name: str) -> list[Element]:
    """The patterns for elements of a name directly in a pattern."""
    return [n for n, _ in parts(pattern) if n.tag == RNG + "element" and name in names(n)]


def any_element(pattern: Element) -> bool:
    """Whether any element of TEI may stand directly in a pattern."""
    return any(n.tag == RNG + "element" and not names(n) for n, _ in parts(pattern))


def alone(pattern: Element) -> etree.RelaxNG:
    """A validator for the elements of a pattern, wherever they stand."""
    return validator(grammar_tree().getroottree().getpath(pattern))


@functools.cache
def validator(place: str) -> etree.RelaxNG:
    """A validator for documents that are of the pattern at this place of the grammar."""
    whole = copy.deepcopy(grammar_tree())
    pattern = copy.deepcopy(whole.getroottree().xpath(place)[0])
    whole.find(RNG + "start")[:] = [pattern]
    return etree.RelaxNG(whole)


# Attributes -------------------------------------------------------------------------------------


def attribute_faults(element: Element, pattern: Element) -> Iterator[str]:
    """What is wrong with an element's attributes by one pattern."""
    there = [(node, needed) for node, needed in parts(pattern) if node.tag == RNG + "attribute"]
    if any(node.get("name") is None for node, _ in there):  # any attribute at all
        return
    told = False
    for node, needed in there:
        if needed and name_in_lxml(node.get("name", "")) not in element.attrib:
            told = True
            yield f"{node.get('name')} is missing"
    for key, value in element.attrib.items():
        nodes = [node for node, _ in there if name_in_lxml(node.get("name", "")) == key]
        if not nodes:
            told = True
            yield f"it has no attribute {clipped(name_in_file(key))}"
        elif not any(valid({key: value}, [node]) for node in nodes):
            told = True
            yield f"{name_in_file(key)}={clipped(value)!r} is not {wanted(nodes)}"
    if not told and not valid(dict(element.attrib), attributes_only(pattern)):
        options = ", ".join(dict.fromkeys(node.get("name", "") for node, _ in there))
        given = ", ".join(map(name_in_file, element.attrib)) or "none"
        yield f"its attributes ({given}) do not make a whole; it may have {options}"


def name_in_lxml(name: str) -> str:
    """An attribute of the grammar as lxml names it."""
    return XML_ID.replace("}id", "}" + name[4:]) if name.startswith("xml:") else name


def name_in_file(key: str) -> str:
    """An attribute of lxml as a file names it."""
    return key.replace(XML_ID[: XML_ID.index("}") + 1], "xml:")


def valid(attributes: dict[str, str], patterns: list[Element]) -> bool:
    """Whether these attributes are right by these patterns of attributes."""
    start = etree.Element(RNG + "element", {"name": "x", "ns": ""})
    start.extend(copy.deepcopy(patterns) or [etree.Element(RNG + "empty")])
    whole = copy.deepcopy(grammar_tree())
    whole.find(RNG + "start")[:] = [start]
    return bool(etree.RelaxNG(whole).validate(etree.Element("x", attributes)))


def attributes_only(pattern: Element) -> list[Element]:
    """The patterns in a pattern, with nothing left in them but attributes."""
    kept = []
    for node in pattern.iterchildren(etree.Element):
        if node.tag == RNG + "attribute":
            kept.append(copy.deepcopy(node))
        elif node.tag == RNG + "ref":
            kept += attributes_only(definition(node))
        elif node.tag != RNG + "element" and (inside := attributes_only(node)):
            group = etree.Element(node.tag)
            group.extend(inside)
            kept.append(group)
    return kept


def wanted(patterns: list[Element]) -> str:
    """What an attribute may be, by its patterns."""
    said = [part for pattern in patterns for part in (*pattern.iter(), *reached(pattern))]
    said += [inside for part in said if part.tag == RNG + "list" for inside in reached(part)]
    values = [repr(part.text) for part in said if part.tag == RNG + "value"]
    forms = [f"of the form {part.text}" for part in said if part.tag == RNG + "param"]
    types = [
        CALLED.get(p.get("type", ""), "as it should be") for p in said if p.tag == RNG + "data"
    ]
    return " or ".join(dict.fromkeys(values or forms or types))
