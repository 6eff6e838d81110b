"""Whether an edition is valid by the grammar in ``data/schema/``, and its faults in words."""

from __future__ import annotations

import copy
import functools
import re
from pathlib import Path

from lxml import etree

from analysis.tei import EditionError, local, plain

RNG = "{http://relaxng.org/ns/structure/1.0}"


GRAMMAR = Path(__file__).parent.parent / "data" / "schema" / "session.rng"


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
