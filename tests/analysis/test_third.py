"""A third edition, of one page, that has of every mark one or two: all that is made of it, whole.

What each table, page and list has to be stands in ``tests/editions/third/whole``, to be read with
the page, ``third.txt``, beside it.  Most of it was read so when it was taken over, the rest in part;
no command writes it: whoever changes what is made changes it there by hand, with the page beside it.
"""

import json
import re

import pandas as pd
import pytest
from paths import THIRD

from analysis import Reading
from analysis.ask import ask
from analysis.backwards import left_out, marked, nothing_rests_on, resting_on, stated
from analysis.claims import verdict, what_moves_it
from analysis.classroom import in_comparison, judged
from analysis.clocks import beside, chain, contradictions, dated, story
from analysis.columns import known_columns, placed
from analysis.concordance import concordance, in_context
from analysis.copies import lines_to_sort, student_copy
from analysis.evidence import PLACED, Evidence
from analysis.export import report, tables_of
from analysis.figures.speakers import who_speaks_chart
from analysis.layers import LAYERS
from analysis.lives import who_was_who
from analysis.measures import (
    along_the_session,
    collocations,
    course,
    dispersion,
    how_much_text,
    keyness,
    named_places,
    per_thousand,
    place_counts,
    plain_search,
    term_counts,
    who_is_listed,
    who_speaks,
)
from analysis.opendata import all_files, contents
from analysis.portable import portable
from analysis.presence import feared, grouped, names_by_hand, presence
from analysis.programme import against_the_edition, differences, finds, words_by_speaker
from analysis.text import reading_text, who_is_who
from analysis.voices import in_lanes, passages, terms_of_others, words_of_others
from analysis.wording import described

WHOLE = THIRD.parent / "whole"


def table(frame: pd.DataFrame) -> str:
    """As CSV; its rows are numbered from 0."""
    assert frame.index.tolist() == list(range(len(frame)))
    return frame.to_csv(index=False, lineterminator="\n")


def lines(text: str) -> str:
    """HTML with a line for each sentence, row and entry, to be read."""
    text = str(text)  # a Markup would escape what is put into it
    for start in (
        "<p",
        "<div",
        "<dt",
        "<dd",
        "<h3",
        "<section",
        "<label",
        "<tr",
        '<span class="sent',
    ):
        text = text.replace(start, f"\n{start}")
    return text.strip() + "\n"


def told(parts: dict[str, object]) -> str:
    """Each part under its head."""
    shown = {n: table(p) if isinstance(p, pd.DataFrame) else f"{p}\n" for n, p in parts.items()}
    return "\n".join(f"== {name}\n{part}" for name, part in shown.items())


NOBODY = Reading(opening="nobody")
MEASURES = (
    how_much_text, who_speaks, course, who_is_listed, term_counts, per_thousand, place_counts,
    named_places, names_by_hand, passages, words_of_others, terms_of_others, dated, beside,
)  # fmt: skip


def tables(third):
    return told({n: t.rstrip("\n") for n, t in tables_of(third).items() if n.endswith(".csv")})


def measured(third):
    parts: dict[str, object] = {of.__name__: of(third) for of in MEASURES}
    for of in (who_speaks, course, term_counts, passages, dated):
        parts[f"{of.__name__}, nobody"] = of(third, reading=NOBODY)
    parts |= {
        "speeches": who_speaks(third, unit="speeches"),
        "along": along_the_session(third, family="ferry"),
        "along, aside": along_the_session(
            third, family="ferry", reading=Reading(reported="all aside")
        ),
        "search": plain_search(third),
        "dispersion": dispersion(third, parts=2),
        "collocations": collocations(third, least=1),
        "keyness": keyness(third, speaker="crane"),
        "contradictions": contradictions(third),
        "chain": chain(third),
        "story": story(third),
        "lanes": in_lanes(passages(third)),
        "persons": presence(third, all_there=True),
        "without others": presence(third),
        "bodies": presence(third, kind="organisation", all_there=True),
        "groups": grouped(third, presence(third)),
        "feared": feared(third),
        "judged": in_comparison(
            third, ("class", judged(third, {"s5": "crane", "s7": "clerk"}, "s3"))
        ),
    }
    return told(parts)


def rested(third):
    parts: dict[str, object] = {}
    for name in ("s1", "s2", "s5", "s8", "n1.1"):
        parts |= {name: resting_on(third, name), f"{name}, marked": marked(third, name)}
    parts["left out"] = pd.DataFrame(left_out(third, *stated(third)))
    return told(parts | {"nothing": nothing_rests_on(third)})


