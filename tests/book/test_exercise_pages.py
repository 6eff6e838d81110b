"""The exercises on the class's page: as in Python, and without their solutions in clear."""

import re

from paths import SITE
from test_pages import AXE, RULES, RUN_AXE

from analysis.exercises import read_exercises
from book.exercises import fnv, locked

PAGE = "chapters/exercises.html"


def test_right_and_wrong_answers_are_told_as_in_a_notebook(chromium, session):
    chromium.open(SITE.as_uri(), PAGE, 360)
    page = chromium.page
    for name, one in read_exercises().items():
        box = page.locator(f".exercise[data-name='{name}']")
        field, said, read = box.get_by_role("textbox"), box.get_by_role("status"), box.locator("li")
        field.fill("s1, s3")
        field.press("Enter")
        assert said.inner_text().startswith("Not yet: s1, s3.")
        lines = [line.split()[0] for line in read.all_inner_texts()]
        assert lines == one.read.sentences(session) and read.first.is_visible()
        href = read.first.locator("a").get_attribute("href")
        assert href == f"student-text.html#{lines[0]}"
        right = one.solution(session)
        field.fill(" ".join(reversed(right)).upper())
        box.get_by_role("button", name="Check").click()
        assert said.inner_text().startswith("Yes: ")
        numbers = [word.removeprefix("s") for word in right]
        field.fill("Sentences " + " and ".join(numbers) + ".")  # as one writes it
        field.press("Enter")
        assert said.inner_text().startswith("Yes: ") and said.inner_text().endswith(one.right)
        assert not read.first.is_visible()
    page.evaluate(AXE)
    assert not page.evaluate(RUN_AXE, RULES) and not chromium.faults


def test_the_page_holds_no_solution_in_clear(session):
    text = (SITE / PAGE).read_text(encoding="utf-8")
    for name, one in read_exercises().items():
        assert one.right not in text
        box = re.search(rf'data-name="{name}".*?(?=<div class="exercise"|</section>)', text, re.S)
        read = one.read.sentences(session)
        assert len(re.findall("<li>", box[0])) == len(read) > len(one.solution(session))


def test_a_number_for_a_text_is_the_published_one():
    assert fnv("") == 0x811C9DC5 and fnv("a") == 0xE40C292C  # the test values of FNV-1a, 32 bits
    assert locked("abc", "k") != locked("abc", "l")
