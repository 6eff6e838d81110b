"""The switches of the built book: what every number becomes, and what a reader meets."""

import json
import re

import pytest
from paths import SITE, TOP
from test_pages import AXE, RULES, RUN_AXE

from analysis.columns import column
from analysis.decisions import DECISIONS
from analysis.evidence import Evidence
from analysis.readings import Reading, readings_of
from analysis.tallies import Choice, every_tally
from analysis.wording import percent
from book.listing import list_id
from book.prose import chapters
from book.session import source
from book.switches import as_json, grids

PAGE = "chapters/speakers.html"
LINK = re.compile(r'<a [^>]*data-count="\d+"[^>]*>')


@pytest.fixture(scope="module")
def asked():
    """What the numbers of the book depend on: its lists and claims, and the shares in its prose."""
    links = json.loads((TOP / "_build/links.json").read_text(encoding="utf-8"))
    lists = {address for address in links if address.startswith("evidence:")}
    prose = "".join(path.read_text(encoding="utf-8") for path in chapters())
    queries = re.findall(r'"((?:count|share): [^"\\]+)\\?"', prose)
    queries += [": ".join(found) for found in re.findall(r"\{(count|share)\}`([^`]+)`", prose)]
    roles = [query.split(": ", 1) for query in queries]
    told = {source.roles[role](query, "").asks for role, query in roles}
    told.discard("")  # a query with a reading of its own stays as it is
    return {*lists, *told, *(f"claim:{name}" for name in source.claims)}


def plainly(session, ask):
    """What it comes to under every reading that can change it, one after the other."""
    if ask.startswith("claim:"):
        claim = source.claims[ask.removeprefix("claim:")]
        return {r: claim.test(*t) for r, t in every_tally(session, *claim.choices).items()}
    part, *whole = map(Evidence.parse, ask.split(" / "))
    if not whole:
        readings = readings_of(session, part.reads)
        return {r: Evidence(part.table, part.where, r).count(session) for r in readings}
    counts = {
        reading: (part_of[""], whole_of[""])
        for reading, (part_of, whole_of) in every_tally(
            session, Choice(part), Choice(whole[0])
        ).items()
    }
    return {r: percent(a, b) for r, (a, b) in counts.items()}


def test_every_number_under_every_reading_is_what_python_counts(chromium, session, asked):
    chromium.open(SITE.as_uri(), f"{PAGE}?opening=nobody")
    chromium.page.wait_for_selector("#otherwise:not([hidden])")
    script = (SITE / "readings.js").read_text(encoding="utf-8")
    values = json.loads(script.split("\n")[1].removesuffix(");"))
    known = {json.dumps(v, ensure_ascii=False, separators=(",", ":")): n for n, v in values.items()}
    moving = grids(source, asked)
    asks, expected = [], []
    for ask in sorted(ask for ask in asked if "under." not in ask):
        plain = plainly(source.session, ask)
        if ask not in moving:
            assert len(set(plain.values())) == 1, ask
            continue
        number = known[as_json(moving[ask])]  # the page has this very number
        for reading, value in plain.items():
            under = {n: list(DECISIONS[n].options).index(option) for n, option in reading.options}
            asks.append([number, under])
            expected.append((ask, str(reading), value))
    got = chromium.page.evaluate("(asks) => asks.map((ask) => switches.at(...ask))", asks)
    wrong = [(*want, now) for want, now in zip(expected, got, strict=True) if want[2] != now]
    assert not wrong, f"{len(wrong)} of {len(got)}: {wrong[:5]}"
    print(f"{len(got):,} values of {len(moving)} numbers compared")
    assert len(got) > 10_000


def test_a_page_writes_a_share_as_python_does(chromium):
    """Every share of up to 205 (1 of 200 is 0.5%, 1 of 201 less), and in order of size."""
    chromium.open(SITE.as_uri(), PAGE)
    pairs = [(part, whole) for whole in range(206) for part in range(whole + 1)]
    told = "(pairs) => pairs.map((pair) => shares.percent(...pair))"
    assert chromium.page.evaluate(told, pairs) == [percent(*pair) for pair in pairs]
    some = ["0%", "under 1%", "1%", "99%", "over 99%", "100%"]
    sizes = chromium.page.evaluate("(some) => some.map(shares.size)", some)
    assert sizes == sorted(set(sizes))


