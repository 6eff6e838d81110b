"""Measures: the questions that a reader asks of a session, each a function from tables to a table.

Everything after the session is named, and ``reading=`` takes any of them under another reading.
Every result has a column ``evidence``, the address of what the row's ``count`` counts; see
:mod:`analysis.evidence`.  A name that there is not raises :class:`analysis.errors.AskError`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from analysis import statistics
from analysis.calls import for_readers
from analysis.errors import AskError, unknown, whole_number
from analysis.evidence import Evidence, count
from analysis.layers import LAYERS
from analysis.readings import Reading
from analysis.session import Session

#: What speech is measured in.
SPOKEN_UNITS = ("words", "sentences", "speeches")

Values = str | Iterable[str]


def speakers(session: Session) -> list[str]:
    """Ids of those who speak, in the order in which they begin."""
    return session.once(
        "speakers", lambda: list(session.table("speeches").speaker.dropna().unique())
    )


@for_readers
def how_much_text(session: Session, *, reading: Reading = Reading()) -> pd.DataFrame:
    """Words and sentences of each layer: ``layer count evidence sentences``."""
    words = count(session, "words", "layer", layer="all", reading=reading).set_index("layer")
    sentences = count(session, "sentences", "layer", layer="all", reading=reading)
    there = [layer for layer in LAYERS if layer in words.index]
    table = words.loc[there].reset_index()
    return table.assign(sentences=table.layer.map(counts(sentences, "layer")).fillna(0).astype(int))


@for_readers
def who_speaks(
    session: Session, *, unit: str = "words", reading: Reading = Reading()
) -> pd.DataFrame:
    """``speaker standing count evidence share``: how much each speaks, and how surely it is his.

    ``unit`` is ``words``, ``sentences`` or ``speeches``; ``share`` is of all that is said, 0 to 1.
    """
    if unit not in SPOKEN_UNITS:
        raise unknown("unit of speech", unit, SPOKEN_UNITS)
    table = count(session, unit, ["speaker", "standing"], reading=reading)
    return table.assign(share=table["count"] / table["count"].sum())


@for_readers
def course(session: Session, *, reading: Reading = Reading()) -> pd.DataFrame:
    """The session sentence by sentence: ``sentence speaker standing count evidence first``.

    ``first`` is the number of words spoken before the sentence begins.
    """
    table = count(session, "words", ["sentence", "speaker", "standing"], reading=reading)
    table = table.assign(first=table["count"].cumsum() - table["count"])
    if not reading.options:  # a sentence is then one man's, and its address can be short
        table["evidence"] = [Evidence.of("words", sentence=s).address for s in table.sentence]
    return table


@for_readers
def who_is_listed(session: Session, *, reading: Reading = Reading()) -> pd.DataFrame:
    """Those listed as taking part: ``person name role speeches count evidence`` (count: words
    spoken).
    """
    people = reading.of(session).people
    listed = people[people.taking_part].reset_index(drop=True)
    spoken = [Evidence.of("words", speaker=p, reading=reading) for p in listed.person]
    return listed[["person", "name", "role", "speeches"]].assign(
        count=pd.Series([rows.count(session) for rows in spoken], dtype="int64"),
        evidence=pd.Series([rows.address for rows in spoken], dtype="str"),
    )


@for_readers
def term_counts(
    session: Session, *, by: str = "speaker", reading: Reading = Reading(), **where: Values
) -> pd.DataFrame:
    """Mentions of each family by speaker (or ``written``, ``sense``, ``layer`` …): ``family``,
    ``by``, ``count evidence``.

    ``where`` are conditions as in :meth:`analysis.evidence.Evidence.of`.
    """
    return count(session, "terms", ["family", by], reading=reading, **where)


@for_readers
def per_thousand(session: Session, *, reading: Reading = Reading()) -> pd.DataFrame:
    """Mentions per 1,000 words of each speaker: ``family speaker count evidence words rate``."""
    table = term_counts(session, reading=reading)
    words = counts(count(session, "words", "speaker", reading=reading), "speaker")
    table["words"] = table.speaker.map(words).astype("int64")
    return table.assign(rate=1000 * table["count"] / table.words)


@for_readers
def along_the_session(
    session: Session,
    *,
    table: str = "terms",
    by: str = "family",
    reading: Reading = Reading(),
    **where: Values,
) -> pd.DataFrame:
    """Where each mention stands: ``family speaker standing at sentence evidence`` (at: words before
    it).

    ``table`` is ``terms`` or ``mentions``, ``by`` the column that stands under ``family``.
    """
    words = Evidence.of("words", reading=reading).rows(session)
    terms = Evidence.checked(table, where, reading).rows(session).reset_index(drop=True)
    terms[by] = terms[by].astype("str").fillna("none")
    chosen = [{**where, by: f, "sentence": s} for f, s in zip(terms[by], terms.sentence)]
    return (
        terms[[by, "speaker", "standing"]]
        .rename(columns={by: "family"})
        .assign(
            at=words.start.searchsorted(terms.start).astype("int64"),
            sentence=terms.sentence,
            evidence=[Evidence.checked(table, one, reading).address for one in chosen],
        )
    )


@for_readers
def plain_search(
    session: Session, *, layer: str = "session", reading: Reading = Reading()
) -> pd.DataFrame:
    """What a search for a family's first word finds: ``family word found count missed wrong
    evidence``.

    The search is for the word as it is written, anywhere in the text of the layer (or of ``all``),
    upper and lower case alike and also inside longer words, as a search box does it.  ``missed``
    are mentions that it does not find, ``wrong`` are finds that are no mention.
    """
    text = Evidence.of("sentences", layer=layer).rows(session).text.str.lower()
    rows = []
    for name, family in session.lexicon.families.items():
        chosen = Evidence.of("terms", family=name, layer=layer, reading=reading)
        mentions = chosen.rows(session)
        word = head_word(name, family.words)
        found = sum(len(re.findall(re.escape(word), sentence)) for sentence in text)
        covered = int(mentions.form.str.lower().str.contains(word, regex=False).sum())
        missed, wrong = len(mentions) - covered, found - covered
        rows.append((name, word, found, len(mentions), missed, wrong, chosen.address))
    columns = ["family", "word", "found", "count", "missed", "wrong", "evidence"]
    return pd.DataFrame(rows, columns=columns)


def head_word(name: str, words: tuple[str, ...]) -> str:
    """The word that somebody would look for: the family's name if it is one of its words."""
    return name if name in words else words[0]


