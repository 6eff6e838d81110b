"""A class's reading in the page: every number as Python counts it in the session so judged."""

import re
from functools import partial

import pytest
from paths import SITE
from test_charts import DRAWN
from test_pages import AXE, RULES, RUN_AXE
from test_prose import SOURCES, prose
from test_switches import asked  # noqa: F401 (a fixture)

from analysis.ballots import questions
from analysis.classroom import code_of, judged, reading_of
from analysis.decisions import DECISIONS
from analysis.errors import AskError
from analysis.evidence import Evidence
from analysis.figures.saying import named
from analysis.measures import who_speaks
from analysis.readings import Reading
from analysis.recounts import follows
from analysis.wording import percent, surname_of
from book.judged import LEFT, NOBODYS, Recounts
from book.listing import list_id
from book.prose import PIECES
from book.session import source

#: Made-up classes: whose sentences are, and where the opening ends.
CLASSES = [
    ({"s38": "table"}, "s84"),
    ({"s67": "munnich", "s73": "munnich", "s109": "malin"}, None),
    ({"s109": "unknown", "s38": "kadar"}, "s1"),
    ({}, "s48"),
]


@pytest.fixture(scope="module")
def doubted():
    """The questions of the ballot, and a class that gives each doubtful sentence to another."""
    every = questions(source.session)
    answers = ["munnich", "bata", "table", "kadar", "malin", "unknown"]
    some = [q.id for q in every if q.kind == "speaker"]
    return every, {name: answers[at % len(answers)] for at, name in enumerate(some)}


def counted(evidence, session):
    """How many rows; none where the class has left nothing to a speech or a speaker."""
    try:
        return evidence.count(session)
    except AskError:
        assert evidence.count(source.session)
        return 0


def under(ask, session):
    """What an address, or a share of two, comes to in a session."""
    part, *whole = (counted(Evidence.parse(one), session) for one in ask.split(" / "))
    if not whole:
        return part
    return percent(part, whole[0])


def test_every_number_is_what_python_counts_in_the_session_so_judged(chromium, asked, doubted):  # noqa: F811
    every, mixed = doubted
    asks = sorted(a for a in asked if a.startswith("evidence:") and "under." not in a)
    recounts = Recounts(source.session, asks)
    names = recounts.name_of
    chromium.open(SITE.as_uri(), f"chapters/speakers.html?class={code_of(every, *CLASSES[0])}")
    chromium.page.wait_for_selector("#otherwise:not([hidden])")
    chromium.page.evaluate(recounts.script())
    follow = [ask for ask in asks if ask in names and names[ask] != LEFT]
    moved = 0
    for speakers, until in [*CLASSES, (mixed, None), (mixed, "s61")]:
        session = judged(source.session, speakers, until)
        code = code_of(every, speakers, until)
        got = chromium.page.evaluate(
            "([asks, code]) => asks.map((ask) => judged.value(ask, code))",
            [[names[ask] for ask in follow], code],
        )
        right = [under(ask, session) for ask in follow]
        wrong = [(a, r, g) for a, r, g in zip(follow, right, got, strict=True) if r != g]
        assert not wrong, f"{len(wrong)} of {len(got)}: {wrong[:5]}"
        for ask in set(asks) - set(names):  # these a class can't change
            assert under(ask, session) == under(ask, source.session), ask
        moved += sum(under(ask, source.session) != now for ask, now in zip(follow, got))
    assert len(follow) > 200 and moved > 400


def test_a_code_is_a_class_s_reading(doubted):
    every, mixed = doubted
    for speakers, until in [*CLASSES, (mixed, "s61")]:
        assert reading_of(every, code_of(every, speakers, until)) == (speakers, until)
    with pytest.raises(AskError):
        reading_of(every, code_of(every, mixed)[:-1])


