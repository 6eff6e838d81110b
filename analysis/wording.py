"""Evidence, units and names in plain words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from textwrap import shorten

from analysis import edtf
from analysis.alignment import markup_of
from analysis.decisions import DECISIONS
from analysis.evidence import Evidence
from analysis.layers import LAYERS
from analysis.readings import Reading
from analysis.session import Session

#: What the rows of a table are called, one and several.
UNITS = {
    "sentences": ("sentence", "sentences"),
    "words": ("word", "words"),
    "speeches": ("speech", "speeches"),
    "mentions": ("mention", "mentions"),
    "terms": ("mention", "mentions"),
    "reported": ("passage in other people’s words", "passages in other people’s words"),
    "abbreviations": ("abbreviation", "abbreviations"),
    "doubts": ("doubted sentence", "doubted sentences"),
    "notes": ("note", "notes"),
    "people": ("person", "people"),
    "demands": ("demand, aim, wish, fear or topic", "demands, aims, wishes, fears and topics"),
    "framing": ("introduction of other people’s words", "introductions of other people’s words"),
    "voices": ("passage in other people’s words", "passages in other people’s words"),
    "channels": ("step", "steps"),
    "dates": ("dated passage", "dated passages"),
    "relations": ("relation", "relations"),
    "note_functions": ("thing that a note does", "things that notes do"),
    "reaches": ("sentence that a note speaks of", "sentences that notes speak of"),
    "hindsight": ("passage that looks back", "passages that look back"),
    "variants": ("variant", "variants"),
    "variant_terms": ("variant", "variants"),
    "certainties": ("thing that may be otherwise", "things that may be otherwise"),
    "differences": ("difference", "differences"),
    "finds": ("word", "words"),
}
KIND_TITLES = {
    "person": "People",
    "organisation": "Bodies",
    "place": "Places",
    "date": "Dates and times",
}
NOBODY = "nobody named"
#: Values that a reader would not understand as they are, by column; ``{}`` is the value.
PLAIN = {
    "layer": {"all": "in all layers", **{name: layer.where for name, layer in LAYERS.items()}},
    "type": {
        "toponym": "named",
        "adjective": "as an adjective",
        "demonym": "as a people",
        "institution": "as an institution",
        "generic": "by a generic word",
    },
    "standing": {"unattributed": NOBODY, "doubted": "may be doubted"},
    "written": {"full": "written in full"},
    "taking_part": {"True": "listed as taking part", "False": "not listed as taking part"},
    "speeches": {"0": "without a speech", "1": "with one speech", "*": "with {} speeches"},
    "certainty": {"*": "{} certainty"},
    "sense": {"*": "“{}”"},
    "direct": {"True": "as somebody’s own wording", "False": "reported"},
}
SENTENCE = re.compile(r"[a-z]\d+(?:\.\d+)?\b")
#: Tables of passages, and the column that has the id of each.
PASSAGE_IDS = {"reported": "reported", "demands": "demand", "framing": "framing", "dates": "date"}
#: What a reading can set aside in a speech, by the end of the id that it then has.
ASIDE = {
    "reported": "others’ words",
    "doubted": "doubted sentences",
    "unconfirmed": "sentences that no note confirms",
    "nobody": "what is nobody’s",
}
ORDER = (
    "result",
    "difference",
    "family",
    "kind",
    "entity",
    "type",
    "sense",
    "written",
    "speaker",
    "standing",
)


# Names --------------------------------------------------------------------------------------------


def name_of(session: Session, who: str) -> str:
    """The name of a person, body or place by its id; “nobody named” for none; a date in words.

    Where two have one name, each has its id behind it.
    """

    def names() -> dict[str, str]:
        frames = (
            (session.places, "place"),
            (session.organisations, "organisation"),
            (session.people, "person"),
        )
        named = {who: name for frame, key in frames for who, name in zip(frame[key], frame.name)}
        often = Counter(named.values())
        return {w: f"{name} ({w})" if often[name] > 1 else name for w, name in named.items()}

    return session.base.once("names", names).get(
        who, NOBODY if who == "none" else edtf.in_words(who)
    )


def surname_of(session: Session, who: str) -> str:
    """The last part of a person's name, for labels; the whole name where two speakers share it."""

    def surnames() -> dict[str, str]:
        last = dict(zip(session.people.person, session.people.name.str.split().str[-1]))
        speaking = session.base.table("speeches").speaker.dropna().unique()
        often = Counter(last.get(one) for one in speaking)
        return {one: name for one, name in last.items() if often[name] <= 1}

    return session.base.once("surnames", surnames).get(who) or name_of(session, who)


def speech_of(session: Session, speech: str) -> str:
    """A speech in words: “the opening speech”, “Bata’s speech”; of what a reading sets aside, what
    it is: “others’ words in Bata’s speech”. “The speech from s9” where it has no one name.
    """

    def speeches() -> dict[str, str]:
        rows = session.base.table("speeches")
        who = [one if isinstance(one, str) else "none" for one in rows.speaker]
        first = session.base.sentences.drop_duplicates("speech").set_index("speech").sentence
        often = Counter(who[1:])
        words = {
            speech: f"{surname_of(session, one)}’s speech"
            if often[one] == 1 and one != "none"
            else f"the speech from {first[speech]}"
            for speech, one in zip(rows.speech, who)
        }
        return {**words, **dict.fromkeys(rows.speech[:1], "the opening speech")}

    known = session.base.once("speeches in words", speeches)
    whole, _, why = speech.partition("-")
    if not why or whole not in known:
        return known.get(speech, speech)
    return f"{ASIDE.get(why, f'what is {name_of(session, why)}’s')} in {known[whole]}"


