"""Copies for a class: the document as it is printed, without what an editor has added.

A student's copy has the words of the transcript and the numbers of its sentences, nothing else: no
speaker where none is printed, no mark, no reason.  Whoever the speaker of an unlabelled speech may
be, the copy does not say; :func:`telling_notes` are the notes that do, and their numbers in the
text lead nowhere.  Lines to be sorted come without their senses and in no order.
"""

from __future__ import annotations

from typing import Any

from lxml import etree
from markupsafe import Markup, escape

from analysis.concordance import concordance
from analysis.edition import bare_text
from analysis.errors import AskError, unknown
from analysis.evidence import Evidence
from analysis.layers import LAYERS
from analysis.page import TEMPLATES, Page
from analysis.session import Session
from analysis.tei import id_of, pointed
from analysis.text import Writer, joined
from analysis.wording import joined as in_a_row

HTML: Any = TEMPLATES.get_template("copies.html").module


def student_copy(
    session: Session,
    layer: str = "session",
    *,
    first: str = "",
    last: str = "",
    telling: bool | None = None,
    beside: bool = False,
    notes_at: str = "",
) -> Page:
    """The text of a layer as a class gets it, from the sentence ``first`` to ``last``.

    ``telling`` keeps of the notes those that tell who speaks, or those that do not.  ``beside``
    sets beside each sentence the notes that hang there, without those that tell who speaks;
    ``notes_at`` is the page on which all notes stand, to which the numbers of the others lead;
    without one, no numbers of notes are printed.
    Raises ``AskError`` for a layer or a sentence that there is not.
    """
    if layer not in LAYERS:
        raise unknown("layer", layer, list(LAYERS))
    known = list(session.sentences.sentence[session.sentences.layer == layer])
    for name in filter(None, (first, last)):
        if name not in known:
            raise unknown(f"sentence of the layer {layer}", name, known)
    begin = known.index(first) if first else 0
    end = known.index(last) if last else len(known) - 1
    if known and begin > end:
        raise AskError(f"{first} stands after {last}: a copy runs from the first to the last")
    kept = set(known[begin : end + 1])
    if telling is not None:
        told = set(telling_notes(session))
        kept = {s for s in kept if (s.partition(".")[0] in told) == telling}
    writer = StudentWriter(session, layer, kept, beside, notes_at)
    body = joined(map(writer.block, session.edition.find(LAYERS[layer].path)))
    return Page(HTML.copy(layer, body), f"a student's copy of the layer {layer}")


def telling_notes(session: Session) -> list[str]:
    """The notes that name somebody to whom a speech without a label is given, in their order."""
    speeches, mentions = session.base.speeches, session.base.mentions
    inferred = set(speeches.speaker[speeches.attribution == "inferred"].dropna())
    named = mentions[(mentions.layer == "notes") & mentions.entity.isin(inferred)]
    note_of = {
        id_of(s): id_of(note)
        for note in session.edition.find(LAYERS["notes"].path + "//note")
        for s in note.iter("{*}s")
    }
    return [note for note in session.notes.note if note in {note_of.get(s) for s in named.sentence}]


def how_to_read(*, notes: bool) -> Page:
    """How the numbers of a copy are read; ``notes``: whether it has numbers of notes, too."""
    return Page(HTML.how(notes), "how a student's copy is read")


def where_others_are(session: Session, *, telling: bool) -> Page:
    """With the notes that tell who speaks, where they belong; with the others, when those come."""
    numbers = in_a_row([note[1:] for note in telling_notes(session)])
    return Page(HTML.others(telling, numbers), "where the other notes are")


def lines_to_sort(session: Session, family: str) -> Page:
    """The lines of a family of terms in the session, mixed, with room for their meaning."""
    evidence = Evidence.parse(f"terms family={family.replace(' ', '_')}")
    rows = concordance(session, evidence).assign(sense=list(evidence.rows(session).sense))
    most = rows.sense.nunique()
    for seed in range(1000):  # fixed, so that all copies are alike; sorted ones are passed over
        mixed = rows.sample(frac=1, random_state=seed)
        if (mixed.sense != mixed.sense.shift()).sum() > min(most, len(rows) - 1):
            break
    found = list(mixed[["sentence", "left", "keyword", "right"]].itertuples(index=False))
    return Page(HTML.to_sort(family, found), f"the lines of {family}, to be sorted")


class StudentWriter(Writer):
    """Writes the words of a layer and the numbers of its sentences."""

    def __init__(
        self, session: Session, layer: str, kept: set[str], beside: bool, notes_at: str
    ) -> None:
        super().__init__(session, layer)
        self.kept, self.notes_at = kept, notes_at
        self.open = set(session.notes.note) - set(telling_notes(session))
        self.beside = self.open if beside else set()

    def speech(self, element: etree._Element) -> Markup:
        """What is said; a label is printed with its paragraph."""
        return joined(map(self.block, element))

    def paragraph(self, element: etree._Element) -> Markup:
        """A paragraph with its label, where one is printed; nothing where no sentence is kept."""
        some = [s for s in element if id_of(s) in self.kept]
        if not some:
            return Markup("")
        before = element.getprevious()
        label = ""
        if before is not None and etree.QName(before).localname in ("speaker", "label"):
            label = " ".join(bare_text(self.session.edition, before).split())
        return HTML.paragraph(label, [self.sentence(s) for s in some])

    def note(self, element: etree._Element) -> Markup:
        """A note with its number."""
        name = id_of(element)
        some = [self.sentence(s) for s in element.iter("{*}s") if id_of(s) in self.kept]
        return HTML.note(name, element.get("n"), some) if some else Markup("")

    def sentence(self, element: etree._Element) -> Markup:
        """A sentence with its number, and the notes that hang in it where they are set beside."""
        notes = [
            note
            for ref in element.iter("{*}ref")
            if (note := pointed(ref.get("target")) or "") in self.beside
        ]
        aside = [(note[1:], self.session.notes.set_index("note").text[note]) for note in notes]
        return HTML.sentence(id_of(element), self.inline(element), aside)

    def words(self, text: str, at: int, entry: str | None) -> Markup:
        """Words as they are printed."""
        return escape(text)

    def mark(self, element: etree._Element, entry: str | None) -> Markup:
        """What is printed of an element inside a sentence."""
        name = etree.QName(element).localname
        if name == "choice":
            return self.inline(element[0])
        if name == "ref" and element.get("type") == "note":
            if not self.notes_at:
                return Markup("")
            note = pointed(element.get("target")) or ""
            return HTML.noteref(f"{self.notes_at}#{note}" if note in self.open else "", note[1:])
        if name in ("title", "foreign", "mentioned"):
            return HTML.element("cite" if name == "title" else "em", self.inline(element))
        return self.inline(element)