def test_a_page_is_read_as_a_class_reads_and_back(chromium, doubted):
    every, _ = doubted
    speakers, until = {"s109": "table"}, "s48"
    code, session = code_of(every, speakers, until), judged(source.session, speakers, until)
    chromium.open(SITE.as_uri(), f"chapters/speakers.html?class={code}")
    page = chromium.page
    page.wait_for_selector("#otherwise:not([hidden])")
    told = page.locator("#otherwise").inner_text()
    assert "Read as a class has judged" in told and "the opening ends with s48" in told
    own = page.locator("#chart-who-speaks-opening-nobody > .now")
    assert "a class’s answers are not in it" in own.inner_text()
    numbers = "a[data-c]:not([data-mark], [data-c=left], svg a)"
    shown = page.locator(numbers).evaluate_all("all => all.map((a) => [a.hash, a.textContent])")
    words = Evidence.parse("words speaker=kadar")
    assert (f"#{list_id(words)}", f"{words.count(session):,}") in map(tuple, shown)
    assert words.count(session) < words.count(source.session)
    assert page.locator("a.claim.stays").count() == page.locator("a.claim").count() > 0
    assert "underlined twice stay the edition’s" in page.locator(".edition-stays").inner_text()
    assert page.locator("#chart-who-speaks.followed").is_visible()
    page.evaluate(AXE)
    assert not page.evaluate(RUN_AXE, RULES)
    # links keep it, and the text has the class's speakers
    page.get_by_role("button", name="Change", exact=True).click()
    assert page.locator("#switches [name=class]").is_checked()
    page.keyboard.press("Escape")
    chromium.open(SITE.as_uri(), f"chapters/text.html?class={code}")
    page.wait_for_function("'spoken' in document.documentElement.dataset")
    aside = page.locator(".text .sentence.aside").evaluate_all("all => all.map((s) => s.id)")
    assert aside[0] == "s49" and "s97" in aside and "s48" not in aside and "s100" not in aside
    speech = page.locator(".speech:has(#s109) .speaker")  # it has no other sentence
    assert speech.inner_text().startswith("somebody at the table")
    assert "nobody’s (the opening has ended)" in page.locator("#s50 > .now").inner_text()
    page.get_by_role("button", name="Back to the edition's", exact=True).click()
    page.wait_for_url(lambda url: "class=" not in url)
    assert page.locator(".sentence.aside").count() == 0
    # a decision taken by oneself excludes it
    chromium.open(SITE.as_uri(), f"chapters/speakers.html?class={code}")
    page.get_by_role("button", name="read this page with the opening given to nobody").click()
    page.wait_for_function("location.search === '?opening=nobody'")
    page.get_by_role("button", name="Back to the edition's", exact=True).click()
    assert page.locator(".turned").count() == 0 and not chromium.faults
    assert page.locator("#chart-who-speaks-opening-nobody > .now").count() == 0


def test_a_sentence_without_a_majority_says_so_each_time_it_is_told(chromium, doubted):
    code = code_of(doubted[0], {"s39": "unknown", "s40": "unknown"}, None)
    chromium.open(SITE.as_uri(), f"chapters/text.html?class={code}", 390)
    page = chromium.page
    page.wait_for_function("'spoken' in document.documentElement.dataset")
    for name in ("s39", "s40"):  # one after the other, each by itself
        assert NOBODYS in page.locator(f"#{name} > .now").text_content()
    banner = page.locator("#otherwise")
    assert "2 passages on this page changed." in banner.inner_text()
    assert banner.bounding_box()["height"] <= 844 / 6 and NOBODYS not in banner.inner_text()
    page.get_by_role("button", name="More", exact=True).click()
    assert f"s39, s40: {NOBODYS}" in banner.inner_text()
    chromium.open(SITE.as_uri(), f"chapters/two-days.html?class={code}")
    page.wait_for_selector("#otherwise:not([hidden])")
    assert "no number on this page changed." in banner.inner_text() and not chromium.faults


def shares_beside_counts():
    """Each share of a chapter, and the count of one of its sides in the same paragraph: (where, the
    sides, whether it stays in any reading; which side, the count, whether that stays)."""
    for path in SOURCES:
        for paragraph in re.split(r"\n\s*\n", "\n\n".join(prose(path))):
            told = []
            for piece in PIECES.finditer(paragraph):
                titled = (piece["title"] or "").partition(": ")
                told.append((piece["role"] or titled[0], piece["asked"] or titled[2]))
            for _, share in (one for one in told if one[0] == "share"):
                sides = [Evidence.parse(side) for side in share.split(" / ")]
                for _, query in (one for one in told if one[0] == "count"):
                    count = Evidence.parse(query)
                    for at, side in enumerate(sides):
                        same = (count.table, count.where) == (side.table, side.where)
                        if same and count.count(source.session) == side.count(source.session):
                            yield path.stem, sides, "under" in share, at, count, "under" in query


