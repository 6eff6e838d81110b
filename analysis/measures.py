"""Measures: the questions that a reader asks of a session, each a function from tables to a table.

Every result has a column ``evidence``, the address of what the row's ``count`` counts; see
:mod:`analysis.evidence`.  Any measure can be taken under another reading: pass ``reading``, or, where a measure passes conditions on
to the count, name the answer among them (``opening="nobody"``).
"""

from __future__ import annotations

import re
from collections import Counter

import pandas as pd

from analysis import statistics
from analysis.evidence import Evidence, count
from analysis.readings import Reading
from analysis.schema import LAYERS
from analysis.session import Session

#: How a row has its speaker, from the surest to the least sure.
STANDINGS = ("labelled", "inferred", "doubted", "unattributed")
#: How a place is referred to, from the ground itself to what only implies it.
PLACE_TYPES = ("toponym", "adjective", "demonym", "institution", "generic")


def name_of(session: Session, who: str) -> str:
    """The name of a person, body or place by its id; “nobody named” for none.

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

    return session.base.once("names", names).get(who, "nobody named" if who == "none" else who)


def surname_of(session: Session, who: str) -> str:
    """The last part of a person's name, for labels; the whole name where two speakers share it."""

    def surnames() -> dict[str, str]:
        last = dict(zip(session.people.person, session.people.name.str.split().str[-1]))
        often = Counter(last.get(one) for one in speakers(session.base))
        return {one: name for one, name in last.items() if often[name] <= 1}

    return session.base.once("surnames", surnames).get(who) or name_of(session, who)


def speakers(session: Session) -> list[str]:
    """Ids of those who speak, in the order in which they begin."""
    return session.once(
        "speakers", lambda: list(session.table("speeches").speaker.dropna().unique())
    )


def how_much_text(session: Session, reading: Reading = Reading()) -> pd.DataFrame:
    """Words and sentences of each layer: ``layer count evidence sentences``."""
    answers = dict(reading.answers)
    words = (
        count(session, "words", "layer", layer="all", **answers)
        .set_index("layer")
        .reindex(LAYERS)
        .dropna()
        .reset_index()
    )
    sentences = count(session, "sentences", "layer", layer="all", **answers).set_index("layer")[
        "count"
    ]
    words = words.astype({"count": "int64"})
    return words.assign(sentences=words.layer.map(sentences))


def who_speaks(session: Session, unit: str = "words", reading: Reading = Reading()) -> pd.DataFrame:
    """``speaker standing count evidence share``: how much each speaks, and how surely it is his.

    ``unit`` is ``words``, ``sentences`` or ``speeches``; ``share`` is of all that is said, 0 to 1.
    """
    frame = count(session, unit, ["speaker", "standing"], **dict(reading.answers))
    return frame.assign(share=frame["count"] / frame["count"].sum())


def course(session: Session, reading: Reading = Reading()) -> pd.DataFrame:
    """The session sentence by sentence: ``sentence speaker standing first count evidence``.

    ``first`` is the number of words spoken before the sentence begins.
    """
    answers = dict(reading.answers)
    words = count(session, "words", ["sentence", "speaker", "standing"], **answers)
    return words.assign(
        first=words["count"].cumsum() - words["count"],
        evidence=[
            Evidence.of("words", sentence=s, speaker=w, standing=h, **answers).address
            if answers
            else Evidence.of("words", sentence=s).address
            for s, w, h in zip(words.sentence, words.speaker, words.standing)
        ],
    )


def who_is_listed(session: Session, reading: Reading = Reading()) -> pd.DataFrame:
    """Those listed as taking part: ``person name role turns count evidence`` (count: words spoken)."""
    people, answers = reading.of(session).people, dict(reading.answers)
    listed = people[people.taking_part]
    return pd.DataFrame(
        {
            "person": listed.person,
            "name": listed.name,
            "role": listed.role,
            "turns": listed.speeches,
            "count": [
                Evidence.of("words", speaker=p, **answers).count(session) for p in listed.person
            ],
            "evidence": [Evidence.of("words", speaker=p, **answers).address for p in listed.person],
        }
    ).reset_index(drop=True)


