"""The lists of evidence under other readings: line by line what Python lists, and as many as said."""

import json
import random
import re
from functools import cache
from itertools import zip_longest

import pytest
from paths import SITE, TOP
from test_pages import AXE, RULES, RUN_AXE

from analysis.columns import sources
from analysis.concordance import in_sentence
from analysis.decisions import DECISIONS
from analysis.evidence import Evidence
from analysis.figures.along import each_mention
from analysis.figures.speakers import each_sentence
from analysis.measures import course, speakers
from analysis.readings import Reading
from analysis.wording import surname_of
from book.listing import is_bare, list_id, page_of
from book.session import source

TURNED = "[data-listed]"
OPTIONS = {name: list(decision.options) for name, decision in DECISIONS.items()}
SINGLE = [Reading(), *(Reading(**{n: o}) for n, options in OPTIONS.items() for o in options[1:])]


@pytest.fixture(scope="module")
def pages():
    """The choices of each page of lists that has a script beside it."""
    links = json.loads((TOP / "_build/links.json").read_text(encoding="utf-8"))
    listed = [address for address in links if " / " not in address]
    return {
        page: choices
        for page, choices in source.choices_of(listed)
        if (SITE / f"{page}.js").exists()
    }


def parts_of_lists():
    """(whole, part) of each row of a chart along the session that counts a part in some reading."""
    own, session = Reading(), source.session
    bodies = {"kind": "organisation", "entity": ["army-su", "army-hu"]}
    every = [
        each_sentence(session, course(session), own)[0],
        each_mention(session, "terms", "family", own),
        each_mention(session, "mentions", "entity", own, **bodies),
    ]
    return [
        (Evidence.parse(row.evidence), Evidence.parse(row.asks))
        for table in every
        for row in table.itertuples()
    ]


@cache
def home_of(sentence, start, end):
    return in_sentence(source.session, sentence, start, end)


def listed(evidence, reading):
    """A list under a reading, as Python makes it: sentence, text (without blanks) and speaker of
    each line."""
    session = source.session
    under = evidence if evidence.reading.options else Evidence(
        evidence.table, evidence.where, reading
    )  # fmt: skip
    rank = {who: place for place, who in enumerate([*speakers(session), "none"])}
    lines = []
    for row in under.row_by_row(session):
        sentence = row.sentence if isinstance(row.sentence, str) else None
        home, *text = home_of(sentence, row.start, row.end)
        who = row.speaker if isinstance(row.speaker, str) else "none"
        if is_bare(evidence):
            lines.append((0, f"{home.sentence} {''.join(text[1].split())} "))
            continue
        named = (
            home.layer if who == "none" and home.layer != "session" else surname_of(session, who)
        )
        lines.append((rank[who], f"{home.sentence} {''.join(''.join(text).split())} {named}"))
    return [line for _, line in sorted(lines, key=lambda line: line[0])]


def touching(evidence):
    """The edition's own reading, and each single option that can change a list."""
    reads = evidence.reads | sources(evidence.table, "speaker")
    return [r for r in SINGLE if all(DECISIONS[name].touches(reads) for name, _ in r.options)]


def test_every_list_is_what_python_lists(chromium, pages):
    drawn = random.Random(2)
    asks = {
        page: [(evidence, reading) for evidence in choices for reading in touching(evidence)]
        for page, choices in pages.items()
    }
    every = [(page, evidence) for page, choices in pages.items() for evidence in choices]
    for _ in range(200):
        reading = Reading(**{name: drawn.choice(options) for name, options in OPTIONS.items()})
        for page, evidence in drawn.sample(every, 3):
            asks[page].append((evidence, reading))
    parts = {}
    for whole, part in parts_of_lists():
        assert list_id(part).startswith(list_id(whole))  # a link says how it goes on
        page = page_of(source.session, whole)
        if page in pages and whole.count(source.session):
            some = [*drawn.sample(touching(part), 2), Reading(reported="all aside")]
            parts[part] = [(part, reading) for reading in dict.fromkeys(some)]
            asks[page] += parts[part]
    assert len(parts) > 500
    lists = lines = 0
    for page, asked in asks.items():
        chromium.open(SITE.as_uri(), f"{page}.html?opening=nobody")
        chromium.page.wait_for_selector(TURNED, state="attached")
        told = [
            [list_id(e), {name: OPTIONS[name].index(option) for name, option in reading.options}]
            for e, reading in asked
        ]
        got = chromium.page.evaluate(
            """(asked) => asked.map((ask) => linesOf(...ask)?.map(([name, text, who]) =>
                 `${name} ${text.replace(/\\s/g, "")} ${who}`))""",
            told,
        )
        for (evidence, reading), now in zip(asked, got, strict=True):
            want = listed(evidence, reading)
            if now is None:  # the page says that no reading changes this list
                now = listed(evidence, Reading())
            wrong = [pair for pair in zip_longest(now, want) if pair[0] != pair[1]]
            assert not wrong, (evidence.short, str(reading), wrong[:3])
            lists, lines = lists + 1, lines + len(want)
        assert not chromium.faults
    print(f"{lists:,} lists with {lines:,} lines compared")
    assert lists > 5_000


