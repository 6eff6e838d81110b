"""What a table and a column are, closed values, and the columns that tables share."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.layers import LAYERS

ATTRIBUTIONS = ("labelled", "inferred", "unattributed")
#: How sure it is whose words a row holds: its speech's attribution, or that it may be doubted.
STANDINGS = ("labelled", "inferred", "doubted", "unattributed")
CERTAINTIES = ("certain", "high", "medium", "low")
KINDS = ("person", "organisation", "place", "date")
PLACE_TYPES = ("toponym", "adjective", "demonym", "institution", "generic")
DATE_TYPES = ("date", "time", "duration")
WRITTEN = ("full", "abbreviated")
REGISTER = ("people", "organisations", "places")

#: What a type of the data package is in pandas.
DTYPES = {"string": "str", "integer": "int64", "number": "float64", "boolean": "bool"}


@dataclass(frozen=True)
class Column:
    """A column: its name, what it means, and what can stand in it.

    ``type`` is a key of :data:`DTYPES`.  ``of`` are the tables whose rows its values name (or
    ``families`` or ``senses`` of the lexicon, or the ``hands`` of the header).  ``values`` are all
    that it can hold beside nothing, where they are few and fixed.  An ``open`` one holds words:
    one that no row has is no unknown name.
    """

    name: str
    meaning: str
    type: str = "string"
    of: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    open: bool = False


@dataclass(frozen=True)
class Table:
    """A table: its name, what a row is, its columns in their order, and which of them is its key.

    ``counts`` are the tables whose rows it counts: a reading that changes those makes it again.
    ``given`` is the order in which its maker gives the columns.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: str | None
    counts: frozenset[str]
    given: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """The names of its columns."""
        return [column.name for column in self.columns]

    def __getitem__(self, name: str) -> Column:
        """The column of that name; ``KeyError`` where there is none."""
        return {column.name: column for column in self.columns}[name]


def words(name: str, meaning: str) -> Column:
    """An open column."""
    return Column(name, meaning, open=True)


def whole(name: str, meaning: str) -> Column:
    """A column of whole numbers."""
    return Column(name, meaning, "integer")


def flag(name: str, meaning: str) -> Column:
    """A column of yes or no."""
    return Column(name, meaning, "boolean", values=("True", "False"))


DEGREES = "degrees, WGS 84; good to about 6 km for a town, the centroid of a country"
#: The columns that tables have, by name.  A table may have one of the same name of its own.
SHARED = {
    column.name: column
    for column in (
        # where a row stands, and whose it is
        Column("layer", f"{', '.join([*LAYERS][:-1])} or {[*LAYERS][-1]}", values=tuple(LAYERS)),
        Column("sentence", "id of the sentence", of=("sentences",)),
        Column("speech", "id of the speech", of=("speeches",)),
        Column("speaker", "id of the speaker", of=("people",)),
        Column("standing", "how sure it is whose words they are", values=STANDINGS),
        Column("paragraph", "id of the paragraph, heading or item of a list"),
        whole("start", "place in the transcript, 0-based, in characters"),
        whole("end", "place in the transcript after the last character"),
        # what it says
        words("form", "as written"),
        words("norm", "lower case, abbreviations expanded"),
        words("text", "on one line, references to notes left out"),
        # who speaks, and who says so
        words("label", "the speaker's label as printed, without its colon or dash"),
        Column("attribution", "labelled, inferred or unattributed", values=ATTRIBUTIONS),
        Column("certainty", "certain, high, medium or low", values=CERTAINTIES),
        Column("responsible", "whose judgement: id of a hand", of=("hands",)),
        Column("candidate", "another speaker to be thought of, or a hand", of=("people", "hands")),
        words("reason", "why, in words"),
        Column("source", "id of the person or body whose words they are", of=REGISTER[:2]),
        flag("direct", "given as his or her own wording"),
        # what is meant
        Column("entity", "id in the register; of a date, its ISO value", of=REGISTER),
        Column("family", "family of terms", of=("families",)),
        Column("written", "full or abbreviated", values=WRITTEN),
        Column("sense", "sense, as the lexicon names it", of=("senses",)),
        words("abbreviation", "as written"),
        words("expansion", "as the sentence calls for; empty where it is not known"),
        Column("anchor", "sentence that the note hangs on", of=("sentences",)),
        # the register
        words("name", "name, with its accents"),
        Column("kind", "which kind of body or place"),
        flag("taking_part", "listed as taking part"),
        words("role", "as the document lays it out"),
        Column("latitude", DEGREES, "number"),
        Column("longitude", DEGREES, "number"),
        words("wikidata", "identifier in Wikidata"),
        words("geonames", "identifier in GeoNames"),
        # how many
        whole("sentences", "number of sentences"),
        whole("words", "number of words"),
        whole("speeches", "number of speeches"),
        whole("mentions", "number of mentions"),
        # the ids of rows
        Column("word", "id of the word"),
        Column("doubt", "id of the doubt"),
        Column("mention", "id of the mention"),
        Column("reported", "id of the passage"),
        Column("note", "id of the note", of=("notes",)),
        Column("person", "id", of=("people",)),
        Column("organisation", "id", of=("organisations",)),
        Column("place", "id", of=("places",)),
    )
}


def declare(
    name: str,
    meaning: str,
    columns: str,
    *own: Column,
    key: str | None = None,
    counts: str = "",
    order: str = "",
) -> Table:
    """A table from the names of its columns: its ``own``, else those that tables share.

    ``columns`` are in the order in which the maker of the table gives them; ``order`` names them in
    another, where the table and its CSV file are to have that.
    """
    known = {**SHARED, **{column.name: column for column in own}}
    given, ordered = columns.split(), (order or columns).split()
    if sorted(given) != sorted(ordered):
        raise ValueError(f"{name}: the order {ordered} is not one of the columns {given}")
    return Table(
        name,
        meaning,
        tuple(known[column] for column in ordered),
        key,
        frozenset(counts.split()),
        tuple(given),
    )