def term_counts(
    session: Session, by: str = "speaker", reading: Reading = Reading(), **where
) -> pd.DataFrame:
    """``family`` by speaker (or ``written``, ``sense``, ``layer``): ``count evidence``; NLTK counts."""
    from nltk import ConditionalFreqDist  # slow to load, and few charts need it

    where = {**where, **dict(reading.answers)}
    rows = Evidence.of("terms", **where).rows(session)
    counted = ConditionalFreqDist(zip(rows.family, rows[by].astype("str").fillna("none")))
    frame = pd.DataFrame(
        [(f, value, n) for f in counted for value, n in counted[f].items()],
        columns=["family", by, "count"],
    )
    frame["evidence"] = [
        Evidence.of("terms", **{**where, "family": f, by: v}).address
        for f, v in zip(frame.family, frame[by])
    ]
    return frame


def per_thousand(session: Session, reading: Reading = Reading()) -> pd.DataFrame:
    """Mentions per 1,000 words of each speaker: ``family speaker count evidence words rate``."""
    frame = term_counts(session, reading=reading)
    words = count(session, "words", "speaker", **dict(reading.answers)).set_index("speaker")[
        "count"
    ]
    frame["words"] = frame.speaker.map(words)
    return frame.assign(rate=1000 * frame["count"] / frame.words)


def along_the_session(session: Session, reading: Reading = Reading()) -> pd.DataFrame:
    """Where each mention stands: ``family speaker standing at sentence evidence`` (at: words before it)."""
    answers = dict(reading.answers)
    words = Evidence.of("words", **answers).rows(session)
    at = dict(zip(words.start, range(len(words))))
    rows = Evidence.of("terms", **answers).rows(session)
    return pd.DataFrame(
        {
            "family": rows.family,
            "speaker": rows.speaker,
            "standing": rows.standing,
            "at": rows.start.map(at),
            "sentence": rows.sentence,
            "evidence": [
                Evidence.of("terms", family=f, sentence=s, **answers).address
                for f, s in zip(rows.family, rows.sentence)
            ],
        }
    ).reset_index(drop=True)


def plain_search(
    session: Session, layers: str = "session", reading: Reading = Reading()
) -> pd.DataFrame:
    """What a search for a family's first word finds: ``family word found count missed wrong evidence``.

    The search is for the word as it is written, anywhere in the text of the layer, upper and lower
    case alike and also inside longer words, as a search box does it.  ``missed`` are mentions that
    it does not find, ``wrong`` are finds that are no mention.
    """
    text = (
        session.sentences
        if layers == "all"
        else session.sentences[session.sentences.layer == layers]
    )
    rows = []
    for name, family in session.lexicon.families.items():
        rows_of = Evidence.of("terms", family=name, layer=layers, **dict(reading.answers))
        mentions = rows_of.rows(session)
        word = head_word(name, family.words)
        finds = [
            (row.sentence, m.start())
            for row in text.itertuples()
            for m in re.finditer(word, row.text.lower())
        ]
        covered = sum(1 for row in mentions.itertuples() if word in row.form.lower())
        rows.append(
            (
                name,
                word,
                len(finds),
                len(mentions),
                len(mentions) - covered,
                len(finds) - covered,
                rows_of.address,
            )
        )
    return pd.DataFrame(
        rows, columns=["family", "word", "found", "count", "missed", "wrong", "evidence"]
    )


def head_word(name: str, words) -> str:
    """The word that somebody would look for: the family's name if it is one of its words."""
    return name if name in words else words[0]


def place_counts(session: Session, *by: str, **where) -> pd.DataFrame:
    """References to places: ``entity``, what else they are told apart by, ``count evidence``."""
    return count(session, "mentions", ["entity", *by], kind="place", **where)


def named_places(session: Session, reading: Reading = Reading()) -> pd.DataFrame:
    """Places named by name, with coordinates if they have them: session and notes counted apart.

    ``place name kind latitude longitude layer count evidence``.
    """
    frames = []
    for layer in ("session", "notes"):
        frame = count(
            session,
            "mentions",
            "entity",
            kind="place",
            type="toponym",
            layer=layer,
            **dict(reading.answers),
        )
        frames.append(frame.assign(layer=layer))
    named = pd.concat(frames, ignore_index=True).rename(columns={"entity": "place"})
    return named.merge(session.places.drop(columns="mentions"), on="place", how="left")