def asked(third):
    questions_asked = {
        "ferry": "all", "fear*": "session", "fery": "session", "new rope, council": "session",
    }  # fmt: skip
    parts: dict[str, object] = {}
    for question, layer in questions_asked.items():
        answer = ask(third, question, layer=layer)
        parts |= {question: repr(answer), f"{question}, marked": answer._repr_markdown_()}
    answer = ask(third, "rope", reading=NOBODY)
    return told({**parts, "nobody": repr(answer), "page": lines(answer.page.text)})


def in_lines(third):
    parts: dict[str, object] = {
        name: concordance(third, name) for name in PLACED if name != "words"
    }
    return told({**parts, "page": lines(in_context(third, "terms family=rope").text)})


def read_otherwise(third):
    """What one decision does to each result, what each claim rests on; the first of all readings."""
    results, claims = stated(third)
    parts: dict[str, object] = {name: what_moves_it(third, one) for name, one in results.items()}
    for name, claim in claims.items():
        asked = verdict(third, claim)
        often = f"{len(asked.holds)} of {asked.readings} readings"
        breaks = "\n".join(f"  {reading}" for reading in asked.breaks)
        parts[name] = f"{claim.says} {often}: {asked.phrase}\n{breaks}".rstrip()
    for kind in ("results", "claims"):
        parts[kind] = "\n".join(all_files(third)[f"readings/{kind}.csv"].splitlines()[:30])
    return told(parts)


def programmed(third):
    ways = (finds, words_by_speaker, differences, against_the_edition)
    return told({way.__name__: way(third) for way in ways})


def text(third):
    return told({layer: lines(reading_text(third, layer).text) for layer in LAYERS})


def copies(third):
    return told(
        {
            "session": lines(student_copy(third).text),
            "beside": lines(student_copy(third, beside=True, notes_at="n.html").text),
            "part": lines(student_copy(third, first="s5", last="s7").text),
            "notes": lines(student_copy(third, "notes", telling=False).text),
            "telling": lines(student_copy(third, "notes", telling=True).text),
            "rope": lines(lines_to_sort(third, "rope").text),
        }
    )


def opened(third):
    shown = ("places.geojson", "register.jsonld", "claims.jsonld", "readings/datapackage.json")
    files = {name: all_files(third)[name] for name in shown}
    graph = json.loads(all_files(third)["ro-crate-metadata.json"])["@graph"]
    (root,) = [e for e in graph if e["@id"] == "./"]
    named = [e for e in graph if "contentSize" not in e and e is not root]
    return told(
        {
            **files,
            "crate": json.dumps(root, indent=1),
            "entities but for files": json.dumps(named, indent=1),
            "contents": contents(third)[["path", "what"]],
        }
    )


def register(third):
    return lines(who_is_who(third).text)


def who(third):
    return told(
        {"all": lines(who_was_who(third).text), "one": lines(who_was_who(third, "notes").text)}
    )


def in_words(third):
    """What is said of a choice of rows: of a whole table, and by the first value of each column."""
    parts = []
    for name in PLACED:
        rows = placed(third, name)
        asked = [Evidence.of(name), Evidence.of(name, layer="all")]
        for column in known_columns(name):
            if values := list(rows[column].dropna().astype(str)):
                asked.append(Evidence.of(name, **{column: values[0]}))
        for evidence in asked:
            parts.append(f"{evidence.address}: {described(third, evidence)}")
            bare = described(third, evidence, counted=False)
            assert parts[-1].startswith(f"{evidence.address}: {bare}")
    return "\n".join(parts) + "\n"


def plainly(third):
    """As a viewer gets it that trusts nobody."""
    chart = who_speaks_chart(third)
    pages = {
        "register": who_is_who(third),
        "people": who_was_who(third),
        "asked": ask(third, "rope").page,
    }
    shown = {name: lines(portable(page.text)) for name, page in pages.items()}
    text = re.sub("<svg.*?</svg>", "(a drawing)", chart.text, flags=re.S)
    return told(
        {**shown, "beneath": lines(chart.beneath), "chart": lines(text), "drawn": repr(chart)}
    )


#: How each file of ``whole`` is made.
MADE = {
    "tables": tables, "ledger": report, "measures": measured, "rests": rested, "asked": asked,
    "lines": in_lines, "programme": programmed, "text": text, "register": register,
    "copies": copies, "open": opened, "people": who, "words": in_words, "readings": read_otherwise, "plainly": plainly,
}  # fmt: skip


@pytest.mark.parametrize("name", MADE)
def test_what_is_made_of_a_page(third, name):
    made = MADE[name](third).replace(str(THIRD.parent), "")
    assert made == (WHOLE / f"{name}.txt").read_text(encoding="utf-8")