def passage_of(session: Session, passage: str) -> str:
    """A passage in words, by its id: how it begins, and its sentence: “we will go back” (s13)."""

    def passages() -> dict[str, str]:
        found = {}
        for table, key in PASSAGE_IDS.items():
            rows = session.base.table(table)
            for one, sentence, text in zip(rows[key], rows.sentence, rows.text):
                found[one] = f"“{shorten(text, 48, placeholder=' …')}” ({sentence})"
        return found

    return session.base.once("passages in words", passages).get(passage, passage)


def joined(parts: Iterable[str], last: str = "and", *, most: int | None = None) -> str:
    """Parts in a row, as prose has them: “a, b and c”; the last put together beyond ``most``."""
    parts = list(parts)
    if most and len(parts) > most:
        parts = [*parts[: most - 1], f"{len(parts) - most + 1} more"]
    *before, end = parts or [""]
    return f"{', '.join(before)} {last} {end}" if before else end


def percent(part: float, whole: float = 1) -> str:
    """A share as a reader is shown it, in whole per cent: “47%”. Only nothing is “0%” and only all
    is “100%”: what lies just beside them is “under 1%”, “over 99%”. Of nothing: “no share”.

    ``book.js`` has the same for what a page counts.
    """
    if not whole:
        return "no share"
    if 0 < 100 * part < whole:
        return "under 1%"
    if 99 * whole < 100 * part < 100 * whole:
        return "over 99%"
    return f"{part / whole:.0%}"


# Evidence -----------------------------------------------------------------------------------------


def described(session: Session, evidence: Evidence, *, counted: bool = True) -> str:
    """What is chosen, and how much it is: “Counterrevolution, Kádár, inferred: 7 mentions”."""
    where, parts = evidence.conditions, []
    for column in sorted(where, key=lambda c: (ORDER.index(c) if c in ORDER else len(ORDER), c)):
        kind_is_plain = column == "kind" and where.get("entity", ("none",)) != ("none",)
        if (column, where[column]) != ("layer", ("session",)) and not kind_is_plain:
            said = dict.fromkeys(value_in_words(session, column, value) for value in where[column])
            parts.append(" or ".join(said))
    title = ", ".join(dict.fromkeys(parts)) or {  # a speaker and his standing can be said alike
        "terms": "All families of terms",
        "mentions": "All that is named",
    }.get(evidence.table, "The whole session")
    if not SENTENCE.match(title):  # “s47 or s50”
        title = title[:1].upper() + title[1:]
    title += read_otherwise(evidence.reading)
    return f"{title}: {number_of(evidence.count(session), evidence.table)}" if counted else title


def read_otherwise(reading: Reading) -> str:
    """What a reading does, in brackets; nothing for the edition's own."""
    said = "; ".join(DECISIONS[name].options[option].says for name, option in reading.options)
    return f" (read otherwise: {said})" if said else ""


def number_of(count: int, table: str) -> str:
    """A number with what it counts."""
    return f"{count:,} {UNITS[table][count != 1]}"


def value_in_words(session: Session, column: str, value: str) -> str:
    """One condition as a reader would say it."""
    if column == "speaker":
        return surname_of(session, value)
    if column == "word":
        return f"“{form_of(session, value)}”"
    if column in ("entity", "person", "candidate", "source"):
        return name_of(session, value) if value != "none" else "no single one"
    if column == "speech":
        return speech_of(session, value)
    if column in ("passage", *PASSAGE_IDS.values()):
        return passage_of(session, value)
    if column == "note" and value != "none":
        return f"note {value.removeprefix('n')}"
    if column in ("edtf", "earliest", "latest"):
        return edtf.in_words(value)
    if column == "start":
        return f"at {beginning_at(session, value)}"
    if column == "kind":
        return KIND_TITLES.get(value, value)
    known = PLAIN.get(column, {})
    return known.get(value, known.get("*", "{}")).replace("{}", value)


def beginning_at(session: Session, start: str) -> str:
    """What stands at a place of the transcript, by its first words: “troops must be withdrawn”;
    “character 12” where no word begins."""

    def beginnings() -> dict[str, str]:
        text, found = session.edition.transcript, {}
        marks = markup_of(text)
        for _, rows in session.base.table("words").groupby("sentence", sort=False):
            ends = list(rows.end)
            for n, start in enumerate(rows.start):
                there = range(start, ends[min(n + 3, len(ends) - 1)])
                said = "".join(text[place] for place in there if place not in marks)
                found[str(start)] = f"“{' '.join(said.split())}”"
        return found

    return session.base.once("beginnings", beginnings).get(start, f"character {start}")


def form_of(session: Session, word: str) -> str:
    """The word of an id; the id itself where only another reading has such a word."""

    def forms() -> dict[str, str]:
        words = session.base.table("words")
        return dict(zip(words.word, words.norm))

    return session.base.once("forms", forms).get(word, word)