def collocations(session: Session, least: int = 3, reading: Reading = Reading()) -> pd.DataFrame:
    """Neighbouring words inside a sentence that stand together at least so often: ``first second count
    log_likelihood evidence``; NLTK's Dunning log-likelihood ratio, highest first. The evidence is the second words."""
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder  # slow to load

    words = Evidence.of("words", **dict(reading.answers)).rows(session)
    finder = BigramCollocationFinder.from_documents(
        list(g.norm) for _, g in words.groupby("sentence", sort=False)
    )
    finder.apply_freq_filter(least)
    finder.apply_word_filter(lambda word: len(word) < 4)
    pairs: dict[tuple[str, str], list[str]] = {}  # the second words of each pair
    for _, group in words.groupby("sentence", sort=False):
        for first, second, word in zip(group.norm, group.norm.iloc[1:], group.word.iloc[1:]):
            pairs.setdefault((first, second), []).append(word)
    return pd.DataFrame(
        [
            (
                *pair,
                finder.ngram_fd[pair],
                round(score, 1),
                Evidence.of("words", word="|".join(pairs[pair]), **dict(reading.answers)).address,
            )
            for pair, score in finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)
        ],
        columns=["first", "second", "count", "log_likelihood", "evidence"],
    )


def compared(session: Session, speaker: str, reading: Reading = Reading()) -> pd.DataFrame:
    """A speaker's use of each family beside that of everybody else.

    ``family count evidence elsewhere expected_here expected_elsewhere told g2 log_ratio low high``:
    mentions by the speaker and by all others, what would be expected if all spoke alike, and, where
    both expected counts reach :data:`analysis.statistics.LEAST_EXPECTED` (``told``), the log-likelihood ratio,
    the log ratio and its exact interval. Elsewhere these are empty: the counts stand alone.
    """
    where, rows = dict(reading.answers), []
    words = Evidence.of("words", speaker=speaker, **where).count(session)
    others = Evidence.of("words", **where).count(session) - words
    for family in dict.fromkeys(Evidence.of("terms", **where).rows(session).family):
        here = Evidence.of("terms", family=family, speaker=speaker, **where)
        a = here.count(session)
        b = Evidence.of("terms", family=family, **where).count(session) - a
        e1, e2 = statistics.expected(a, b, words, others)
        told = min(e1, e2) >= statistics.LEAST_EXPECTED
        values = (
            (
                statistics.log_likelihood(a, b, words, others),
                statistics.log_ratio(a, b, words, others),
                *statistics.ratio_interval(a, b, words, others),
            )
            if told
            else (None,) * 4
        )
        rows.append((family, a, here.address, b, e1, e2, told, *values))
    return pd.DataFrame(
        rows,
        columns=[
            "family",
            "count",
            "evidence",
            "elsewhere",
            "expected_here",
            "expected_elsewhere",
            "told",
            "g2",
            "log_ratio",
            "low",
            "high",
        ],
    )


def dispersion(session: Session, parts: int = 10, reading: Reading = Reading()) -> pd.DataFrame:
    """How unevenly each family is spread over equal parts of the session: ``family count evidence deviation``.

    ``deviation`` is the normalised deviation of proportions, 0 (even) to 1; it is empty where a family has fewer
    mentions than there are parts, since then it cannot be even.
    """
    answers = dict(reading.answers)
    words = Evidence.of("words", **answers).rows(session)
    part = {start: n * parts // len(words) for n, start in enumerate(words.start)}
    sizes = [list(part.values()).count(p) for p in range(parts)]
    rows = []
    for family, group in (
        Evidence.of("terms", **answers).rows(session).groupby("family", sort=False)
    ):
        counts = [sum(part[start] == p for start in group.start) for p in range(parts)]
        rows.append(
            (
                family,
                len(group),
                Evidence.of("terms", family=family, **answers).address,
                statistics.deviation_of_proportions(counts, sizes, normalised=True)
                if len(group) >= parts
                else None,
            )
        )
    return pd.DataFrame(rows, columns=["family", "count", "evidence", "deviation"]).sort_values(
        "count", ascending=False, kind="stable", ignore_index=True
    )