def test_a_count_and_the_share_beside_it_never_part_company(doubted):
    def switched(reading):
        return lambda e: Evidence(e.table, e.where, reading).count(source.session)

    def classed(speakers, until):
        session = judged(source.session, speakers, until)
        return lambda e: counted(e, session) if follows(e) else e.count(source.session)

    under = {
        f"{name}={option}": switched(Reading(**{name: option}))
        for name, decision in DECISIONS.items()
        for option in list(decision.options)[1:]
    }
    under |= {str(one): classed(*one) for one in [*CLASSES, (doubted[1], "s61")]}
    found = list(shares_beside_counts())
    assert {"speakers", "methods"} <= {where for where, *_ in found}
    for where, sides, stays, at, count, count_stays in found:
        for reading, read in under.items():
            share = [one.count(source.session) if stays else read(one) for one in sides]
            beside = share.copy()
            beside[at] = count.count(source.session) if count_stays else read(count)
            assert percent(*beside) == percent(*share), (where, str(count), reading)


def test_who_speaks_is_drawn_as_a_class_has_it(chromium, doubted):
    every, mixed = doubted
    first = code_of(every, *CLASSES[0])
    chromium.open(SITE.as_uri(), f"chapters/speakers.html?class={first}")
    page = chromium.page
    page.wait_for_selector("#otherwise:not([hidden])")
    classes = [*CLASSES, (mixed, None), (mixed, "s61")]
    codes = [code_of(every, *one) for one in classes]
    look = f"""(codes) => codes.map((code) => {{
      switches.read({{ class: code }});
      charts.finish();
      const rows = [...document.querySelectorAll("#chart-who-speaks tbody tr:not([hidden])")];
      const drawn = ({DRAWN})({{}}).find(({{ id }}) => id === "chart-who-speaks");
      return [drawn, rows.map(({{ cells }}) => [...cells].map((cell) => cell.textContent))];
    }})"""
    for (speakers, until), (drawn, rows) in zip(classes, page.evaluate(look, codes), strict=True):
        session = judged(source.session, speakers, until)
        table, name = who_speaks(session), partial(surname_of, source.session)
        counted = {
            named(f"{name(r.speaker)}, words", r.standing): r.count for r in table.itertuples()
        }
        shown = {
            part["label"].rpartition(": ")[0]: round(part["length"])
            for part in drawn["parts"]
            if round(part["length"])
        }
        assert shown == counted, (speakers, until)
        said = {part["label"] for part in drawn["parts"] if round(part["length"])}
        assert said == {f"{label}: {count:,}" for label, count in counted.items()}
        assert {(who, how): n for who, how, n in rows if n != "0"} == {
            (name(r.speaker), r.standing): f"{r.count:,}" for r in table.itertuples()
        }
        assert drawn["title"] == "Words of each speaker"
    chromium.open(SITE.as_uri(), f"chapters/document.html?class={first}")
    page.wait_for_selector("#chart-course.left")  # one that would need marks for everybody
    assert not chromium.faults


def test_a_list_says_that_it_is_the_edition_s_and_a_spoilt_code_is_told(chromium, doubted):
    code = code_of(doubted[0], {"s38": "table"}, "s48")
    chromium.open(SITE.as_uri(), f"evidence/words-kadar.html?class={code}")
    chromium.page.wait_for_selector(".edition-stays")
    assert "stay the edition’s" in chromium.page.locator(".edition-stays").inner_text()
    chromium.open(SITE.as_uri(), f"chapters/speakers.html?class={code}")
    chromium.page.wait_for_selector("#otherwise:not([hidden])")
    chromium.page.locator("p:not(.answer) > a[data-c]").first.click()  # and beside the text, too
    chromium.page.frame_locator("#beside iframe").locator(".edition-stays").wait_for()
    chromium.open(SITE.as_uri(), f"chapters/speakers.html?class={code[:-1]}")
    chromium.page.get_by_text("a sign of its code is missing or wrong").wait_for()
    assert not chromium.faults


def test_the_class_s_page_opens_the_book_so(browser, doubted):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{SITE.as_uri()}/chapters/classroom.html")
    page.locator("#classroom summary").first.click()
    page.locator("[data-question='s38'][data-answer='table']").fill("3")
    page.locator("[data-question='until'][type='text']").fill("s84 s84 s90")
    page.get_by_role("link", name="Read the book so").click()
    page.wait_for_function("'spoken' in document.documentElement.dataset")
    assert page.url.endswith(f"text.html?class={code_of(doubted[0], {'s38': 'table'}, 's84')}")
    assert "Read as your class has judged" in page.locator("#otherwise").inner_text()
    assert "somebody at the table" in page.locator("#s38").inner_text()
    page.goto(f"{SITE.as_uri()}/chapters/words.html")  # elsewhere it is an answer among the others
    page.locator("#switch").click()
    page.get_by_role("checkbox", name="As your class has judged").check()
    page.wait_for_function("location.search.startsWith('?class=')")
    context.close()
