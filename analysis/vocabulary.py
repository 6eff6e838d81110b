"""What is known to a session, so that a misspelt name is told from a nought.

A value that the register, the lexicon, the ids or the schema could know and do not is an error; a
word that nobody says, or a known name that no row has, is a nought.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from analysis.columns import column
from analysis.errors import AskError, unknown
from analysis.schema import COUNTS, LAYERS
from analysis.session import Session

#: Columns of free text: whatever they do not hold is a nought.
OPEN = {
    "abbreviation",
    "about",
    "difference",
    "expansion",
    "form",
    "label",
    "name",
    "norm",
    "reason",
    "role",
}
#: Closed columns: what they can hold, whether or not an edition has it.
CLOSED = {
    "attribution": ("labelled", "inferred", "unattributed"),
    "certainty": ("certain", "high", "medium", "low"),
    "direct": ("True", "False"),
    "layer": LAYERS,
    "standing": ("labelled", "inferred", "doubted", "unattributed"),
    "taking_part": ("True", "False"),
    "written": ("full", "abbreviated"),
}
#: What is mentioned, and how; other tables have kinds and types of their own.
OF_MENTIONS = {
    "kind": ("person", "organisation", "place", "date"),
    "type": (
        *("toponym", "adjective", "demonym", "institution", "generic"),
        *("date", "time", "duration"),
    ),
}
#: A date or a duration as an edition writes it: one that nobody names is a nought.
DATE = re.compile(r"\d{4}(-\d\d){0,2}([T/].*)?|--.*|P\w+|\d\d:\d\d.*")
#: What to do about a value that there is not, by column.
TODO = {
    "family": "A word that is no family is asked with ask(session, …), or python -m analysis ask.",
    "sense": "Senses are written in the lexicon.",
    "word": "Here is asked for a word's id, such as s1.w1; for a word ask norm=…, or ask(session, …).",
}


def check_value(session: Session, table: str, name: str, value: str) -> None:
    """Raise an :class:`analysis.errors.AskError` for a value that the column cannot have."""
    if name in OPEN or value == "none":
        return
    if name in COUNTS:
        if not re.fullmatch(r"-?\d+", value):
            raise AskError(f"{table} are counted by {name}: “{value}” is no whole number.")
        return
    if name == "entity" and DATE.fullmatch(value):
        return
    known = vocabulary(session, table, name)
    if value not in known:
        raise unknown(f"{name} of {table}", value, known, TODO.get(name, ""))


def vocabulary(session: Session, table: str, name: str) -> Mapping[str, str]:
    """The values that a column can have, whether or not a row has them, each with what it is called."""
    base = session.base
    return base.once(("vocabulary", table, name), lambda: collected(base, table, name))


def collected(base: Session, table: str, name: str) -> dict[str, str]:
    """See :func:`vocabulary`."""
    people = dict(zip(base.people.person, base.people.name))
    bodies = dict(zip(base.organisations.organisation, base.organisations.name))
    places = dict(zip(base.places.place, base.places.name))
    families = base.lexicon.families.values()
    apart = [f"{f.name} ({s.name})" for f in families for s in f.senses if s.phrases]
    closed = {**CLOSED, **(OF_MENTIONS if table == "mentions" else {})}
    registers = {
        "speaker": people,
        "person": people,
        "candidate": people,
        "source": {**people, **bodies},
        "organisation": bodies,
        "place": places,
        "entity": {**people, **bodies, **places},
    }
    if name in registers:
        known = dict(registers[name])
    elif name == "family":
        known = {f: f for f in [*(f.name for f in families), *apart]}
    elif name == "sense":
        known = {s.name: s.name for f in families for s in f.senses}
    else:
        known = {value: value for value in closed.get(name, ())}
    own = {value: value for value in column(base, table, name) if value != "none"}
    return {**own, **known}
