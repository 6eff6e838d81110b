"""The reading text: an edition as HTML, each sentence with its number, each judgement with its reason.

:func:`reading_text` is a layer of the document as it stands, :func:`who_is_who` what the text points
to: people, bodies, places, dates, whose words are reported, what is short for what.  A name in the
text is a link to its entry, a question mark a link to a reason, and both lead back: plain HTML, which
reads without a style sheet and without a script.
"""

from __future__ import annotations

import datetime
import html
import re

from lxml import etree

from analysis.alignment import EDITORIAL
from analysis.chart import Page
from analysis.colours import colours
from analysis.edition import bare_text
from analysis.evidence import Evidence
from analysis.schema import LAYERS
from analysis.session import Session
from analysis.tei import closed_up, id_of, kind_of, plain, pointed, sentence_of
from analysis.wording import name_of

PATHS = {
    "archive": "text/front/div",
    "heading": "text/body/div[@type='heading']",
    "session": "text/body/div[@type='session']",
    "notes": "text/back/div",
}
#: What can be lit in the text, by the class of its marks.
LIGHTS = {
    "person": "people",
    "organisation": "bodies",
    "place": "places",
    "date": "dates",
    "said": "other people’s words",
    "short": "abbreviations",
}
WHERE = {
    "session": "in the session",
    "heading": "in the heading",
    "notes": "in the notes",
    "archive": "in the archive’s record",
}


def pair(choice) -> list:
    """What is printed and what it stands for, without an encoder's comments."""
    return list(choice.iterchildren(etree.Element))


def reading_text(session: Session, layer: str = "session") -> Page:
    """The text of a layer, to be read; above the session's stands what can be lit in it."""
    if layer not in PATHS:
        raise ValueError(f"no layer {layer!r}; there are: {', '.join(PATHS)}")
    body = "".join(map(Writer(session, layer).block, session.edition.find(PATHS[layer])))
    if layer == "session":
        body = lights(session) + body + reasons(session)
    return Page(
        f'<div class="text {layer}" data-citation="{html.escape(citation(session))}">{body}</div>',
        f"the text of the layer {layer}",
    )


def citation(session: Session) -> str:
    """How to cite the edition, from its header; a sentence is cited by adding its number."""

    def note(path: str) -> str:
        return session.edition.note(f"teiHeader/fileDesc/{path}")

    (edition,) = session.edition.find("teiHeader/fileDesc/editionStmt/edition") or [None]
    number, date = (
        (edition.get("n"), edition.find("{*}date")) if edition is not None else (None, None)
    )
    parts = [
        note("titleStmt/title"),
        number and f"edition {number}",
        date is not None and date.get("when", "")[:4],
    ]
    printed = " ".join(
        filter(None, (note(".//bibl/title"), note(".//bibl/biblScope[@unit='issue']")))
    )
    pages = note(".//bibl/biblScope[@unit='page']")
    source = [
        note(".//msIdentifier/repository").partition(" (")[0],
        note(".//msIdentifier/idno[@type='shelfmark']"),
    ]
    return (
        ", ".join(filter(None, parts))
        + "; of "
        + ", ".join(filter(None, source))
        + (f"; {printed}" if printed else "")
        + (f", pp. {pages}" if pages else "")
    )


