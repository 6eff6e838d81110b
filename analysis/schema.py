"""The tables of a session: their columns, and what these can hold."""

#: The tables and their columns, in the order of the CSV files.
COLUMNS = {
    "sentences": "sentence layer speech paragraph start end text",
    "words": "word sentence layer speech form norm start end",
    "speeches": "speech speaker label attribution certainty responsible sentences words start end",
    "doubts": "doubt sentence speech certainty candidate responsible reason",
    "mentions": "mention kind entity type form layer sentence speech start end",
    "terms": "family form written layer sentence speech speaker start end",
    "reported": "reported source direct sentence speech speaker start end text",
    "abbreviations": "abbreviation expansion layer sentence start end",
    "notes": "note anchor sentences words text",
    "people": "person name taking_part role speeches words mentions",
    "organisations": "organisation name kind mentions",
    "places": "place name kind latitude longitude wikidata geonames mentions",
    "senses": "family sense sentence start end",
    "confirmations": "sentence speech note responsible reason",
}
COLUMNS = {table: columns.split() for table, columns in COLUMNS.items()}


#: Tables that are no part of the data: whose each turn of the edition is, where a naive programme parts from the edition,
#: and the words that it finds, by whom it takes for their speaker (see :mod:`analysis.programme`).
BESIDE = {
    "turns": ["speech", "speaker", "attribution"],
    "differences": [
        "result",
        "difference",
        "about",
        "layer",
        "sentence",
        "speech",
        "form",
        "start",
        "end",
    ],
    "finds": ["label", "form", "layer", "sentence", "speech", "start", "end"],
}


#: Tables that hold counts of others, and are made again where a reading changes those.
DERIVED = {
    "people": {"speeches", "mentions"},
    "organisations": {"mentions"},
    "places": {"mentions"},
    "notes": {"words"},
}


COUNTS = {"start", "end", "sentences", "words", "mentions", "speeches"}


LAYERS = ("archive", "heading", "session", "notes")
