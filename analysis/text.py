"""The reading text: an edition as HTML, each sentence with its number, each judgement with its
reason.

:func:`reading_text` is a layer of the document as it stands; what it points to is in
:mod:`analysis.register`.  A name in the text is a link to its entry, a question mark a link to a
reason, and both lead back: plain HTML, which reads without a style sheet and without a script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from markupsafe import Markup, escape

from analysis.alignment import EDITORIAL
from analysis.calls import for_readers
from analysis.citation import citation
from analysis.colours import colours
from analysis.edition import REFERENCES, bare_text
from analysis.errors import unknown
from analysis.layers import LAYERS
from analysis.page import TEMPLATES, Page, slug
from analysis.register import choice_entry, entry_of, who_is_who
from analysis.schema import DEMANDS
from analysis.session import Session
from analysis.tei import closed_up, id_of, kind_of, plain, pointed, sentence_of
from analysis.wording import name_of

__all__ = ["reading_text", "who_is_who"]

#: What can be lit in the text, by the class of its marks.
LIGHTS = {
    "person": "people",
    "organisation": "bodies",
    "place": "places",
    "date": "dates",
    "said": "other people’s words",
    "demand": "what others want, fear or speak of",
    "framing": "the words that introduce either",
    "hindsight": "what a note knows and the room could not",
    "short": "abbreviations",
}
UNSURE = ("medium", "low")  # what may be another; high certainty needs no mark
HTML: Any = TEMPLATES.get_template("text.html").module


@for_readers
def reading_text(session: Session, layer: str = "session") -> Page:
    """The text of a layer, to be read; above the session's stands what can be lit in it.

    Raises :class:`analysis.errors.AskError` for a layer that there is not.
    """
    if layer not in LAYERS:
        raise unknown("layer", layer, list(LAYERS))
    writer = Writer(session, layer)
    body = joined(map(writer.block, session.edition.find(LAYERS[layer].path)))
    about = (lights(session), reasons(session)) if layer == "session" else ()
    return Page(
        HTML.layer(layer, citation(session), body, *about), f"the text of the layer {layer}"
    )


def joined(parts: Iterator[str]) -> Markup:
    """Pieces of HTML, one after the other."""
    return Markup("").join(parts)


class Writer:
    """Writes the elements of one layer as HTML."""

    def __init__(self, session: Session, layer: str):
        self.session, self.layer = session, layer
        self.doubted = set(session.doubts.sentence)
        self.variants = set(session.variants.sentence)
        self.anchors = dict(zip(session.notes.note, session.notes.anchor))
        self.families: dict[int, list[str]] = {}  # at each character of the transcript
        for row in session.terms[session.terms.layer == layer].itertuples():
            for at in range(row.start, row.end):
                self.families.setdefault(at, []).append(slug(row.family))

    def block(self, element: etree._Element) -> Markup:
        """A division, speech, note, paragraph, heading or list."""
        name = etree.QName(element).localname
        if name in ("sp", "u"):
            return self.speech(element)
        if name in ("p", "head", "item"):
            return self.paragraph(element)
        if name == "note":
            return self.note(element)
        # nothing of a label, which is printed with the paragraph that follows
        return joined(map(self.block, element))

    def speech(self, element: etree._Element) -> Markup:
        """A speech with its speaker, and how we know him."""
        row = self.session.speeches.set_index("speech").loc[id_of(element)]
        who = row.speaker if isinstance(row.speaker, str) else "none"
        inferred = row.attribution == "inferred"
        how = "no label"
        if inferred:
            how = f"inferred by the {row.responsible}"
        elif isinstance(row.label, str):
            how = "labelled" if who != "none" else f"labelled “{row.label}”"
        return HTML.speech(
            row.name,
            row.attribution,
            colours(self.session)[who],
            name_of(self.session, who),
            how,
            HTML.question(f"why-{row.name}", "The speaker is inferred: why") if inferred else "",
            joined(map(self.block, element)),
        )

    def paragraph(self, element: etree._Element) -> Markup:
        """A paragraph with its number and, where one is printed, its label."""
        before = element.getprevious()
        labelled = before is not None and etree.QName(before).localname in ("speaker", "label")
        return HTML.paragraph(
            id_of(element),
            self.layer == "session",
            written(self.session, before) if labelled else "",
            [self.sentence(s) for s in element],
        )

    def note(self, element: etree._Element) -> Markup:
        """A note with its number, which leads back to where it hangs."""
        name, anchor = id_of(element), self.anchors.get(id_of(element))
        sentences = [self.sentence(s) for s in element.iter("{*}s")]
        return HTML.note(
            name, element.get("n"), sentences, anchor if isinstance(anchor, str) else ""
        )

    def sentence(self, element: etree._Element) -> Markup:
        """A sentence with its number, which is its address."""
        name, doubt = id_of(element), ""
        if name in self.doubted:
            doubt = HTML.question(f"why-{name}", f"Who says {name} may be doubted: why")
        other = ""
        if name in self.variants:
            other = HTML.witness(f"variants-{name}", f"{name} in Russian: where it reads otherwise")
        return HTML.sentence(name, self.inline(element), doubt, other)

    def inline(self, element: etree._Element, entry: str | None = None) -> Markup:
        """What stands in an element; ``entry`` is where its words lead."""
        at = self.session.edition.spans[element][0]
        parts = [self.words(element.text or "", at, entry)]
        at += len(element.text or "")
        for child in element:
            if child.tag not in EDITORIAL:
                parts.append(self.mark(child, entry))
                at = self.session.edition.spans[child][1]
            parts.append(self.words(child.tail or "", at, entry))
            at += len(child.tail or "")
        return joined(iter(parts))

    def words(self, text: str, at: int, entry: str | None) -> Markup:
        """Words that stand at a place of the edition's text, families of terms marked."""

        def families(offset: int) -> tuple[str, ...]:
            if text[offset].isspace():
                return ()
            place = self.session.edition.place(at + offset, at + offset + 1)[0]
            return tuple(self.families.get(place, ()))

        parts, start = [], 0
        for end in range(1, len(text) + 1):
            if end == len(text) or families(end) != families(start):
                part, marked = text[start:end], families(start)
                parts.append(HTML.term(marked, part) if marked else escape(part))
                start = end
        shown = joined(iter(parts))
        return HTML.entry(entry, shown) if entry and text.strip() else shown

    def mark(self, element: etree._Element, entry: str | None) -> Markup:
        """One element inside a sentence."""
        name = etree.QName(element).localname
        if name == "choice":
            short, meant = element[0], plain(element[1])
            inside = self.inline(short, entry or choice_entry(plain(short), meant))
            if etree.QName(short).localname == "abbr":
                return HTML.short(meant, inside)
            return HTML.marked("sic", inside)
        if name == "ref" and element.get("type") == "note":
            return HTML.noteref(pointed(element.get("target")))
        if name == "ref":
            return HTML.link(element.get("target", ""), self.inline(element))
        if name == "said":
            source = name_of(self.session, pointed(element.get("who")) or "none")
            whose = HTML.whose(id_of(element), source) if self.layer == "session" else ""
            return HTML.marked("said", self.inline(element, entry), whose)
        if name == "seg":
            return self.passage(element, entry)
        if name in REFERENCES:
            return self.name(element)
        if name in ("title", "foreign", "mentioned"):
            tag = "cite" if name == "title" else "em"
            return HTML.element(tag, self.inline(element, entry))
        return self.inline(element, entry)

    def passage(self, element: etree._Element, entry: str | None) -> Markup:
        """What others want, words that introduce others', or what only a later day could know."""
        kind, inside = element.get("type", ""), self.inline(element, entry)
        if kind not in DEMANDS:
            return HTML.marked("framing" if kind == "framing" else "hindsight", inside)
        return HTML.marked("demand", inside, HTML.whose(id_of(element), kind))

    def name(self, element: etree._Element) -> Markup:
        """A person, body, place or date, with a question mark where it may be doubted which."""
        kind, _, meant = kind_of(element)
        marked = HTML.marked(kind, self.inline(element, entry_of(kind, meant)))
        if element.get("cert") not in UNSURE or self.layer != "session":
            return marked
        form = written(self.session, element)
        return marked + HTML.question(
            f"unsure-{id_of(sentence_of(element))}", f"“{form}”: what is meant may be doubted"
        )


