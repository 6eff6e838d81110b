"""The reading text: an edition as HTML, each sentence with its number, each judgement with its reason."""

from __future__ import annotations

import html

from lxml import etree

from analysis.edition import XML_ID, pointed
from analysis.measures import name_of
from analysis.session import Session

KINDS = {"persName": "person", "orgName": "organisation", "placeName": "place", "rs": "place", "date": "date", "time": "date", "said": "said"}


class Text:
    """One layer of the document as HTML, for a page."""

    def __init__(self, session: Session, layer: str):
        self.session, self.layer = session, layer
        self.doubts = dict(zip(session.doubts.sentence, session.doubts.reason))

    def __repr__(self) -> str:
        return f"the text of the layer {self.layer}"

    def _repr_html_(self) -> str:
        paths = {"archive": "text/front/div", "heading": "text/body/div[@type='heading']",
                 "session": "text/body/div[@type='session']", "notes": "text/back/div"}
        return f'<div class="text {self.layer}">{"".join(map(self.block, self.session.edition.find(paths[self.layer])))}</div>'

    def block(self, element) -> str:
        """A division, turn, note, paragraph, heading or list."""
        name = etree.QName(element).localname
        if name in ("sp", "u"):
            return self.turn(element)
        if name in ("p", "head", "item"):
            return f'<p id="{element.get(XML_ID)}">{" ".join(self.sentence(s) for s in element)}</p>'
        if name == "note":
            anchor = self.session.notes.set_index("note").anchor.get(element.get(XML_ID))
            inside = " ".join(self.sentence(s) for s in element.iter("{*}s"))
            return (f'<p class="note" id="{element.get(XML_ID)}"><a href="#{anchor}" aria-label="Note {element.get("n")}: back to {anchor}">'
                    f'{element.get("n")}</a> {inside}</p>')
        if name in ("label", "speaker"):
            return ""
        return "".join(map(self.block, element))

    def turn(self, element) -> str:
        """A turn with its speaker, and how we know him."""
        row = self.session.speeches.set_index("speech").loc[element.get(XML_ID)]
        who = name_of(self.session, row.speaker) if isinstance(row.speaker, str) else "nobody named"
        how = f"labelled “{row.label}”" if isinstance(row.label, str) else f"no label; {row.attribution} by the {row.responsible}"
        return (f'<section class="speech {row.attribution}" id="{element.get(XML_ID)}" aria-label="{html.escape(who)}">'
                f'<p class="speaker">{html.escape(who)} <small>{html.escape(how)}</small></p>{"".join(map(self.block, element))}</section>')

    def sentence(self, element) -> str:
        """A sentence with its number, which is its address."""
        name, reason = element.get(XML_ID), self.doubts.get(element.get(XML_ID))
        doubt = f' <span class="doubt" title="{html.escape(reason)}">doubted<span class="why">: {html.escape(reason)}</span></span>' if reason else ""
        return f'<span class="sentence" id="{name}"><a class="number" href="#{name}">{name}</a> {self.inline(element)}{doubt}</span>'

    def inline(self, element) -> str:
        """What stands in a sentence, with what the edition knows of it."""
        parts = [html.escape(element.text or "")]
        for child in element:
            if isinstance(child.tag, str):
                parts.append(self.mark(child))
            parts.append(html.escape(child.tail or ""))
        return "".join(parts)

    def mark(self, element) -> str:
        """One element inside a sentence."""
        name = etree.QName(element).localname
        if name == "choice":
            plain, meant = element[0], "".join(element[1].itertext())
            kind = "abbr" if etree.QName(plain).localname == "abbr" else "span class=\"sic\""
            return f'<{kind} title="{html.escape(meant)}">{html.escape(plain.text)}</{kind.split()[0]}>'
        if name == "milestone":
            return " "
        if name == "ref" and element.get("type") == "note":
            note = pointed(element.get("target"))
            return f'<sup><a class="noteref" href="#{note}" aria-label="note {note[1:]}">{note[1:]}</a></sup>'
        if name in KINDS:
            who = pointed(element.get("ref") or element.get("who"))
            title = name_of(self.session, who) if who else element.get("when") or element.get("dur") or element.get("subtype") or ""
            return f'<span class="{KINDS[name]}" title="{html.escape(title)}">{self.inline(element)}</span>'
        if name == "title":
            return f"<cite>{self.inline(element)}</cite>"
        if name in ("foreign", "mentioned"):
            return f"<em>{self.inline(element)}</em>"
        return self.inline(element)


def reading_text(session: Session, layer: str = "session") -> Text:
    """The text of a layer, to be read."""
    return Text(session, layer)