@for_readers
def place_counts(
    session: Session, *, by: Values = (), reading: Reading = Reading(), **where: Values
) -> pd.DataFrame:
    """References to places: ``entity``, what else they are told apart by, ``count evidence``."""
    more = [by] if isinstance(by, str) else list(by)
    return count(session, "mentions", ["entity", *more], kind="place", reading=reading, **where)


@for_readers
def named_places(session: Session, *, reading: Reading = Reading()) -> pd.DataFrame:
    """Places named by name, with coordinates if they have them: session and notes counted apart.

    ``place count evidence layer name kind latitude longitude wikidata geonames``.
    """
    frames = [
        place_counts(session, type="toponym", layer=layer, reading=reading).assign(layer=layer)
        for layer in ("session", "notes")
    ]
    named = pd.concat(frames, ignore_index=True).rename(columns={"entity": "place"})
    return named.merge(session.places.drop(columns="mentions"), on="place", how="left")


@for_readers
def collocations(session: Session, *, least: int = 3, reading: Reading = Reading()) -> pd.DataFrame:
    """Neighbouring words inside a sentence that stand together at least so often.

    ``first second count log_likelihood evidence``; NLTK's log-likelihood ratio (Dunning 1993),
    highest first. Words of fewer than four letters are left out. The evidence is the second words.
    """
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder  # slow to load

    whole_number("least", least, 1)
    words = Evidence.of("words", reading=reading).rows(session)
    sentences = [group for _, group in words.groupby("sentence", sort=False)]
    finder = BigramCollocationFinder.from_documents([list(group.norm) for group in sentences])
    finder.apply_freq_filter(least)
    finder.apply_word_filter(lambda word: len(word) < 4)
    pairs: dict[tuple[str, str], list[str]] = {}  # the second words of each pair
    for group in sentences:
        for first, second, word in zip(group.norm, group.norm.iloc[1:], group.word.iloc[1:]):
            pairs.setdefault((first, second), []).append(word)
    rows = [
        (
            *pair,
            finder.ngram_fd[pair],
            round(score, 1),
            Evidence.of("words", word=pairs[pair], reading=reading).address,
        )
        for pair, score in finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)
    ]
    columns = ["first", "second", "count", "log_likelihood", "evidence"]
    return pd.DataFrame(rows, columns=columns)


