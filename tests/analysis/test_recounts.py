"""How a number is counted anew where sentences are given to others: a page by hand."""

import pytest

from analysis.classroom import judged
from analysis.evidence import Evidence
from analysis.recounts import Recount, follows, homes, is_left, recount

#: Of ten sentences: s5 and s7 are doubted, the first six inferred, the last is nobody's.
HOMES = [
    ("s1", "sp1", "pole", "inferred", True, False),
    ("s2", "sp1", "pole", "inferred", True, False),
    ("s3", "sp1", "pole", "inferred", True, False),
    ("s4", "sp1", "pole", "inferred", True, False),
    ("s5", "sp1", "pole", "inferred", True, True),
    ("s6", "sp1", "pole", "inferred", True, False),
    ("s7", "sp2", "crane", "labelled", False, True),
    ("s8", "sp2", "crane", "labelled", False, False),
    ("s9", "sp2", "crane", "labelled", False, False),
    ("s10", "sp3", "none", "labelled", False, False),
]


def test_whose_each_sentence_is_and_how_that_is_known(third):
    assert homes(third) == HOMES


@pytest.mark.parametrize(
    ("text", "rows", "where"),
    [
        # “The ferry did not run” · “he will sink the ferry” · “a rope for the ferry”
        ("terms family=ferry speaker=pole", {"s1": 1, "s2": 1, "s6": 1}, {"speaker": ["pole"]}),
        # the notes, the heading and the archive's record are in no speech
        ("mentions entity=crane layer=all speaker=pole|none", {"s2": 1, "s3": 1, "none": 2},
         {"speaker": ["pole", "none"]}),
        ("words sentence=s7|s10 standing=doubted speech=sp2", {"s7": 8, "s10": 6},
         {"speech": ["sp2"], "standing": ["doubted"]}),
        ("terms family=council", {"s8": 1}, {}),
        ("terms family=fear layer=notes", {}, {}),
    ],
)  # fmt: skip
def test_rows_by_sentence_and_what_is_asked_of_their_speaker(third, text, rows, where):
    asked = tuple((name, tuple(values)) for name, values in where.items())
    found = recount(third, Evidence.parse(text))
    assert (dict(found.rows), found.where) == (rows, asked)
    assert len(found.rows) == len(rows) and isinstance(found, Recount)


@pytest.mark.parametrize("speaker", ["pole", "crane", "none"])
@pytest.mark.parametrize("table", ["words", "sentences", "terms", "mentions", "reported"])
def test_counted_anew_it_is_what_a_class_s_session_counts(third, table, speaker):
    given = {"s5": "crane", "s7": "clerk", "s2": "pole", "s10": "pole"}
    evidence = Evidence.of(table, speaker=speaker)
    for speakers, until in (({}, None), (given, None), (given, "s3"), ({}, "s4")):
        whose = {}
        for at, (sentence, _, who, _, inferred, _) in enumerate(HOMES, 1):
            late = until and inferred and at > int(until[1:])
            new = speakers.get(sentence, "none" if late else who)
            whose[sentence] = new if new in ("pole", "crane") else "none"
        anew = sum(n for name, n in recount(third, evidence).rows if whose[name] == speaker)
        assert anew == evidence.count(judged(third, speakers, until))


@pytest.mark.parametrize(
    ("text", "moves", "left"),
    [
        ("words speaker=pole", True, False),
        ("terms family=ferry standing=doubted", True, False),
        ("reported speech=sp1", True, False),
        ("words", False, False),  # of no speaker
        ("doubts speaker=pole", False, False),  # keeps its speech
        ("speeches speaker=pole", False, True),  # made anew
        ("speeches", False, True),
    ],
)
def test_what_follows_and_what_is_left(text, moves, left):
    evidence = Evidence.parse(text)
    assert (follows(evidence), is_left(evidence)) == (moves, left)
