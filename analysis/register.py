"""Who is who: an entry for everything that the reading text points to.

People (who each was is told by :mod:`analysis.lives`), bodies, places, dates, whose words are
reported, what is short for what, each with the number of its mentions in each layer, which leads
to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pandas as pd
from lxml import etree
from markupsafe import Markup, escape

from analysis.calls import for_readers
from analysis.evidence import Evidence
from analysis.layers import LAYERS
from analysis.lives import Life, linked, lives, sentence_case
from analysis.page import Page, render, slug
from analysis.readings import Reading
from analysis.session import Session
from analysis.tei import id_of, plain
from analysis.wording import name_of


class Entry(NamedTuple):
    """An entry: its id, its name, what is said of it, and where it stands (how often, where,
    address)."""

    id: str
    name: str
    says: str
    places: list[tuple[int | str, str, str]]


@for_readers
def who_is_who(session: Session) -> Page:
    """What the text points to: people, bodies, places, dates, reported passages, abbreviations."""
    lists = {
        "People": people(session),
        "Bodies": bodies_or_places(session, "organisation"),
        "Places": [*bodies_or_places(session, "place"), *no_single_place(session)],
        "Dates and times": dates(session),
        "Other people’s words, in order": reported(session),
        "What others want, fear or speak of, in order": demanded(session),
        "The Russian, where it was read and reads otherwise": variants(session),
        "Abbreviations and misprints": short_for(session),
    }
    return Page(render("register.html", lists=lists), "who is who")


# Where an entry stands --------------------------------------------------------------------------


def entry_of(kind: str, entity: str | None) -> str:
    """Where a person, body, place or date has its entry."""
    return f"{kind}-{slug(entity or 'none')}"


def choice_entry(written: str, meant: str) -> str:
    """Where an abbreviation or a misprint has its entry."""
    return f"short-{slug(written)}-{slug(meant)}"


# What stands in it ------------------------------------------------------------------------------


def people(session: Session) -> list[Entry]:
    """Everybody who is named, by surname, with who he was on the day; what the edition notes where
    nothing else is known, or where it is about his name in the text."""
    known = lives(session)
    about = {
        id_of(e): " ".join(
            plain(n)
            for n in e.iterfind("{*}note")
            if id_of(e) not in known or not (n.get("source") or n.get("type"))
        )
        for e in session.edition.find(".//person")
    }
    order = mentioned(session, session.people, "person").sort_values(
        "name", key=lambda names: names.str.split().str[-1]
    )
    return [
        entry(session, "person", row.person, about.get(row.person, ""), known.get(row.person))
        for row in order.itertuples()
    ]


def bodies_or_places(session: Session, kind: str) -> list[Entry]:
    """The bodies or the places that are named, by name, each with its kind."""
    frame = session.organisations if kind == "organisation" else session.places
    return [
        entry(session, kind, getattr(row, kind), row.kind.replace("-", " ").replace("other", ""))
        for row in mentioned(session, frame, kind).sort_values("name").itertuples()
    ]


def mentioned(session: Session, frame: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The rows of a register that the document mentions."""
    mentions = session.mentions
    return frame[frame[kind].isin(mentions.entity[mentions.kind == kind])]


def entry(session: Session, kind: str, entity: str, says: str, life: Life | None = None) -> Entry:
    """The entry of somebody or something in the register."""
    found = where(session, kind=kind, entity=entity)
    text = sentence_case(says)
    if life:
        text = linked(life.brief) + Markup(f" {escape(text)}" if text else "")
    return Entry(entry_of(kind, entity), name_of(session, entity), text, found)


def no_single_place(session: Session) -> list[Entry]:
    """The entry of what is meant by a generic word, if there is such."""
    found = where(session, kind="place", entity="none")
    name = entry_of("place", None)
    return [Entry(name, "no single place", "Meant by a generic word.", found)] if found else []


def dates(session: Session) -> list[Entry]:
    """Each date, time or duration, with the forms in which it is written."""
    mentions = session.mentions
    return [
        Entry(
            entry_of("date", value),
            name_of(session, value),
            "Written: " + ", ".join(f"“{f}”" for f in dict.fromkeys(group.form)) + ".",
            where(session, kind="date", entity=value),
        )
        for value, group in mentions[mentions.kind == "date"].groupby("entity")
    ]


def reported(session: Session) -> list[Entry]:
    """Each passage in other people's words, with whose it is."""
    return of_others(
        session,
        (
            (row, row.reported, "In his or her own words" if row.direct else "Reported")
            for row in session.reported.itertuples()
        ),
    )


def demanded(session: Session) -> list[Entry]:
    """Each demand, aim, wish, fear or topic of somebody else, with whose it is."""
    rows = session.demands.itertuples()
    return of_others(session, ((row, row.demand, row.kind.capitalize()) for row in rows))


def of_others(session: Session, told: Iterable[tuple[Any, str, str]]) -> list[Entry]:
    """Passages that are somebody else's, each row with its id and what kind of passage it is."""
    return [
        Entry(
            name,
            name_of(session, row.source if isinstance(row.source, str) else "none"),
            f"{kind}: “{row.text}”.",
            [(row.sentence, "", f"#{row.sentence}")],
        )
        for row, name, kind in told
    ]


def variants(session: Session) -> list[Entry]:
    """What the second witness reads otherwise, sentence by sentence."""
    return [
        Entry(
            f"variants-{name}",
            name,
            Markup("<br>").join(map(one_variant, rows.itertuples())),
            [("back to it", "", f"#{name}")],
        )
        for name, rows in session.variants.groupby("sentence", sort=False)
    ]


def one_variant(row: Any) -> str:
    """A variant in words: what stands here, what stands there, why it matters."""
    here = f"“{row.english}”" if isinstance(row.english, str) else "Nothing here"
    gloss = f" (“{row.gloss}”)" if isinstance(row.gloss, str) else ""
    there = f"{row.other}{gloss}" if isinstance(row.other, str) else "nothing"
    return f"{here}; in Russian: {there.rstrip('.')}. {row.reason}"


def short_for(session: Session) -> list[Entry]:
    """Each abbreviation and misprint, with what it stands for."""
    found: dict[tuple[str, str], Entry] = {}
    for element in session.edition.root.find("{*}text").iter("{*}choice"):
        form, meant = map(plain, element)
        misprint = etree.QName(element[0]).localname != "abbr"
        says = ("Printed so in the transcript; to be read: " if misprint else "") + meant
        found.setdefault((form.lower(), meant), Entry(choice_entry(form, meant), form, says, []))
    return [found[key] for key in sorted(found)]


def where(session: Session, **what: str) -> list[tuple[int | str, str, str]]:
    """How often something is mentioned in each layer, with the address of its mentions."""

    def counted() -> Iterator[tuple[int | str, str, str]]:
        for layer in ("session", *sorted(set(LAYERS) - {"session"})):
            evidence = Evidence.checked("mentions", {"layer": layer, **what}, Reading())
            if number := evidence.count(session):
                yield number, LAYERS[layer].where, evidence.address

    return list(counted())