@for_readers
def keyness(session: Session, *, speaker: str, reading: Reading = Reading()) -> pd.DataFrame:
    """A speaker's use of each family beside that of everybody else.

    ``family count evidence elsewhere expected_here expected_elsewhere enough g2 log_ratio low
    high``: mentions by the speaker and by all others, what would be expected if all spoke alike,
    and, where both expected counts reach :data:`analysis.statistics.LEAST_EXPECTED` (``enough``),
    the log-likelihood ratio, the log ratio and its exact interval. Elsewhere these are empty: the
    counts stand alone. Empty for a speaker who says nothing, or who says everything.
    """
    words = Evidence.of("words", speaker=speaker, reading=reading).count(session)
    others = Evidence.of("words", reading=reading).count(session) - words
    everybody = term_counts(session, by="layer", reading=reading)  # the session's layer alone
    rows = []
    for family, total in zip(everybody.family, everybody["count"]) if words and others else ():
        here = Evidence.of("terms", family=family, speaker=speaker, reading=reading)
        a = here.count(session)
        b = total - a
        e1, e2 = statistics.expected(a, b, words, others)
        enough = min(e1, e2) >= statistics.LEAST_EXPECTED
        values: tuple[float | None, ...] = (None,) * 4
        if enough:
            g2 = statistics.log_likelihood(a, b, words, others)
            ratio = statistics.log_ratio(a, b, words, others)
            values = (g2, ratio, *statistics.ratio_interval(a, b, words, others))
        rows.append((family, a, here.address, b, e1, e2, enough, *values))
    columns = ["family", "count", "evidence", "elsewhere", "expected_here", "expected_elsewhere"]
    return pd.DataFrame(rows, columns=[*columns, "enough", "g2", "log_ratio", "low", "high"])


@for_readers
def dispersion(session: Session, *, parts: int = 10, reading: Reading = Reading()) -> pd.DataFrame:
    """How unevenly each family is spread over equal parts of the session: ``family count evidence
    deviation``.

    ``deviation`` is the normalised deviation of proportions, 0 (even) to 1; it is empty where a
    family has fewer mentions than there are parts, since then it cannot be even.
    """
    words = Evidence.of("words", reading=reading).rows(session)
    whole_number("parts", parts, 0)
    if not 2 <= parts <= max(len(words), 2):
        raise AskError(f"{parts} parts: a session of {len(words):,} words has 2 to {len(words):,}.")
    part = {start: n * parts // len(words) for n, start in enumerate(words.start)}
    sizes = [list(part.values()).count(p) for p in range(parts)]
    rows = []
    for family, group in (
        Evidence.of("terms", reading=reading).rows(session).groupby("family", sort=False)
    ):
        stand = [part[start] for start in group.start]
        spread = [stand.count(p) for p in range(parts)]
        deviation = None
        if len(group) >= parts:
            deviation = statistics.deviation_of_proportions(spread, sizes, normalised=True)
        address = Evidence.of("terms", family=family, reading=reading).address
        rows.append((family, len(group), address, deviation))
    table = pd.DataFrame(rows, columns=["family", "count", "evidence", "deviation"])
    return table.sort_values("count", ascending=False, kind="stable", ignore_index=True)


def counts(table: pd.DataFrame, by: str) -> Mapping[str, int]:
    """The counts of a table by the values of one of its columns."""
    return dict(zip(table[by], table["count"]))