def written(session: Session, element: etree._Element) -> str:
    """An element's words as they are written."""
    return closed_up(bare_text(session.edition, element))


# What can be lit, and why -------------------------------------------------------------------------


def lights(session: Session) -> Markup:
    """Boxes to tick for all that is named, and for the families of terms that are mentioned."""
    mentioned = set(session.terms.family)
    families = [(slug(f), f) for f in session.lexicon.families if f in mentioned]
    return HTML.lights(list(LIGHTS.items()), families)


def reasons(session: Session) -> Markup | str:
    """Why a speaker is inferred or may be doubted, and why it may be doubted what is meant."""
    rows = [*why_inferred(session), *why_doubted(session), *why_unsure(session)]
    return HTML.reasons(rows) if rows else ""


Reason = tuple[str, str, str, str]  # its id, the sentence it is about, its head, its text


def why_inferred(session: Session) -> Iterator[Reason]:
    """Why each speaker is inferred who has no label."""
    first = session.sentences.dropna(subset="speech").drop_duplicates("speech")
    begins = dict(zip(first.speech, first.sentence))
    for note in session.edition.find(".//standOff/certainty"):
        if note.get("match") == "@who":
            speech = pointed(note.get("target"))
            yield f"why-{speech}", begins[speech], "The whole speech", plain(note)


def why_doubted(session: Session) -> Iterator[Reason]:
    """Why it may be doubted who says a sentence."""
    people = set(session.people.person)
    for row in session.doubts.itertuples():
        known = isinstance(row.candidate, str) and row.candidate in people
        other = f" {name_of(session, row.candidate)} may be meant." if known else ""
        head = f"Attribution: {row.certainty} certainty"
        yield f"why-{row.sentence}", row.sentence, head, row.reason + other


def why_unsure(session: Session) -> Iterator[Reason]:
    """Why it may be doubted who or what is meant in a sentence."""
    decisions: dict[str, list[str]] = {}
    for note in session.edition.find(".//standOff/note[@type='decision']"):
        for target in note.get("target").split():
            decisions.setdefault(pointed(target) or "", []).append(plain(note))
    for element in session.edition.find(LAYERS["session"].path + "//s"):
        named = element.iter(*(f"{{*}}{name}" for name in REFERENCES))
        names = [e for e in named if e.get("cert") in UNSURE]
        if not names:
            continue
        name = id_of(element) or ""
        forms = " and ".join(f"“{written(session, e)}”" for e in names)
        about = " ".join(decisions.get(name, ["The sentence alone does not settle what is meant."]))
        about = re.sub(r"#([a-z][\w-]*)", lambda pointer: name_of(session, pointer[1]), about)
        yield f"unsure-{name}", name, f"What is meant by {forms}", about