class Writer:
    """Writes the elements of one layer as HTML."""

    def __init__(self, session: Session, layer: str):
        self.session, self.layer = session, layer
        self.doubted = set(session.doubts.sentence)
        self.anchors = dict(zip(session.notes.note, session.notes.anchor))
        self.families: dict[int, list[str]] = {}  # at each character of the transcript
        for row in session.terms[session.terms.layer == layer].itertuples():
            for at in range(row.start, row.end):
                self.families.setdefault(at, []).append(slug(row.family))

    def block(self, element) -> str:
        """A division, turn, note, paragraph, heading or list."""
        name = etree.QName(element).localname
        if name in ("sp", "u"):
            return self.turn(element)
        if name in ("p", "head", "item"):
            return self.paragraph(element)
        if name == "note":
            return self.note(element)
        if name in ("label", "speaker"):
            return ""  # printed with the paragraph that follows
        return "".join(map(self.block, element.iterchildren(etree.Element)))

    def turn(self, element) -> str:
        """A turn with its speaker, and how we know him."""
        row = self.session.speeches.set_index("speech").loc[id_of(element)]
        known = isinstance(row.speaker, str)
        who = name_of(self.session, row.speaker if known else "none")
        how = {"labelled": "labelled", "inferred": f"inferred by the {row.responsible}"}.get(
            row.attribution, "no label"
        )
        why = (
            question(f"why-{row.name}", "The speaker is inferred: why")
            if row.attribution == "inferred"
            else ""
        )
        return (
            f'<section class="speech {row.attribution}" id="{row.name}" aria-labelledby="{row.name}-who" '
            f'style="--speaker:{colours(self.session)[row.speaker if known else "none"]}">'
            f'<h3 class="speaker" id="{row.name}-who">{html.escape(who)} <small>{html.escape(how)}</small>{why}</h3>'
            f"{''.join(map(self.block, element.iterchildren(etree.Element)))}</section>"
        )

    def paragraph(self, element) -> str:
        """A paragraph with its number and, where one is printed, its label."""
        name, before = id_of(element), element.getprevious()
        label = (
            f'<b class="label">{html.escape(written(self.session, before))}</b> '
            if before is not None and etree.QName(before).localname in ("speaker", "label")
            else ""
        )
        number = (
            f'<a class="paragraph" href="#{name}">{name}</a> ' if self.layer == "session" else ""
        )
        return f'<p id="{name}">{number}{label}{" ".join(map(self.sentence, element.iterchildren(etree.Element)))}</p>'

    def note(self, element) -> str:
        """A note with its number, which leads back to where it hangs."""
        name, anchor = id_of(element), self.anchors.get(id_of(element))
        back = (
            f'<a class="back" href="#{anchor}" aria-label="Note {element.get("n")}: back to sentence {anchor}">↑ {anchor}</a>'
            if isinstance(anchor, str)
            else ""
        )
        return (
            f'<p class="note" id="{name}"><b class="label">{html.escape(element.get("n", name))}</b> '
            f"{' '.join(map(self.sentence, element.iter('{*}s')))} {back}</p>"
        )

    def sentence(self, element) -> str:
        """A sentence with its number, which is its address."""
        name = id_of(element)
        doubt = (
            question(f"why-{name}", f"Who says {name} may be doubted: why")
            if name in self.doubted
            else ""
        )
        return f'<span class="sentence" id="{name}"><a class="number" href="#{name}">{name}</a> {self.inline(element)}{doubt}</span>'

    def inline(self, element, entry: str | None = None) -> str:
        """What stands in an element; ``entry`` is where its words lead."""
        at = self.session.edition.spans[element][0]
        parts = [self.words(element.text or "", at, entry)]
        at += len(element.text or "")
        for child in element:
            if isinstance(child.tag, str) and child.tag not in EDITORIAL:
                parts.append(self.mark(child, entry))
                at = self.session.edition.spans[child][1]
            parts.append(self.words(child.tail or "", at, entry))
            at += len(child.tail or "")
        return "".join(parts)

    def words(self, text: str, at: int, entry: str | None) -> str:
        """Words that stand at a place of the edition's text, families of terms marked."""

        def families(offset: int) -> tuple[str, ...]:
            return (
                ()
                if text[offset].isspace()
                else tuple(
                    self.families.get(
                        self.session.edition.place(at + offset, at + offset + 1)[0], ()
                    )
                )
            )

        parts, start = [], 0
        for end in range(1, len(text) + 1):
            if end == len(text) or families(end) != families(start):
                part, marked = html.escape(text[start:end]), families(start)
                parts.append(
                    f'<span class="term {" ".join(f"t-{f}" for f in marked)}">{part}</span>'
                    if marked
                    else part
                )
                start = end
        shown = "".join(parts)
        return f'<a class="entry" href="#{entry}">{shown}</a>' if entry and text.strip() else shown

    def mark(self, element, entry: str | None) -> str:
        """One element inside a sentence."""
        name = etree.QName(element).localname
        if name == "choice":
            short, meant = pair(element)[0], plain(pair(element)[1])
            inside = self.inline(short, entry or choice_entry(plain(short), meant))
            return (
                f'<abbr class="short" data-full="{html.escape(meant)}">{inside}</abbr>'
                if etree.QName(short).localname == "abbr"
                else f'<span class="sic">{inside}</span>'
            )
        if name == "ref" and element.get("type") == "note":
            note = pointed(element.get("target"))
            return f'<sup><a class="noteref" href="#{note}" aria-label="note {note[1:]}">{note[1:]}</a></sup>'
        if name == "ref":
            return f'<a href="{html.escape(element.get("target", ""))}">{self.inline(element)}</a>'
        if name == "said":
            source = pointed(element.get("who"))
            whose = name_of(self.session, source or "none")
            lead = (
                f'<a class="whose" href="#{id_of(element)}">{html.escape(whose)}</a>'
                if self.layer == "session"
                else ""
            )
            return f'<span class="said">{self.inline(element, entry)}{lead}</span>'
        if name in ("persName", "orgName", "placeName", "rs", "date", "time"):
            kind, _, meant = kind_of(element)
            unsure = ""
            if element.get("cert") in ("medium", "low") and self.layer == "session":
                unsure = question(
                    f"unsure-{id_of(sentence_of(element))}",
                    f"“{written(self.session, element)}”: what is meant may be doubted",
                )
            return (
                f'<span class="{kind}">{self.inline(element, entry_of(kind, meant))}</span>{unsure}'
            )
        if name in ("title", "foreign", "mentioned"):
            tag = "cite" if name == "title" else "em"
            return f"<{tag}>{self.inline(element, entry)}</{tag}>"
        return self.inline(element, entry)


