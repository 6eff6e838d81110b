"""The pages of the workshop: the ballot that students fill in, and where a class's are counted.

Both work offline and send nothing: ``book/assets/ballots.js`` and ``classroom.js`` do in the page
what :mod:`analysis.codes` and :mod:`analysis.classroom` do in Python, and are tested against it.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from analysis.ballots import (
    NOT_HIS,
    Question,
    kinds,
    nobodies,
    plan,
    questions,
    text_of,
)
from analysis.classroom import RESAMPLED, SEED, annotators
from analysis.codes import PRIME, REST, SHEETS, SIGNS
from analysis.colours import colours
from analysis.options import inferred_speeches
from analysis.page import Page, render
from analysis.session import Session
from analysis.wording import surname_of


def ballot(session: Session) -> Page:
    """What a student judges; nothing in it says what the edition has judged."""
    asked = questions(session)
    later = plan().get("later", {})
    groups = [
        (says, later.get(kind, ""), some)
        for kind, says in kinds().items()
        if (some := of(asked, kind))
    ]
    data = {"code": code(), "questions": [[q.id, list(q.answers)] for q in asked]}
    labels = {q.id: label_of(session, q.sentence) for q in asked}
    begins = {name: shortened(text) for name, text in text_of(session).items()}
    # of a speech's end the answers that are no list come first, as a sheet of paper has them
    ends = {q.id: [q.edition, *NOT_HIS, *q.answers] for q in of(asked, "until")}
    text = render(
        "ballot.html", data=json.dumps(data), kinds=groups, labels=labels, begins=begins,
        ends={name: list(dict.fromkeys(keys)) for name, keys in ends.items()},
        not_his=NOT_HIS,
    )  # fmt: skip
    return Page(text, "a ballot")


def label_of(session: Session, sentence: str) -> str:
    """The label that is printed before a sentence, with dots where it stands further up; nothing
    where none is printed."""
    spoken = session.sentences.set_index("sentence").speech
    label = session.base.speeches.set_index("speech").label.get(spoken[sentence])
    if not isinstance(label, str):
        return ""
    first = spoken[spoken == spoken[sentence]].index[0]
    return f"[{label}:]" if first == sentence else f"[{label}: …]"


def shortened(text: str, most: int = 40) -> str:
    """The beginning of a text, whole words of it."""
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0]} …"


def classroom(session: Session) -> Page:
    """Where the codes of a class are typed in, and what comes of them."""
    asked = questions(session)
    words = Counter(session.words.sentence.dropna())
    spoken = session.sentences.dropna(subset="speech")
    named = session.attributions.dropna(subset="speaker")
    whose = dict(zip(named.speech, named.speaker))
    inferred = inferred_speeches(session)
    speakers = dict.fromkeys(session.speeches.speaker.dropna())
    others = annotators(asked)
    data = {
        "code": code(),
        "questions": [[q.id, list(q.answers)] for q in asked],
        "about": {
            q.id: [q.kind, q.sentence, list(q.answers.values()), q.edition, q.text] for q in asked
        },
        "annotators": {q.id: [others[q.id][answer] for answer in q.answers] for q in asked},
        "kinds": kinds(),
        "nobody": nobodies(session),
        "notHis": list(NOT_HIS),
        "least": plan()["least"],
        "resampled": [RESAMPLED, SEED],
        "speakers": {who: [surname_of(session, who), colours(session)[who]] for who in speakers},
        "sentences": [
            [row.sentence, words[row.sentence], whose.get(row.speech), row.speech in inferred]
            for row in spoken.itertuples()
        ],
    }
    text = render("classroom.html", data=json.dumps(data), questions=asked, not_his=NOT_HIS)
    return Page(text, "where a class is counted")


def of(asked: list[Question], kind: str) -> list[Question]:
    """The questions of a kind."""
    return [question for question in asked if question.kind == kind]


def code() -> dict[str, Any]:
    """What a page has to know of the codes."""
    return {"signs": SIGNS, "prime": PRIME, "rest": REST, "sheets": SHEETS}
