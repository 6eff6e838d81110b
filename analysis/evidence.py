"""Evidence: a choice of rows in one table, and the sentences that it leads to.

Every number in this project is the number of rows in such a choice.  A choice has a short form,
``terms family=neutrality speaker=kadar`` (an underscore stands for a blank), and an address,
``evidence:terms?family=neutrality&speaker=kadar``, that a figure or a table can link to.  What lies
behind the address is :func:`concordance`; where it is shown is not this module's business.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

import pandas as pd

from analysis.edition import markup_of
from analysis.readings import DECISIONS, Reading
from analysis.session import COLUMNS, Session

#: Tables whose rows stand somewhere in the text.
PLACED = ("sentences", "words", "speeches", "mentions", "terms", "reported", "abbreviations", "doubts", "notes", "people")


@dataclass(frozen=True)
class Evidence:
    """Rows of a table where columns have these values, under a reading.

    Unless a layer is named, only the session's layer counts; ``layer=all`` counts all four.
    """

    table: str
    where: tuple[tuple[str, str], ...]
    reading: Reading = Reading()

    @classmethod
    def of(cls, table: str, **where) -> "Evidence":
        """Evidence from a table and conditions; a decision's name among them sets the reading."""
        if table not in PLACED:
            raise ValueError(f"no evidence in the table {table!r}; there is in: {', '.join(PLACED)}")
        reading = Reading(**{k: str(v) for k, v in where.items() if k in DECISIONS and k not in known_columns(table)})
        rows = {k: str(v) for k, v in where.items() if k not in DECISIONS or k in known_columns(table)}
        unknown = set(rows) - known_columns(table)
        if unknown:
            raise ValueError(f"{table} cannot be chosen by {', '.join(sorted(unknown))}; "
                             f"it can by: {', '.join(sorted(known_columns(table) | set(DECISIONS)))}")
        return cls(table, tuple(sorted(rows.items())), reading)

    @classmethod
    def parse(cls, text: str) -> "Evidence":
        """Evidence from its short form or its address; ``ValueError`` when it is neither."""
        if text.startswith("evidence:"):
            table, _, query = text.removeprefix("evidence:").partition("?")
            return cls.of(table, **dict(parse_qsl(query)))
        table, *conditions = text.split()
        if not all("=" in c for c in conditions):
            raise ValueError(f"“{text}”: after the table come conditions such as family=neutrality")
        return cls.of(table, **{k: v.replace("_", " ") for k, v in (c.split("=", 1) for c in conditions)})

    @property
    def address(self) -> str:
        """The address that a link carries."""
        query = urlencode([*self.where, *self.reading.answers], quote_via=quote)
        return f"evidence:{self.table}" + (f"?{query}" if query else "")

    def rows(self, session: Session) -> pd.DataFrame:
        """The rows chosen, with speaker, standing and sense joined to them."""
        frame = placed(self.reading.of(session), self.table)
        if "layer" in frame and not any(k == "layer" for k, _ in self.where):
            frame = frame[frame.layer == "session"]
        for column, value in self.where:
            if (column, value) != ("layer", "all"):
                cells = frame[column].astype("str").fillna("none")
                frame = frame[cells.isin(value.split("|"))]
        return frame

    def count(self, session: Session) -> int:
        """How many rows are chosen."""
        return len(self.rows(session))


def known_columns(table: str) -> set[str]:
    """What the rows of a table can be chosen by."""
    return {*COLUMNS[table], "layer", "sentence", "speech", "speaker", "standing", "paragraph",
            *(["sense"] if table == "terms" else [])} - {"start", "end", "text", "words"}


def placed(session: Session, table: str) -> pd.DataFrame:
    """A table with layer, sentence, speech, speaker, standing (and sense) of each row.

    ``standing`` says how the row has its speaker: ``labelled``, ``inferred``, ``doubted`` (the
    sentence's attribution may be doubted) or ``unattributed``.
    """
    known = session.__dict__.setdefault("_placed", {})
    if table not in known:
        known[table] = join(session, table)
    return known[table]


