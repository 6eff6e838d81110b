"""The seminar: times that add up, worksheets that fit their paper, a key that stays closed, terms that are explained."""

import re
from functools import cache

from lxml import html
from paths import SITE, TOP
from test_evidence import PAGES

CHAPTERS = TOP / "chapters"


@cache
def source(name):
    return (CHAPTERS / f"{name}.md").read_text(encoding="utf-8")


@cache
def page(name):
    return html.parse(str(SITE / name)).getroot()


def words_of(name):
    """What a reader sees of a page's text, as one string."""
    body = page(name).xpath("//main//*[@class='body']")
    return " ".join(piece for e in body for piece in e.itertext())


def test_the_minutes_of_each_plan_add_up():
    plans = re.findall(r"(?m)^\| begins .*\n\|[-|]+\|\n((?:\|.*\n)+)", source("seminar"))
    whole = []
    for plan in plans:
        clock = 0
        for hours, minutes, length in re.findall(r"(?m)^\| (\d):(\d\d) \| (\d+) \|", plan):
            assert 60 * int(hours) + int(minutes) == clock, f"a gap before {hours}:{minutes}"
            clock += int(length)
        whole.append(clock)
    assert whole == [90, 45, 90, 90]


def test_every_task_has_its_instructions_its_sheet_and_its_answer():
    tasks = set(re.findall(r"(?m)^### Task (\d)", source("seminar")))
    assert tasks == set(re.findall(r"\*\*Task (\d)\.", source("handouts")))
    assert tasks == set(re.findall(r"(?m)^:::\{answer\} Task (\d)", source("seminar")))
    assert tasks


def test_answers_stay_closed_and_off_the_worksheets():
    key = page("chapters/seminar.html").xpath(
        "//*[@id='for-the-teacher']//details[contains(@class, 'key')]"
    )
    assert key and not any("open" in answer.attrib for answer in key)
    assert not page("chapters/handouts.html").xpath("//main//details")


def test_each_worksheet_prints_on_one_page_with_nothing_cut_off(browser):
    tab = browser.new_page()
    tab.goto(f"{SITE.as_uri()}/chapters/handouts.html")
    pdf = tab.pdf(prefer_css_page_size=True)
    sheets = tab.locator("[id^='sheet-']").count()
    assert sheets and len(re.findall(rb"/Type /Page\b", pdf)) == sheets
    # What the printer has: A4 without the margins of book.css.
    tab.set_viewport_size({"width": round((210 - 32) / 25.4 * 96), "height": 1000})
    tab.emulate_media(media="print")
    over = tab.locator("[id^='sheet-']").evaluate_all(
        "sheets => sheets.map(s => s.scrollHeight - s.clientHeight)"
    )
    assert over == [0] * sheets
    lines = tab.locator("[id^='sheet-'] .lines").evaluate_all(
        "boxes => boxes.map(b => b.clientHeight / 96 * 25.4)"
    )
    assert min(lines) >= 16, "less than two lines of eight millimetres"
    tab.close()


def test_a_narrow_screen_shows_every_sentence_and_says_what_is_on_paper_alone(browser):
    tab = browser.new_page()
    tab.goto(f"{SITE.as_uri()}/chapters/handouts.html")
    told = tab.locator(".for-paper")
    seen = """cells => cells.filter(c => c.checkVisibility()).map(c => [c.textContent.trim(),
      c.getBoundingClientRect().right <= innerWidth])"""
    shown = {}
    for width in (1280, 360):
        tab.set_viewport_size({"width": width, "height": 800})
        shown[width] = tab.locator("[id^='sheet-'] td").evaluate_all(seen)
        assert all(inside for _, inside in shown[width])
        assert told.is_visible() == (width == 360)
    assert "columns to write in are on the printed sheet" in told.inner_text()
    wide, narrow = ([text for text, _ in shown[width] if text] for width in (1280, 360))
    assert narrow == wide and len(narrow) < len(shown[1280])  # what is not there is empty
    tab.close()


def entries():
    """The glossary's entries: the terms of each, and what is said."""
    for said in page("chapters/glossary.html").xpath("//dl[contains(@class, 'glossary')]/dd"):
        terms, before = [], said.getprevious()
        while before is not None and before.tag == "dt":
            terms.append((before.get("id"), before.text_content().rstrip("¶#").strip()))
            before = before.getprevious()
        yield terms, said


def test_every_term_of_the_glossary_is_used_somewhere_else():
    others = [
        name
        for name in PAGES
        if name.startswith(("chapters/", "index")) and name != "chapters/glossary.html"
    ]
    text = " ".join(map(words_of, others))
    links = {
        link.get("href").rpartition("#")[2]
        for name in others
        for link in page(name).iter("a")
        if link.get("href")
    }
    unused = [
        terms
        for terms, _ in entries()
        if not any(
            id in links or re.search(rf"(?<!\w){re.escape(term)}s?(?!\w)", text, re.I)
            for id, term in terms
        )
    ]
    assert list(entries()) and not unused


def test_every_term_of_the_glossary_shows_a_sentence_of_the_document():
    assert not [
        terms for terms, said in entries() if not said.xpath(".//a[contains(@href, 'text.html#')]")
    ]
