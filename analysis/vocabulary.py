"""What is known to a session, so that a misspelt name is told from a nought.

A value that the register, the lexicon, the ids or the schema could know and do not is an error; a
word that nobody says, or a known name that no row has, is a nought.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from analysis.columns import column
from analysis.errors import AskError, unknown
from analysis.schema import REGISTER, TABLES, column_of
from analysis.session import Session

#: A date or a duration as an edition writes it: one that nobody names is a nought.
DATE = re.compile(r"\d{4}(-\d\d){0,2}([T/].*)?|--.*|P\w+|\d\d:\d\d.*")
#: What to do about a value that there is not, by column.
TODO = {
    "family": "They are the lexicon's, some with one sense apart in brackets; all by name: "
    "list(session.lexicon.families). A word that is no family is asked with ask(session, …), or "
    "python -m analysis ask.",
    "sense": "Senses are written in the lexicon.",
    "word": "Here is asked for a word's id, as s1.w1; for a word ask norm=…, or ask(session, …).",
}


def check_value(session: Session, table: str, name: str, value: str) -> None:
    """Raise an :class:`analysis.errors.AskError` for a value that the column cannot have."""
    stated = column_of(table, name)
    if stated.open or value == "none":
        return
    if stated.type in ("integer", "number"):
        if not re.fullmatch(r"-?\d+" if stated.type == "integer" else r"-?\d+(\.\d+)?", value):
            raise AskError(f"{table} are counted by {name}: “{value}” is no number.")
        return
    if name == "entity" and DATE.fullmatch(value):
        return
    known = vocabulary(session, table, name)
    if value not in known:
        raise unknown(f"{name} of {table}", value, known, TODO.get(name, ""))


def vocabulary(session: Session, table: str, name: str) -> Mapping[str, str]:
    """The values that a column can have, whether or not a row has them, each with what it is
    called.
    """
    base = session.base
    return base.once(("vocabulary", table, name), lambda: collected(base, table, name))


def collected(base: Session, table: str, name: str) -> dict[str, str]:
    """See :func:`vocabulary`."""
    stated = column_of(table, name)
    known = {value: value for value in stated.values}
    for names in stated.of:
        known |= names_of(base, names)
    there = {value: value for value in column(base, table, name) if value != "none"}
    return known | {value: value for value in there if value not in known}


def names_of(base: Session, names: str) -> dict[str, str]:
    """The ids of a register, or the names of the lexicon, each with what it is called."""
    families = base.lexicon.families.values()
    if names == "families":
        apart = [f"{f.name} ({s.name})" for f in families for s in f.senses if s.phrases]
        return {name: name for name in [*(f.name for f in families), *apart]}
    if names == "senses":
        return {sense.name: sense.name for family in families for sense in family.senses}
    if names in REGISTER:
        frame = base.table(names)
        return dict(zip(frame[TABLES[names].key], frame.name))
    return {}  # the ids of sentences and speeches are what the column has
