"""The tables of a session: the one statement of what each holds.

From it come the tables themselves and the CSV files, ``datapackage.json``, what a session shows of
itself, and the vocabulary that tells an unknown name from one that has no rows.  ``data/README.md``
says the same at length; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass

LAYERS = ("archive", "heading", "session", "notes")
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
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: str | None
    counts: frozenset[str]

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
        Column("layer", "archive, heading, session or notes", values=LAYERS),
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


def table(
    name: str,
    meaning: str,
    columns: str,
    *own: Column,
    key: str | None = None,
    counts: str = "",
) -> Table:
    """A table from the names of its columns: its ``own``, else those that tables share."""
    known = {**SHARED, **{column.name: column for column in own}}
    return Table(
        name,
        meaning,
        tuple(known[column] for column in columns.split()),
        key,
        frozenset(counts.split()),
    )


#: The tables that are data, in the order of the CSV files.
DATA = (
    table(
        "sentences",
        "A sentence, cut by reading.",
        "sentence layer speech paragraph start end text",
        key="sentence",
    ),
    table(
        "words",
        "A word: letters and digits, with apostrophes, hyphens, full stops or slashes inside, "
        "and the dot of an abbreviation.",
        "word sentence layer speech form norm start end",
        key="word",
    ),
    table(
        "speeches",
        "All that one speaker says in one go.",
        "speech speaker label attribution certainty responsible sentences words start end",
        key="speech",
    ),
    table(
        "doubts",
        "A sentence whose attribution inside its speech may be doubted.",
        "doubt sentence speech certainty candidate responsible reason",
        Column("certainty", "medium or low", values=("medium", "low")),
        key="doubt",
    ),
    table(
        "mentions",
        "A reference to a person, an organisation, a place or a date.",
        "mention kind entity type form layer sentence speech start end",
        Column("kind", "person, organisation, place or date", values=KINDS),
        Column(
            "type",
            "of a place: toponym, adjective, demonym, institution or generic; "
            "of a date: date, time or duration",
            values=PLACE_TYPES + DATE_TYPES,
        ),
        key="mention",
    ),
    table(
        "terms",
        "One mention of a family of terms of the lexicon.",
        "family form written layer sentence speech speaker start end",
    ),
    table(
        "reported",
        "Somebody else's words inside a speech.",
        "reported source direct sentence speech speaker start end text",
        key="reported",
    ),
    table(
        "abbreviations",
        "One abbreviation as written.",
        "abbreviation expansion layer sentence start end",
    ),
    table(
        "notes",
        "A translator's note.",
        "note anchor sentences words text",
        key="note",
        counts="words",
    ),
    table(
        "people",
        "A person of the register.",
        "person name taking_part role speeches words mentions",
        key="person",
        counts="speeches mentions",
    ),
    table(
        "organisations",
        "A body of the register.",
        "organisation name kind mentions",
        key="organisation",
        counts="mentions",
    ),
    table(
        "places",
        "A place of the register.",
        "place name kind latitude longitude wikidata geonames mentions",
        key="place",
        counts="mentions",
    ),
    table(
        "senses",
        "The sense of a mention, for families of terms with more than one.",
        "family sense sentence start end",
    ),
    table(
        "confirmations",
        "A sentence of an inferred speech that a note gives to the speaker.",
        "sentence speech note responsible reason",
    ),
)
#: Every table by its name: those that are data, and those that :func:`analysis.tables.register`
#: adds to them, which have no CSV file.
TABLES = {table.name: table for table in DATA}
#: The columns of each table that is data.
COLUMNS = {table.name: table.names for table in DATA}


def column_of(table: str, name: str) -> Column:
    """What a column is in a table, its own or one that is joined to its rows."""
    own = {column.name: column for column in TABLES[table].columns}
    return own[name] if name in own else SHARED[name]