def join(session: Session, table: str) -> pd.DataFrame:
    """See :func:`placed`."""
    frame, sentences, speeches = getattr(session, table), session.sentences, session.speeches
    if table == "notes":
        frame = frame.assign(sentence=frame.note + ".1", layer="notes")
    elif table == "people":
        first = session.mentions.query("kind == 'person'").drop_duplicates("entity").set_index("entity")
        frame = frame.assign(**{c: frame.person.map(first[c]) for c in ("sentence", "layer", "start", "end")})
        frame = frame.drop(columns="layer")  # a person is not of a layer
    elif table == "speeches":
        frame = frame.assign(sentence=frame.speech.map(sentences.drop_duplicates("speech").set_index("speech").sentence))
    home = sentences.set_index("sentence")
    for column in ("layer", "speech", "paragraph", "start", "end"):
        if column not in frame and column != "layer" or column == "layer" and table in ("doubts", "reported"):
            frame = frame.assign(**{column: frame.sentence.map(home[column])})
    turn = speeches.set_index("speech")
    if "speaker" not in frame:
        frame = frame.assign(speaker=frame.speech.map(turn.speaker))
    attribution = frame.speech.map(turn.attribution)
    open_turns = turn.speaker.isna()
    attribution = attribution.mask(frame.speech.map(open_turns).eq(True), "unattributed")
    doubtful = frame.sentence.isin(session.doubts.sentence) & attribution.isin(["labelled", "inferred"])
    frame = frame.assign(standing=attribution if table == "speeches" else attribution.mask(doubtful, "doubted"))
    if table == "terms":
        senses = session.senses.drop_duplicates(["family", "start"]).set_index(["family", "start"]).sense.to_dict()
        frame = frame.assign(sense=pd.Series([senses.get(key) for key in zip(frame.family, frame.start)],
                                             index=frame.index, dtype="str"))
    return frame


def count(session: Session, table: str, by: str | Iterable[str], **where) -> pd.DataFrame:
    """How many rows there are for each value of one or more columns: ``by``, ``count``, ``evidence``.

    Rows come in the order in which the values first occur; each row's ``evidence`` is the address of
    what it counts.
    """
    by = [by] if isinstance(by, str) else list(by)
    rows = Evidence.of(table, **where).rows(session)
    grouped = rows.fillna({c: "none" for c in by}).groupby(by, sort=False).size().rename("count").reset_index()
    grouped["evidence"] = [Evidence.of(table, **{**where, **dict(zip(by, key))}).address
                           for key in grouped[by].astype("str").itertuples(index=False)]
    return grouped


def concordance(session: Session, evidence: Evidence | str) -> pd.DataFrame:
    """Keyword in context: ``item layer speaker sentence left keyword right``, a row for each row chosen."""
    evidence = Evidence.parse(evidence) if isinstance(evidence, str) else evidence
    rows, show = evidence.rows(session), shown(session)
    home = {row.sentence: row for row in session.sentences.itertuples()}
    lines = []
    for number, row in enumerate(rows.itertuples(), 1):
        sentence = home.get(row.sentence)
        if sentence is None:  # a word of a label: it is shown with the sentence that follows
            sentence = min((s for s in home.values() if s.start >= row.end), key=lambda s: s.start)
            begin, start, end = row.start, row.start, row.end
        else:
            begin, start, end = sentence.start, max(row.start, sentence.start), min(row.end, sentence.end)
        left, keyword, right = ("".join(show[a:b]) for a, b in ((begin, start), (start, end), (end, sentence.end)))
        lines.append((number, sentence.layer, row.speaker, sentence.sentence, one_line(left), one_line(keyword).strip(), one_line(right)))
    return pd.DataFrame(lines, columns="item layer speaker sentence left keyword right".split())


def shown(session: Session) -> list[str]:
    """The transcript's characters without its mark-up and without references to notes."""
    known = session.__dict__.get("_shown")
    if known is None:
        edition = session.edition
        known = list(edition.transcript)
        for i in markup_of(edition.transcript):
            known[i] = ""
        for element in edition.root.iter("{*}ref"):
            if element.get("type") == "note":
                a, b = edition.place_of(element)
                known[a:b] = [""] * (b - a)
        session.__dict__["_shown"] = known
    return known


def one_line(text: str) -> str:
    """Text with every run of blanks closed up to one."""
    return " ".join(text.split("\n")).replace("  ", " ")
