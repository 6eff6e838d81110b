"""The tables of a session: the one statement of what each holds.

To give the columns of a table, and of its CSV file, another order, name them in it: ``order="…"``.

From it come the tables themselves and the CSV files, ``datapackage.json``, what a session shows of
itself, and the vocabulary that tells an unknown name from one that has no rows.  ``data/README.md``
says the same at length; a test compares the two.
"""

from __future__ import annotations

from analysis.fields import (  # noqa: F401 (who needs one of these finds it here)
    DATE_TYPES,
    DTYPES,
    KINDS,
    PLACE_TYPES,
    REGISTER,
    SHARED,
    STANDINGS,
    Column,
    Table,
    declare,
    whole,
    words,
)

SURE = ("high", "medium", "low")
DEMANDS = ("demand", "aim", "wish", "fear", "topic")
KNOWING = ("present", "told", "concludes", "open")
RELATIONS = ("before", "same", "perhaps-same", "contradicts", "then", "because")
FUNCTIONS = ("identify", "attribute", "argue", "correct", "look-ahead", "cite", "explain")
VARIANTS = ("speaker", "person", "number", "wording", "abbreviation", "sentence")
ABOUT = ("entity", "date", "source", "direct", "expansion", "reported")
PASSAGE = Column("passage", "id of a passage in somebody else's words: of reported or of demands")
TIMES = (
    Column("date", "id of what happened"),
    words("event", "what happened, in the edition's words"),
    words("edtf", "when, in EDTF (ISO 8601-2)"),
    Column("kind", "point, interval or within", values=("point", "interval", "within")),
    words("earliest", "the first second that it can be, ISO 8601; empty where that end is open"),
    words("latest", "the last second that it can be, ISO 8601; empty where that end is open"),
    Column("certainty", "high, medium or low", values=SURE),
    words("source", "ids of what the date rests on"),
)

#: The tables that are data, in the order of the CSV files.
DATA = (
    declare(
        "sentences",
        "A sentence, cut by reading.",
        "sentence layer speech paragraph start end text",
        key="sentence",
    ),
    declare(
        "words",
        "A word: letters and digits, with apostrophes, hyphens, full stops or slashes inside, "
        "and the dot of an abbreviation.",
        "word sentence layer speech form norm start end",
        key="word",
    ),
    declare(
        "speeches",
        "All that one speaker says in one go.",
        "speech speaker label attribution certainty responsible sentences words start end",
        key="speech",
    ),
    declare(
        "doubts",
        "A sentence whose attribution inside its speech may be doubted.",
        "doubt sentence speech certainty candidate responsible reason",
        Column("certainty", "medium or low", values=("medium", "low")),
        key="doubt",
    ),
    declare(
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
    declare(
        "terms",
        "One mention of a family of terms of the lexicon.",
        "family form written layer sentence speech speaker start end",
    ),
    declare(
        "reported",
        "Somebody else's words inside a speech.",
        "reported source direct sentence speech speaker start end text",
        key="reported",
    ),
    declare(
        "abbreviations",
        "One abbreviation as written.",
        "abbreviation expansion layer sentence start end",
    ),
    declare(
        "notes",
        "A translator's note.",
        "note anchor sentences words text",
        key="note",
        counts="words",
    ),
    declare(
        "people",
        "A person of the register.",
        "person name taking_part role speeches words mentions",
        key="person",
        counts="speeches mentions",
    ),
    declare(
        "organisations",
        "A body of the register.",
        "organisation name kind mentions",
        key="organisation",
        counts="mentions",
    ),
    declare(
        "places",
        "A place of the register.",
        "place name kind latitude longitude wikidata geonames mentions",
        key="place",
        counts="mentions",
    ),
    declare(
        "senses",
        "The sense of a mention, for families of terms with more than one.",
        "family sense sentence start end",
    ),
    declare(
        "confirmations",
        "A sentence of an inferred speech that a note gives to the speaker.",
        "sentence speech note responsible reason",
    ),
    declare(
        "demands",
        "Somebody else's demand, aim, wish, fear or topic, put as a noun or an infinitive.",
        "demand kind source sentence speech speaker start end text",
        Column("demand", "id of the passage"),
        Column("kind", "demand, aim, wish, fear or topic", values=DEMANDS),
        key="demand",
    ),
    declare(
        "framing",
        "The speaker's words that introduce somebody else's.",
        "framing passage sentence speech speaker start end text",
        Column("framing", "id of the words"),
        PASSAGE,
        key="framing",
    ),
    declare(
        "voices",
        "How the speaker comes by a passage in somebody else's words.",
        "passage source knows certainty sentence speech speaker reason",
        PASSAGE,
        Column("knows", "present, told, concludes, or open: not said", values=KNOWING),
        Column("certainty", "of the source, where it could be another", values=SURE),
        key="passage",
    ),
    declare(
        "channels",
        "A step on the way by which a passage came from its source to the speaker.",
        "passage step voice name sentence speech",
        PASSAGE,
        whole("step", "number of the step, from the source on"),
        Column("voice", "id of the person or body; empty where none is named", of=REGISTER[:2]),
        words("name", "in words"),
    ),
    declare(
        "dates",
        "When something that the session tells of happened.",
        "date event edtf kind earliest latest certainty source "
        "sentence speech start end text reason",
        *TIMES,
        key="date",
    ),
    declare(
        "elsewhere",
        "The same days in other sources.",
        "date event edtf kind earliest latest certainty source reason",
        *TIMES,
        key="date",
    ),
    declare(
        "relations",
        "What came before what, what is told twice, what contradicts, what is joined.",
        "relation first second reason",
        Column(
            "relation", "of dates: before, same, …; of sentences: then, because", values=RELATIONS
        ),
        Column("first", "id of a date or a sentence; what came first"),
        Column("second", "id of a date or a sentence"),
    ),
    declare(
        "note_functions",
        "Something that a sentence of a translator's note does.",
        "note sentence function start end",
        Column("function", "what it does", values=FUNCTIONS),
    ),
    declare(
        "reaches",
        "A sentence that a translator's note speaks of.",
        "note sentence speech through",
        Column(
            "through", "whether of this sentence or of its speech", values=("sentence", "speech")
        ),
    ),
    declare(
        "hindsight",
        "What a note says that nobody in the room could know.",
        "span kind note sentence start end text",
        Column("span", "id of the words"),
        Column("kind", "event, record or reading", values=("event", "record", "reading")),
        key="span",
    ),
    declare(
        "variants",
        "Where a second witness reads otherwise.",
        "variant kind sentence witness english other gloss reason",
        Column("variant", "id of the variant"),
        Column("kind", "what differs", values=VARIANTS),
        Column("witness", "id of the witness"),
        words("english", "the text of the edition; empty where it has nothing there"),
        words("other", "the other reading; empty where it has nothing there"),
        words("gloss", "the other reading in English, as near as can be"),
        key="variant",
    ),
    declare(
        "variant_terms",
        "A family of terms that a variant changes.",
        "variant sentence family here there change",
        Column("variant", "id of the variant", of=("variants",)),
        whole("here", "mentions of the family in the text"),
        whole("there", "mentions of the family in the gloss of the other reading"),
        whole("change", "there less here"),
    ),
    declare(
        "certainties",
        "How sure the edition is of something that is marked, or not marked.",
        "item about certainty candidate sentence reason",
        words("item", "id of a mention, a passage or a sentence; of an abbreviation, its form"),
        Column("about", "what of it", values=ABOUT),
        Column("certainty", "high, medium or low", values=SURE),
        words("candidate", "another answer"),
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