AT_ITS_END = """() => {
  const end = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const list = end.matches("section") ? end : end.querySelector("section");
  const words = [...list.querySelectorAll(".words span")].map((e) => e.textContent.split("  "));
  const lines = list.querySelectorAll("tr[data-item]").length + words.flat().length;
  return [list.firstElementChild.textContent, lines];
}"""


def test_numbers_at_random_lead_to_as_many_lines_as_they_say(chromium):
    drawn, followed = random.Random(3), 0
    page = chromium.page
    chapters = sorted(path.name for path in (SITE / "chapters").glob("*.html"))
    moving = [c for c in chapters if "data-n=" in (SITE / "chapters" / c).read_text("utf-8")]
    for _ in range(12):  # some pages have few
        reading = Reading(**{name: drawn.choice(options) for name, options in OPTIONS.items()})
        query = "&".join(f"{name}={o.replace(' ', '-')}" for name, o in reading.options)
        chromium.open(SITE.as_uri(), f"chapters/{drawn.choice(moving)}?{query}")
        page.wait_for_selector("#otherwise:not([hidden])")
        told = page.eval_on_selector_all(
            "a[data-n][data-count]:not(svg *, tr[hidden] *)",
            """(all) => all.map((a) => {
              a.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
              return [a.textContent, a.href, a.dataset.part !== undefined];
            })""",
        )
        told = [one for one in told if re.fullmatch("[0-9,]+", one[0])]
        counts = [(text, href) for text, href, part in told if not part]
        rows = [(text, href) for text, href, part in told if part]  # of a chart along the session
        some = drawn.sample(counts, min(5, len(counts))) + drawn.sample(rows, min(3, len(rows)))
        for text, href in some:
            page.goto(href)
            page.wait_for_selector(TURNED, state="attached")
            title, lines = page.evaluate(AT_ITS_END)
            number = int(text.replace(",", ""))
            assert lines == number and f": {text} " in title, (href, text, title, lines)
            followed += 1
    assert followed >= 45 and not chromium.faults


def test_a_list_is_put_back_as_it_was(chromium):
    page = chromium.page
    for name in ("terms-order", "words-kadar"):
        chromium.open(SITE.as_uri(), f"evidence/{name}.html", 360)
        before = page.inner_text(".body")
        chromium.open(SITE.as_uri(), f"evidence/{name}.html?senses=apart&opening=nobody", 360)
        page.wait_for_selector(TURNED, state="attached")
        assert page.inner_text(".body") != before
        page.get_by_role("button", name="Back to the edition's", exact=True).click()
        page.wait_for_function("() => !document.querySelector('.listed-otherwise')")
        page.evaluate("delete document.documentElement.dataset.readable")  # all is laid out again
        assert page.inner_text(".body") == before


#: A page of each kind of lists on which a reading changes something.
KINDS = ["words-munnich", "sentences", "speeches", "mentions-place", "terms-party", "reported"]


@pytest.mark.parametrize("name", KINDS)
def test_the_panel_on_a_page_of_lists_is_for_everyone(chromium, name):
    chromium.open(SITE.as_uri(), f"evidence/{name}.html?opening=nobody", 360)
    page = chromium.page
    page.wait_for_selector(TURNED, state="attached")
    page.click("#switch")
    page.wait_for_selector("#switches:popover-open")
    page.evaluate(AXE)
    assert not page.evaluate(RUN_AXE, RULES)
    assert not chromium.faults
