"""The pages of the workshop: the ballot that students fill in, and where a class's are counted.

Both work offline and send nothing: ``book/assets/ballots.js`` and ``classroom.js`` do in the page
what :mod:`analysis.ballots` and :mod:`analysis.classroom` do in Python, and are tested against it.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from analysis.ballots import (
    KINDS,
    PRIME,
    REST,
    SHEETS,
    SIGNS,
    Question,
    nobodies,
    plan,
    questions,
)
from analysis.classroom import RESAMPLED, SEED
from analysis.colours import colours
from analysis.options import inferred_speeches
from analysis.page import Page, render
from analysis.session import Session
from analysis.wording import surname_of


def ballot(session: Session) -> Page:
    """What a student judges; nothing in it says what the edition has judged."""
    asked = questions(session)
    later = plan().get("later", {})
    kinds = [
        (says, later.get(kind, ""), some)
        for kind, says in KINDS.items()
        if (some := of(asked, kind))
    ]
    data = {"code": code(), "questions": [[q.id, list(q.answers)] for q in asked]}
    return Page(render("ballot.html", data=json.dumps(data), kinds=kinds), "a ballot")


def classroom(session: Session) -> Page:
    """Where the codes of a class are typed in, and what comes of them."""
    asked = questions(session)
    words = Counter(session.words.sentence.dropna())
    spoken = session.sentences.dropna(subset="speech")
    named = session.attributions.dropna(subset="speaker")
    whose = dict(zip(named.speech, named.speaker))
    inferred = inferred_speeches(session)
    speakers = dict.fromkeys(session.speeches.speaker.dropna())
    data = {
        "code": code(),
        "questions": [[q.id, list(q.answers)] for q in asked],
        "about": {q.id: [q.kind, q.sentence, list(q.answers.values()), q.edition] for q in asked},
        "kinds": KINDS,
        "nobody": nobodies(session),
        "least": plan()["least"],
        "resampled": [RESAMPLED, SEED],
        "speakers": {who: [surname_of(session, who), colours(session)[who]] for who in speakers},
        "sentences": [
            [row.sentence, words[row.sentence], whose.get(row.speech), row.speech in inferred]
            for row in spoken.itertuples()
        ],
    }
    text = render("classroom.html", data=json.dumps(data), questions=asked)
    return Page(text, "where a class is counted")


def of(asked: list[Question], kind: str) -> list[Question]:
    """The questions of a kind."""
    return [question for question in asked if question.kind == kind]


def code() -> dict[str, Any]:
    """What a page has to know of the codes."""
    return {"signs": SIGNS, "prime": PRIME, "rest": REST, "sheets": SHEETS}