def slug(text: str) -> str:
    """A name that can stand in an address."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def entry_of(kind: str, entity: str | None) -> str:
    """Where a person, body, place or date has its entry."""
    return f"{kind}-{slug(entity or 'none')}"


def choice_entry(written: str, meant: str) -> str:
    """Where an abbreviation or a misprint has its entry."""
    return f"short-{slug(written)}-{slug(meant)}"


def written(session: Session, element) -> str:
    """An element's words as they are written."""
    return closed_up(bare_text(session.edition, element))


def question(target: str, says: str) -> str:
    """A small question mark that leads to a reason."""
    return f'<a class="why" href="#{target}" aria-label="{html.escape(says)}">?</a>'


# What can be lit ------------------------------------------------------------------------------------


def lights(session: Session) -> str:
    """Boxes to tick: what is ticked is lit in the text, by the style sheet alone."""

    def box(name: str, says: str) -> str:
        return f'<label><input type="checkbox" id="light-{name}"> {html.escape(says)}</label>'

    families = [f for f in session.lexicon.families if f in set(session.terms.family)]
    spoken = ",".join(f"body:has(#light-t-{slug(f)}:checked) .t-{slug(f)}" for f in families)
    named = ",".join(f"body:has(#light-{kind}:checked) .text .{kind}" for kind in LIGHTS)
    return (
        '<details class="lights"><summary>Light up in the text</summary>'
        f"<fieldset><legend>What is named</legend>{''.join(box(k, v) for k, v in LIGHTS.items())}</fieldset>"
        f"<fieldset><legend>What is spoken of</legend>{''.join(box(f't-{slug(f)}', f) for f in families)}</fieldset></details>"
        f"<style>{spoken}{{background:var(--mark,#f7e3a1);font-weight:700}}{named}{{border-bottom:var(--line,2px solid);background:var(--tint,#eee)}}"
        "body:not(:has(#light-said:checked)) .text .whose{display:none}</style>"
    )


# Why, and who is who --------------------------------------------------------------------------------


def reasons(session: Session) -> str:
    """Why a speaker is inferred or may be doubted, and why it may be doubted what is meant."""
    edition, rows = session.edition, []
    for note in edition.find(".//standOff/certainty"):
        if note.get("match") == "@who":
            speech = pointed(note.get("target"))
            rows.append(
                (f"why-{speech}", first_sentence(session, speech), "The whole turn", plain(note))
            )
    for row in session.doubts.itertuples():
        other = (
            f" {name_of(session, row.candidate)} may be meant."
            if isinstance(row.candidate, str) and row.candidate in set(session.people.person)
            else ""
        )
        rows.append(
            (
                f"why-{row.sentence}",
                row.sentence,
                f"Attribution: {row.certainty} certainty",
                row.reason + other,
            )
        )
    decisions: dict[str, list[str]] = {}
    for note in edition.find(".//standOff/note[@type='decision']"):
        decisions.setdefault(pointed(note.get("target")), []).append(plain(note))
    for element in edition.find(PATHS["session"] + "//s"):
        forms = [
            written(session, e)
            for e in element.iter(
                "{*}persName", "{*}orgName", "{*}placeName", "{*}rs", "{*}date", "{*}time"
            )
            if e.get("cert") in ("medium", "low")
        ]
        if forms:
            name = id_of(element)
            about = " ".join(
                decisions.get(name, ["The sentence alone does not settle what is meant."])
            )
            about = re.sub(r"#([a-z][\w-]*)", lambda pointer: name_of(session, pointer[1]), about)
            rows.append(
                (
                    f"unsure-{name}",
                    name,
                    "What is meant by " + " and ".join(f"“{f}”" for f in forms),
                    about,
                )
            )
    items = "".join(
        f'<div id="{name}"><dt><a href="#{to}">{to}</a> {html.escape(head)}</dt><dd>{html.escape(why)}</dd></div>'
        for name, to, head, why in rows
    )
    return (
        f'<details class="reasons"><summary>All question marks, with their reasons</summary><dl>{items}</dl></details>'
        if rows
        else ""
    )


def first_sentence(session: Session, speech: str) -> str:
    """The sentence with which a turn begins."""
    return session.sentences.sentence[session.sentences.speech == speech].iloc[0]


