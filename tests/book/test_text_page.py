"""The reading text in a browser: light, lit, cited, with and without scripts, on paper."""

import pytest
from paths import SITE, TOP

from analysis.citation import citation

PAGE = f"{SITE.as_uri()}/chapters/text.html"


def test_the_page_is_light():
    page = SITE / "chapters/text.html"
    scripts = [
        TOP / "book/assets" / name for name in ("book.css", "text.css", "book.js", "text.js")
    ]
    assert sum(p.stat().st_size for p in (page, *scripts)) < 300_000


@pytest.fixture
def text(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(PAGE)
    yield page
    page.close()


def test_who_arrives_by_a_link_sees_the_sentence_lit(text):
    text.goto(f"{PAGE}#s97")
    place = text.locator("#s97").bounding_box()
    assert 0 <= place["y"] <= 700
    assert (
        text.evaluate("getComputedStyle(document.querySelector('#s97')).backgroundColor")
        != "rgba(0, 0, 0, 0)"
    )


def test_a_number_gives_a_citation_to_copy_and_the_keyboard_returns(text, session):
    text.locator("#s47 > .number").focus()
    text.keyboard.press("Enter")
    card = text.get_by_role("dialog")
    assert (
        f"{citation(session)}, sentence s47" in card.inner_text()
        and f"{PAGE}#s47" in card.inner_text()
    )
    assert card.get_by_role("button").count() == 2
    rests = card.get_by_role("link", name="What rests on s47")
    assert rests.evaluate("a => a.href") == f"{SITE.as_uri()}/evidence/backwards.html#s47"
    text.keyboard.press("Escape")
    assert not card.is_visible()
    assert text.evaluate("document.activeElement.textContent") == "s47"


@pytest.mark.parametrize(
    "what, says",
    [
        ("#s29 > .why", "contradicts"),
        ("#s58 .person a", "Imre Nagy"),
        ("#s23 .noteref", "Note 7"),
        ("#s105 abbr a", "counterrevolutionary"),
    ],
)
def test_whatever_is_marked_says_why_when_asked(text, what, says):
    text.locator(what).first.click()
    assert says in text.get_by_role("dialog").inner_text()


def test_what_is_ticked_is_lit_and_can_be_reached_by_keyboard(text):
    shade = "getComputedStyle(document.querySelector('#s58 .person')).backgroundColor"
    plain_shade = text.evaluate(shade)
    link = text.locator("#s58 .person a")
    assert link.get_attribute("tabindex") == "-1"
    text.locator(".lights summary").click()
    text.get_by_label("people", exact=True).check()
    assert text.evaluate(shade) != plain_shade and link.get_attribute("tabindex") == "0"


def test_without_scripts_all_is_there_and_lights_still_work(browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(PAGE)
    page.locator(".lights summary").click()
    page.get_by_label("neutrality", exact=True).check()
    page.locator("#s29 > .why").click()
    assert page.url.endswith("#why-s29") and page.locator("#why-s29").is_visible()
    context.close()


def test_notes_stand_beside_their_passage_where_there_is_room(text):
    note = text.locator(".sidenote", has_text="Dudas").bounding_box()
    link = text.locator("#s2 .noteref").bounding_box()
    assert note["x"] > link["x"] and abs(note["y"] - link["y"]) < 200
    text.set_viewport_size({"width": 360, "height": 800})
    assert not text.locator(".sidenote").first.is_visible()
    text.locator("#s2 .noteref").click()
    assert "Dudas" in text.get_by_role("dialog").inner_text()


def test_numbers_are_on_paper_and_boxes_are_not(text):
    text.emulate_media(media="print")
    assert (
        text.locator("#s47 > .number").is_visible()
        and text.locator("#p1 > .paragraph").is_visible()
    )
    assert text.locator("#n7").is_visible() and not text.locator(".lights").is_visible()


def test_a_concordance_is_sorted_and_searched(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{SITE.as_uri()}/evidence/terms-troops.html")
    table = page.locator("table.kwic").first
    keywords = lambda: [t.lower() for t in table.locator(".keyword").all_inner_texts()]  # noqa: E731
    before = keywords()
    table.get_by_role("button", name="Keyword").press("Enter")
    page.wait_for_function("document.querySelector('[aria-sort=ascending]')")
    page.wait_for_timeout(50)  # the library sorts after the click
    assert keywords() == sorted(before)
    page.get_by_label("Search these lists").fill("münnich")
    shown = page.locator("tr[data-item]:visible")
    assert 0 < shown.count() < page.locator("tr[data-item]").count()
    assert all("Münnich" in row for row in shown.all_inner_texts())
    page.close()
