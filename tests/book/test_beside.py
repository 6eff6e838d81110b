"""A number opens its lines beside the text, and nobody loses his place."""

import random

import pytest
from paths import SITE
from test_pages import AXE, RULES, RUN_AXE

PAGE = "chapters/speakers.html"
OPEN = """async () => {
  const link = [...document.querySelectorAll("a.count[href*='words-speaker-kadar']")]
    .find((one) => one.checkVisibility()); // not one that waits for a guess
  const message = new Promise((done) => addEventListener("message", done, { once: true }));
  link.focus();
  link.click();
  await Promise.race([message, new Promise((done) => setTimeout(done, 20000))]);
  const panel = document.getElementById("beside"), box = panel.getBoundingClientRect();
  return [document.activeElement.id, panel.querySelector("a").href.split("/").pop(),
    box.right <= innerWidth && box.bottom <= innerHeight && box.width > 250 && box.height > 250]; }"""
LEFT = """() => { document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  return [document.getElementById("beside").hidden, document.activeElement.className,
    location.href.split("/").pop()]; }"""


@pytest.mark.parametrize("width", [1280, 390])
def test_lines_are_shown_from_a_file_in_every_browser(window, width):
    window.open(SITE.as_uri(), PAGE, width)
    # that the frame has told where it is says that its own script has run
    focus, leads, fits = window.run(OPEN)
    assert (leads, fits) == ("words-kadar.html#words-speaker-kadar", True)
    hidden, back, place = window.run(LEFT)
    assert hidden and place == "speakers.html"
    if window.name != "webkit":  # its pages lie in a frame here, which no script may give the focus
        assert focus == "beside" and "count" in back
    assert not window.faults


def lines_of(page):
    """The lines in the frame that a reader sees."""
    frame = page.frame_locator("#beside iframe")
    frame.locator(":target").wait_for()
    return frame.locator("tr[data-item]:visible"), frame


@pytest.mark.parametrize("name", ["chapters/words.html", "chapters/places.html"])
def test_as_many_lines_as_the_number_says(chromium, name):
    chromium.open(SITE.as_uri(), name)
    page, drawn = chromium.page, random.Random(name)
    links = page.locator("a[data-count]:is([href*='/terms'], [href*='/mentions']):visible")
    for at in drawn.sample(range(links.count()), 8):
        link = links.nth(at)
        link.focus()
        page.keyboard.press("Enter")
        items, frame = lines_of(page)
        assert items.count() == int(link.get_attribute("data-count"))
        assert frame.locator("main").locator("section.evidence:visible").count() == 1
        page.keyboard.press("Escape")
    assert page.url.endswith(name) and not chromium.faults


def test_focus_goes_in_and_comes_back_from_within_the_lines(chromium):
    chromium.open(SITE.as_uri(), "chapters/words.html")
    page = chromium.page
    link = page.locator(".body p a.count:visible").first
    link.focus()
    page.keyboard.press("Enter")
    _, frame = lines_of(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "The whole page of lists"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Close"
    line = frame.locator("tr[data-item] a").first
    line.focus()
    page.keyboard.press("Escape")
    page.locator("#beside").wait_for(state="hidden")
    assert link.evaluate("(link) => link === document.activeElement")
    # a line leads the page, not the frame, to its sentence
    link.click()
    _, frame = lines_of(page)
    sentence = frame.locator("tr[data-item] a").first
    name = sentence.text_content()
    sentence.click()
    page.wait_for_url(f"**/text.html#{name}")
    assert page.locator("#beside").count() == 0 and not chromium.faults


def test_what_is_read_stays_where_it_is(chromium):
    for width in (1280, 1600, 390):
        chromium.open(SITE.as_uri(), "chapters/words.html", width)
        page = chromium.page
        link = page.locator(".body p a.count").nth(8)
        link.scroll_into_view_if_needed()
        page.evaluate("scrollBy(0, 200)")
        before = link.bounding_box()
        link.click()
        lines_of(page)
        after, panel = link.bounding_box(), page.locator("#beside").bounding_box()
        if width > 1000:
            assert abs(after["y"] - before["y"]) < 2
            assert after["x"] + after["width"] < panel["x"]  # beside the text, not over it
        else:
            assert after["y"] > 0 and after["y"] + after["height"] < panel["y"]
        if width != 1600:
            page.evaluate(AXE)
            assert not page.evaluate(RUN_AXE, RULES)
        page.get_by_role("button", name="Close", exact=True).click()
        assert width < 1000 or abs(link.bounding_box()["y"] - before["y"]) < 2
    page.emulate_media(media="print")
    assert page.locator("#beside").is_hidden()
    page.emulate_media(media="null")


def test_without_scripts_and_with_the_keys_for_a_new_tab_the_link_leads_to_the_list(browser):
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{SITE.as_uri()}/{PAGE}")
    page.locator(".body a.count:visible").first.click()
    page.wait_for_url("**/evidence/words-kadar.html#words-speaker-kadar")
    page.close()
    page = browser.new_page()
    page.goto(f"{SITE.as_uri()}/{PAGE}")
    with page.context.expect_page() as event:
        page.locator(".body a.count:visible").first.click(modifiers=["Control"])
    event.value.wait_for_url("**/evidence/words-kadar.html#words-speaker-kadar")
    assert page.locator("#beside").count() == 0
    page.context.close()


def test_a_claim_is_shown_beside_too_and_leads_to_what_it_counts(chromium):
    chromium.open(SITE.as_uri(), "chapters/places.html")
    page = chromium.page
    page.locator("a.claim").first.click()
    frame = page.frame_locator("#beside iframe")
    frame.locator(".verdict:visible a").first.click()
    frame.locator("section.evidence:target").wait_for()
    whole = page.get_by_role("link", name="See it in its place")
    assert "/evidence/mentions-place.html#" in whole.get_attribute("href")
    assert page.url.endswith("places.html") and not chromium.faults


def test_back_closes_it_and_forward_opens_it_again(chromium):
    chromium.open(SITE.as_uri(), "chapters/speakers.html")
    page = chromium.page
    numbers = page.locator(".body p a.count[data-n]:visible")
    numbers.nth(1).click()
    numbers.nth(2).click()  # another number is no further step
    page.evaluate("async () => { await switches.ready(); switches.read({ opening: 2 }); }")
    page.go_back()
    page.wait_for_selector("#beside", state="hidden")
    assert page.url.endswith("speakers.html?opening=nobody")  # the reading that is on
    page.go_forward()
    page.wait_for_selector("#beside:not([hidden])")
    fragment = numbers.nth(2).get_attribute("href").partition("#")[2]
    assert page.locator("#beside .whole-list").get_attribute("href").endswith(f"#{fragment}")
    page.get_by_role("button", name="Close").click()
    assert page.locator("#beside").is_hidden()
    page.wait_for_function("history.state?.beside === undefined")  # Close takes the step back, too
    assert not chromium.faults