def test_a_link_is_turned_by_what_it_leads_to(asked):
    counts = {ask for ask in asked if ask.startswith("evidence:") and " / " not in ask}
    moving = grids(source, counts)
    numbers = {}
    for path in sorted(SITE.glob("chapters/*.html")):
        for link in LINK.findall(path.read_text(encoding="utf-8")):
            if "data-part" in link:  # a mark of a sentence that is one man's in one reading
                continue
            number, place = (
                re.search(r'data-n="(\w+)"', link),
                re.search(r'href="[^"#]*#([^"]+)"', link),
            )
            if number and place:
                numbers.setdefault(place[1], set()).add(number[1])
    values = json.loads((SITE / "readings.js").read_text(encoding="utf-8").split("\n")[1][:-2])
    known = {json.dumps(v, ensure_ascii=False, separators=(",", ":")): n for n, v in values.items()}
    compared = 0
    for ask, grid in moving.items():
        for number in numbers.get(list_id(Evidence.parse(ask)), ()):
            share = isinstance(values[number][1][0], str)
            assert share or number == known[as_json(grid)], ask
            compared += 1
    assert compared > 50


# What a reader meets ------------------------------------------------------------------------------


def turned(page):
    return page.evaluate(
        "() => [...document.querySelectorAll('.turned')].map((a) => [a.textContent, a.title])"
    )


def test_a_link_with_a_reading_opens_it_from_a_file(chromium):
    chromium.open(SITE.as_uri(), f"{PAGE}?opening=nobody&doubts=all-aside")
    kadar = Evidence.parse("words speaker=kadar under opening=nobody doubts=all_aside")
    page = chromium.page
    page.wait_for_selector("#otherwise:not([hidden])")
    changed = page.locator("a.turned:not([hidden]:not(tr) *, svg a)").count()
    told = f"{changed} numbers on this page changed."
    assert told in page.locator("#otherwise").inner_text() and changed > 5
    assert page.locator("[role=status]").first.text_content() == told
    said_now = dict(map(reversed, turned(page)))
    assert said_now["As the edition reads it: 1,106"] == str(kadar.count(source.session))
    assert "does not hold here" in said_now.values()
    assert "nobody's: the speech has no label" in page.locator("#otherwise").inner_text()
    # links in the book keep it
    page.locator("nav.pager a[rel=next]").click()
    page.wait_for_selector("#otherwise:not([hidden])")
    assert PAGE not in page.url and page.url.endswith("?doubts=all-aside&opening=nobody")
    # and there is one way back
    page.get_by_role("button", name="Back to the edition's", exact=True).click()
    page.wait_for_url(lambda url: "?" not in url)  # the address follows when all is drawn
    assert not turned(page)
    assert page.locator("#otherwise").is_hidden()
    assert not chromium.faults


def test_a_decision_of_any_name_is_read_from_the_address(browser):
    """Who adds a decision in Python need not name it in a script."""
    readings = (SITE / "readings.js").read_text("utf-8").replace('"name":"words"', '"name":"new"')
    page = browser.new_page()
    page.route("**/readings.js", lambda route: route.fulfill(body=readings))
    page.goto(f"{SITE.as_uri()}/{PAGE}?new=white-space")
    page.wait_for_selector("#otherwise:not([hidden])")
    assert turned(page)
    page.close()


def test_the_switches_by_keyboard_and_for_everyone(chromium):
    chromium.open(SITE.as_uri(), PAGE, 360)
    page = chromium.page
    page.focus("#switch")
    page.keyboard.press("Enter")
    page.wait_for_selector("#switches:popover-open")
    before = page.locator(".body").inner_text()
    page.locator("[name=opening]:checked").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_url(lambda url: url.endswith("?opening=nobody"))
    assert turned(page)
    heights = page.eval_on_selector_all(
        "#switches :is(label, button), #otherwise button", "(all) => all.map((e) => e.offsetHeight)"
    )
    assert min(heights) >= 44
    page.evaluate(AXE)
    assert not page.evaluate(RUN_AXE, RULES)
    page.keyboard.press("Escape")
    assert page.locator("#switches").is_hidden()
    page.get_by_role("button", name="Back to the edition's", exact=True).click()
    # the charts' lists for ears are made anew when there is time
    page.wait_for_function("(was) => document.querySelector('.body').innerText === was", arg=before)
    assert not chromium.faults


BOXES = """() => [...document.querySelectorAll(
    ".body :is(h1, h2, h3, p, li, dt, table, tr, figure):not(.now, .now *, .walk *)")]
  .filter((e) => e.checkVisibility())
  .map((e) => [e.tagName, e.textContent.slice(0, 30), e.getBoundingClientRect().top + scrollY])"""


