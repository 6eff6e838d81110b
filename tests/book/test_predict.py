"""Predict, then see: a guess beside what the book counts."""

import re

import nbformat
import pytest
from paths import SITE, TOP
from test_pages import AXE, RULES, RUN_AXE

from book.evidence.source import Answer
from book.predict import scale_of
from book.prose import with_values
from book.session import numbers_of, source

QUESTION = re.compile(r'\[([^\]]+\?)\]\(\S+ "(predict|most): ([^"]+)"\)')
COVERED = (
    "[...document.querySelectorAll('.covered')].map((one) => getComputedStyle(one).visibility)"
)


def asked():
    """(chapter, place on its page, question, kind, numbers) of every question of the book."""
    for path in sorted((TOP / "chapters").glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        for place, (question, kind, query) in enumerate(QUESTION.findall(text)):
            yield path.stem, place, question, kind, numbers_of(query)


def test_guesses_stand_beside_what_is_counted(chromium):
    seen = 0
    for chapter, place, question, kind, queries in asked():
        chromium.open(SITE.as_uri(), f"chapters/{chapter}.html", 390)
        box = chromium.page.locator(".predict").nth(place)
        assert box.locator("p").first.inner_text().replace("’", "'") == question
        answers = box.locator(".answers")
        assert not answers.is_visible()
        box.get_by_role("button", name="Guess first").click()
        assert set(chromium.page.evaluate(COVERED)) == {"hidden"}
        fields = box.get_by_role("radio" if kind == "most" else "slider")
        assert fields.count() == len(queries)
        if kind == "most":
            fields.nth(1).check()
        else:
            fields.nth(0).fill("7")
        box.get_by_role("button", name="See", exact=True).click()
        role = {True: source.share, False: source.count}
        right = [role[" / " in query](query).text for query in queries]
        assert answers.locator(".book > a").all_inner_texts() == right
        for of, query in zip(answers.locator(".of").all(), queries):  # and in numbers
            sides = [source.count(side).text for side in query.split(" / ")]
            assert of.locator("a").all_inner_texts() == sides
        assert chromium.page.evaluate(COVERED) == []
        said = box.get_by_role("status").text_content()
        assert all(value in said for value in right) if kind == "predict" else "You chose" in said
        seen += 1
    assert seen >= 4 and not chromium.faults


def test_by_keyboard_and_in_another_reading(chromium):
    chromium.open(SITE.as_uri(), "chapters/speakers.html", 1280)
    page = chromium.page
    box = page.locator(".predict").first
    box.get_by_role("button", name="Guess first").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.type") == "range"
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.evaluate(AXE)
    assert not page.evaluate(RUN_AXE, RULES)
    box.get_by_role("button", name="See", exact=True).focus()
    page.keyboard.press("Enter")
    # 3% of 1,292 words are 38.8
    assert "you: 3%, about 39 of 1,292 words" in box.inner_text()
    assert not page.evaluate(RUN_AXE, RULES)
    width = "getComputedStyle(document.querySelector('.predict .book')).backgroundSize"
    before = page.evaluate(width)
    page.get_by_role("button", name="read this page with the opening given to nobody").click()
    page.wait_for_selector("#otherwise:not([hidden])")
    now = source.share("words speaker=kadar under opening=nobody / words").text
    assert box.locator(".answers a").first.inner_text() == now
    assert before.startswith(source.share("words speaker=kadar / words").text)
    assert page.evaluate(width).startswith(f"{page.evaluate('shares.size', now)}%")
    assert "you: 3%" in box.inner_text() and not chromium.faults


def test_a_class_is_asked_before_it_sees(chromium):
    chromium.open(SITE.as_uri(), "chapters/speakers.html?guess=first", 390)
    page = chromium.page
    assert page.locator("#chart-who-speaks .chart-title").is_visible() is False
    assert page.get_by_role("button", name="See", exact=True).count() == 2
    body, told = page.locator(".body"), ("1,106", "86%", "1,099", "85%", "124")
    assert not [number for number in told if number in body.inner_text()]
    page.get_by_role("button", name="Don’t guess").first.click()
    # what stands before the second question is there, but for the number that it asks for
    assert page.locator("#chart-who-speaks .chart-title").is_visible()
    first = page.locator("p", has_text="Everything hangs on")
    assert first.is_visible() and not first.locator("a").last.is_visible()
    assert "124" not in body.inner_text()
    page.get_by_role("button", name="Don’t guess").first.click()
    assert first.locator("a").last.is_visible() and "124" in body.inner_text()
    assert page.evaluate(COVERED) == []
    # a title that has the number, and no link
    chromium.open(SITE.as_uri(), "chapters/words.html?guess=first", 390)
    title = f"Counterrevolution: {source.count('terms family=counterrevolution').text} mentions"
    assert title in body.text_content() and title not in body.inner_text()


def test_without_scripts_there_is_a_question_and_on_paper_a_line(browser, chromium):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{SITE.as_uri()}/chapters/people.html")
    box = page.locator(".predict")
    assert box.inner_text().strip() == "Which of these men does the session name most often?"
    assert page.locator("figure.chart svg").first.is_visible()
    context.close()
    chromium.open(SITE.as_uri(), "chapters/people.html", 1280)
    chromium.page.get_by_role("button", name="Guess first").click()
    chromium.page.emulate_media(media="print")
    line = "getComputedStyle(document.querySelector('.predict'), '::after')"
    assert chromium.page.evaluate(f"{line}.content") == '"My guess:"'
    assert set(chromium.page.evaluate(COVERED)) == {"visible"}
    assert not chromium.page.locator(".predict .guessing").is_visible()
    chromium.page.emulate_media(media="null")


def test_a_question_is_stored_as_a_plain_link(session):
    text = '[How many?](x "predict: terms family=troops; terms family=order")'
    got = with_values(text, "here", [])
    assert got.startswith("[How many?](") and "terms-troops" in got
    assert with_values(got, "here", []) == got
    assert isinstance(source.question("words", "How many?"), Answer)
    with pytest.raises(ValueError, match="a question is a link"):
        source.question("words")
    with pytest.raises(ValueError, match="no column"):
        source.question("words nothing=1", "How many?")


def test_a_scale_ends_well_above_what_is_counted(session):
    most = int(source.count("terms family=government").text)
    assert scale_of(["terms family=government", "terms family=order"]) >= 1.5 * most
    assert scale_of(["words speaker=kadar / words"]) == 100