def who_is_who(session: Session) -> Page:
    """What the text points to: an entry for each person, body, place, date, reported passage and abbreviation."""
    mentions = session.mentions
    about = {
        id_of(e): " ".join(plain(n) for n in e.iterfind("{*}note"))
        for e in session.edition.find(".//person")
    }
    known = {
        kind: set(mentions.entity[mentions.kind == kind].dropna())
        for kind in ("person", "organisation", "place")
    }

    def entries(kind: str, frame, key: str):
        for row in (
            frame[frame[key].isin(known[kind])]
            .sort_values(
                "name", key=lambda names: names.str.split().str[-1] if kind == "person" else names
            )
            .itertuples()
        ):
            name = getattr(row, key)
            what = (
                about.get(name)
                if kind == "person"
                else row.kind.replace("-", " ").replace("other", "")
            )
            yield (
                entry_of(kind, name),
                row.name,
                sentence_case(what),
                where(session, kind=kind, entity=name),
            )

    people, bodies = (
        entries("person", session.people, "person"),
        entries("organisation", session.organisations, "organisation"),
    )
    places = [
        *entries("place", session.places, "place"),
        (
            entry_of("place", None),
            "no single place",
            "Meant by a generic word.",
            where(session, kind="place", entity="none"),
        ),
    ]
    dates = [
        (
            entry_of("date", value),
            date_in_words(value),
            "Written: " + ", ".join(f"“{f}”" for f in dict.fromkeys(group.form)) + ".",
            where(session, kind="date", entity=value),
        )
        for value, group in mentions[mentions.kind == "date"].groupby("entity")
    ]
    said = [
        (
            row.reported,
            name_of(session, row.source if isinstance(row.source, str) else "none"),
            f"{'In his or her own words' if row.direct else 'Reported'}: “{row.text}”.",
            f'<a href="#{row.sentence}">{row.sentence}</a>',
        )
        for row in session.reported.itertuples()
    ]
    short = {}
    for element in session.edition.root.find("{*}text").iter("{*}choice"):
        form, meant = map(plain, pair(element))
        kind = (
            ""
            if etree.QName(pair(element)[0]).localname == "abbr"
            else "Printed so in the transcript; to be read: "
        )
        short.setdefault(
            (form.lower(), meant), (choice_entry(form, meant), form, f"{kind}{meant}", "")
        )
    lists = {
        "People": people,
        "Bodies": bodies,
        "Places": places,
        "Dates and times": dates,
        "Other people’s words, in order": said,
        "Abbreviations and misprints": [short[key] for key in sorted(short)],
    }
    body = "".join(
        f"<h3>{title}</h3><dl>{''.join(map(entry, rows))}</dl>" for title, rows in lists.items()
    )
    return Page(f'<div class="text register">{body}</div>', "who is who")


def entry(row: tuple[str, str, str, str]) -> str:
    """One entry: its id, its name, what is said of it, and (as HTML) where it occurs."""
    name, title, says, places = row
    return f'<div id="{name}"><dt>{html.escape(title)}</dt><dd>{html.escape(says or "")} {places}</dd></div>'


def where(session: Session, **what: str) -> str:
    """How often something is mentioned in each layer, each number leading to its mentions."""
    found = [
        (WHERE[layer], Evidence.of("mentions", layer=layer, **what))
        for layer in ("session", *sorted(set(LAYERS) - {"session"}))
    ]
    counted = [(says, evidence, evidence.count(session)) for says, evidence in found]
    return ", ".join(
        f'<a href="{html.escape(e.address)}">{n}</a> {says}' for says, e, n in counted if n
    )


def date_in_words(value: str) -> str:
    """A date, time or duration of the edition as a reader writes it."""

    def one(text: str) -> str:
        day, _, clock = text.partition("T")
        parts = day.split("-")
        words = (
            parts[0]
            if len(parts) == 1
            else f"{datetime.date(int(parts[0]), int(parts[1]), 1):%B %Y}"
        )
        words = f"{int(parts[2])} {words}" if len(parts) == 3 else words
        return words + (f", {clock[:5]}" if clock else "")

    if value.startswith("P"):
        duration = re.fullmatch(r"P(\d+Y)?(\d+M)?(\d+D)?(?:T(\d+H)?(\d+M)?)?", value)
        units = ("years", "months", "days", "hours", "minutes")
        return (
            ", ".join(f"{part[:-1]} {unit}" for part, unit in zip(duration.groups(), units) if part)
            if duration
            else value
        )
    return " to ".join(map(one, value.split("/")))


def sentence_case(text: str | None) -> str:
    """Text that begins with a capital and ends with a full stop."""
    return text[:1].upper() + text[1:].rstrip(".") + "." if text else ""