@pytest.mark.parametrize("name", ["speakers", "words", "conclusion"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_numbers_change(chromium, name, width):
    chromium.open(SITE.as_uri(), f"chapters/{name}.html", width)
    page = chromium.page
    before = page.evaluate(BOXES)
    page.click("#switch")
    page.wait_for_selector("#switches:popover-open")
    page.check("[name=opening][value='2']")
    page.check("[name=abbreviations][value='1']")
    assert turned(page)
    moved = [
        (was, now)
        for was, now in zip(before, page.evaluate(BOXES), strict=True)
        if abs(was[2] - now[2]) > 1
    ]
    assert not moved, moved[:3]


def test_a_number_with_a_condition_of_its_own_stays(chromium):
    chromium.open(SITE.as_uri(), f"{PAGE}?opening=nobody")
    page = chromium.page
    page.wait_for_selector("#otherwise:not([hidden])")
    first = page.locator("p", has_text="Everything hangs on").locator("a[data-fixed]")
    # if he is Kádár, so many words, that share of them all; if nobody can be named, so many
    assert first.all_inner_texts() == ["1,106", "86%", "7"]
    assert first.first.get_attribute("title").startswith("Stays as it is")
    first.first.focus()  # and leads to the list that it was counted from
    assert "?" not in first.first.get_attribute("href")


def open_read(chromium, address):
    """Open a page in a reading, and wait until its charts have followed."""
    chromium.open(SITE.as_uri(), address)
    chromium.page.wait_for_selector("#otherwise:not([hidden])")
    chromium.page.wait_for_function("window.charts && (charts.finish(), true)")


def test_only_what_a_reading_changes_is_struck(chromium):
    struck = ".chart.left > .chart-title"
    page = chromium.page
    open_read(chromium, f"{PAGE}?places=named")  # no place is counted here
    assert not page.locator(struck).count() and not turned(page)
    open_read(chromium, f"{PAGE}?opening=nobody")
    followed = page.locator("#chart-who-speaks.followed")
    assert followed.is_visible() and not page.locator(struck).count()
    open_read(chromium, "chapters/methods.html?opening=nobody")
    assert page.locator("#chart-rates.left > .now").is_visible()
    open_read(chromium, f"{PAGE}?opening=nobody")
    assert "left" not in page.locator("#chart-who-speaks-opening-nobody").get_attribute("class")


def test_the_text_shows_whose_each_sentence_is(chromium):
    page, session_ = chromium.page, source.session
    for name in ("opening", "doubts", "reported"):
        for option in list(DECISIONS[name].options)[1:]:
            chromium.open(SITE.as_uri(), f"chapters/text.html?{name}={option.replace(' ', '-')}")
            page.wait_for_selector("[data-spoken]", state="attached")
            own, now = (
                dict(zip(s.sentences.sentence, column(s, "sentences", "speaker")))
                for s in (session_, Reading(**{name: option}).of(session_))
            )
            for speech, some in session_.sentences.dropna(subset="speech").groupby("speech"):
                his = own[some.sentence.iloc[0]]
                whose = [now[sentence] for sentence in some.sentence]
                kept = his if his in whose else whose[0]
                aside = [s for s, who in zip(some.sentence, whose) if who != kept]
                shown = page.eval_on_selector_all(
                    f"#{speech} .sentence.aside", "(all) => all.map((e) => e.id)"
                )
                assert shown == aside, (name, option, speech)
                head = page.locator(f"#{speech} .speaker").inner_text()
                assert ("In the edition:" in head) == (kept != his), (name, option, head)
    assert not chromium.faults


MARKED_AS = {"reported": "said", "demands": "demand", "framing": "framing"}


def test_the_text_shows_which_words_are_set_aside(chromium):
    page = chromium.page
    chromium.open(SITE.as_uri(), "chapters/text.html?opening=confirmed")
    page.wait_for_selector("[data-spoken]", state="attached")
    readings = [Reading(reported=option) for option in list(DECISIONS["reported"].options)[1:]]
    readings += [
        Reading(reported="all_aside", opening="nobody"),
        Reading(abbreviations="as_written"),
    ]
    for reading in [*readings, Reading()]:
        under = {n: list(DECISIONS[n].options).index(option) for n, option in reading.options}
        page.evaluate("(under) => switches.read(under)", under)
        page.evaluate("() => new Promise((done) => setTimeout(done))")
        read = reading.of(source.session)
        whose = dict(zip(read.sentences.sentence, column(read, "sentences", "speaker")))
        places = set()
        for table, kind in MARKED_AS.items():
            rows = Evidence.of(table).rows(source.session)
            speakers = column(read, table, "speaker")[rows.index]
            rows = rows.assign(aside=[whose[s] != w for s, w in zip(rows.sentence, speakers)])
            rows = rows.assign(long=-rows.end).sort_values(["start", "long"])
            shown = page.eval_on_selector_all(
                f".text.session .{kind}",
                "(all) => all.map((e) => e.matches('.aside[role=deletion]'))",
            )
            assert shown == list(rows.aside), (str(reading), table)
            places |= {p for r in rows[rows.aside].itertuples() for p in range(r.start, r.end)}
        # word by word: the words that have another speaker than their sentence stand in these
        words = Evidence.of("words").rows(source.session)
        speakers = column(read, "words", "speaker")[words.index]
        for word, who in zip(words.itertuples(), speakers):
            aside = {word.start, word.end - 1} <= places
            assert aside == (who != whose[word.sentence]), (str(reading), word.word)
        short = page.locator(".text.session abbr.short.aside").count()
        assert (short > 20) == ("abbreviations" in under)
    assert not chromium.faults


def test_prose_that_was_written_for_another_reading_is_marked(chromium):
    page = chromium.page
    chromium.open(SITE.as_uri(), f"{PAGE}?opening=nobody")
    page.wait_for_selector("#otherwise:not([hidden])")
    marked = page.locator(".body .moved:visible")  # not what waits for a guess
    assert marked.count()
    assert page.locator(".body p:not(.moved) .turned:not(.chart *)").count() == 0
    assert "so is text beside a rule" in page.locator("#otherwise").inner_text()
    ruled = "(e) => getComputedStyle(e, '::before').borderLeftWidth"
    assert marked.first.evaluate(ruled) == "3px"
    page.emulate_media(media="print")
    assert marked.first.evaluate(ruled) == "3px" and page.locator("#otherwise .prose").is_visible()
    page.emulate_media(media="null")
    page.evaluate(
        "getSelection().selectAllChildren([...document.querySelectorAll('.moved')].find((e) => e.checkVisibility()))"
    )
    copied = page.evaluate("""() => { const data = new DataTransfer();
      document.querySelector(".moved").dispatchEvent(new ClipboardEvent("copy",
        { clipboardData: data, bubbles: true, cancelable: true }));
      return data.getData("text/plain"); }""")
    assert "was written for the edition" in copied
    page.evaluate("switches.read({})")
    assert not marked.count() and not chromium.faults


def test_a_search_keeps_the_reading(chromium):
    chromium.open(SITE.as_uri(), f"{PAGE}?opening=nobody")
    page = chromium.page
    page.wait_for_selector("#otherwise:not([hidden])")
    page.fill("#contents [name=q]", "neutrality")
    page.press("#contents [name=q]", "Enter")
    page.wait_for_selector("#search-results li")
    assert "opening=nobody" in page.url and page.locator("#otherwise").is_visible()


def test_task_five_of_the_seminar_on_a_phone(chromium):
    chromium.open(SITE.as_uri(), PAGE, 390)
    page = chromium.page
    for option, place in (("confirmed", 1), ("nobody", 2)):
        page.click("#switch")
        page.wait_for_selector("#switches:popover-open")
        page.locator(f"label:has([name=opening][value='{place}'])").click()
        page.get_by_role("button", name="Close", exact=True).click()
        words = Evidence.parse(f"words speaker=kadar under opening={option}").count(source.session)
        number = page.locator("p", has_text="Kádár has").locator("a.count").first
        assert number.inner_text() == f"{words:,}"
        number.click()
        frame = page.frame_locator("#beside iframe")
        frame.locator("html[data-listed]").wait_for(state="attached")
        shown = frame.locator(".words:visible span").all_text_contents()
        assert sum(len(words.split("  ")) for words in shown) == words
        page.locator("#beside button").click()
    assert not chromium.faults


def test_what_is_copied_and_printed_says_the_reading(chromium):
    chromium.open(SITE.as_uri(), f"{PAGE}?opening=nobody")
    page = chromium.page
    page.wait_for_selector("#otherwise:not([hidden])")
    copied = page.evaluate("""() => {
      getSelection().selectAllChildren(document.querySelector("h1"));
      const event = new ClipboardEvent("copy",
        { clipboardData: new DataTransfer(), bubbles: true, cancelable: true });
      document.querySelector("h1").dispatchEvent(event);
      return event.clipboardData.getData("text/plain");
    }""")
    assert "Who speaks" in copied and "Whose is a speech without a label? nobody's" in copied
    page.emulate_media(media="print")
    assert page.locator("#otherwise").is_visible()
    assert page.locator("#otherwise button").first.is_hidden()
    page.emulate_media(media="null")
