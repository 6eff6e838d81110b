"""What would be otherwise: ranges, what makes a claim fail, two readings of a chart side by side."""

import json

import pytest
from paths import SITE
from test_pages import AXE, RULES, RUN_AXE

from analysis.decisions import DECISIONS
from analysis.grids import grid_of_verdicts
from book.session import source
from book.switches import as_json

OPEN = """async (selector) => {
  const link = document.querySelector(selector);
  link.click();
  document.querySelector("#beside summary").click();
  while (!window.otherwise || !document.querySelector("#beside details > div > *"))
    await new Promise((done) => setTimeout(done, 20)); }"""


@pytest.fixture(scope="module")
def values():
    """What the page has: for each number its axes and its values."""
    script = (SITE / "readings.js").read_text(encoding="utf-8")
    return json.loads(script.split("\n")[1].removesuffix(");"))


@pytest.fixture
def page(chromium):
    chromium.open(SITE.as_uri(), "chapters/places.html")
    chromium.page.evaluate(OPEN, "a.claim")
    return chromium.page


def test_the_range_of_every_number_has_all_its_readings(page, values):
    asked = "(names) => names.map((name) => otherwise.values(name)[0])"
    found = page.evaluate(asked, list(values))
    for (axes, plain), got in zip(values.values(), found, strict=True):
        assert sorted(map(str, plain)) == sorted(str(value) for _, value in got)
        assert len({json.dumps(under, sort_keys=True) for under, _ in got}) == len(got)
        assert all(len(under) <= len(axes) for under, _ in got)


def test_what_makes_a_claim_fail_is_what_python_says(page, values):
    known = {json.dumps(v, ensure_ascii=False, separators=(",", ":")): n for n, v in values.items()}
    failing = 0
    for name in source.claims:
        verdict = source.verdict_on(name)
        grid = grid_of_verdicts(source.session, verdict)
        places = dict(grid.axes)
        if not grid.axes:
            assert not verdict.fails
            continue
        wanted = {
            frozenset(
                (d, places[d][list(DECISIONS[d].options).index(o)]) for d, o in reading.options
            )
            for reading in verdict.breaks
        }
        got = page.evaluate("(n) => otherwise.enough(n)", known[as_json(grid)])
        assert {frozenset((d, places[d][at]) for d, at in one.items()) for one in got} == wanted, (
            name
        )
        assert [len(one) for one in got] == sorted(map(len, got))
        failing += bool(got)
    assert failing > 5


def test_a_claim_says_what_would_have_to_be_otherwise(page):
    # Hungary is mostly an adjective: not where only names count
    assert page.locator("#beside summary").inner_text() == "What would have to be otherwise?"
    text = page.locator("#beside details").inner_text()
    assert "One answer otherwise is enough" in text and "only the ground, by its name" in text
    page.get_by_role("button", name="Read so").first.click()
    page.wait_for_url(lambda url: url.endswith("?places=named"))
    assert page.locator("a.claim").first.inner_text().startswith("does not hold")
    frame = page.frame_locator("#beside iframe")
    frame.get_by_text("Does not hold in this reading.").locator("visible=true").wait_for()
    page.get_by_role("button", name="Back to the edition's", exact=True).click()


def test_a_point_of_a_range_is_a_reading_that_can_be_switched_on(chromium):
    chromium.open(SITE.as_uri(), "chapters/speakers.html", 390)
    page = chromium.page
    page.evaluate(OPEN, "a.count[data-n]")
    slider, point = page.locator("#beside [type=range]"), page.locator("#beside .point")
    number = page.locator("a.count[data-n]").first.inner_text()
    assert point.inner_text() == f"{number} as the edition reads it"
    assert page.get_by_role("button", name="Read so").is_hidden()
    slider.focus()
    page.keyboard.press("Home")
    assert slider.get_attribute("aria-valuetext") == point.inner_text()
    least, reading = point.inner_text().split(" ", 1)
    assert least.removesuffix("%") == "0" and "nobody's: the speech has no label" in reading
    page.evaluate(AXE)
    assert not page.evaluate(RUN_AXE, RULES)
    page.get_by_role("button", name="Read so").click()
    page.wait_for_url(lambda url: "opening=nobody" in url)
    assert page.locator("a.count.turned").first.inner_text().startswith("0")
    # on a phone in a few words, and in full when asked
    assert "on this page changed" in page.locator("#otherwise").inner_text()
    assert reading not in page.locator("#otherwise").inner_text()
    page.get_by_role("button", name="More", exact=True).click()
    assert reading in page.locator("#otherwise").inner_text()
    page.get_by_role("button", name="Less", exact=True).click()
    # the reading that is on is said below the lines, not hidden by them
    banner, panel = (page.locator(name).bounding_box() for name in ("#otherwise", "#beside"))
    assert panel["y"] + panel["height"] <= banner["y"] + 1
    page.keyboard.press("Escape")
    assert page.locator("#beside").is_hidden() and not chromium.faults


def test_two_readings_of_a_chart_stand_side_by_side(chromium):
    chromium.open(SITE.as_uri(), "chapters/words.html", 390)
    page = chromium.page
    figure = page.locator("#chart-families")
    figure.locator("summary").click()
    figure.get_by_role("button", name="Compare two readings").click()
    figure.get_by_text("Choose the two readings").click()
    one, other = (figure.get_by_role("group", name=name) for name in ("One reading", "The other"))
    other.get_by_label("What is one word?").select_option(index=0)
    other.get_by_label("Is an abbreviation the word").select_option(
        label="only what is written out counts"
    )
    table = figure.locator(".compared table")
    own = source.count("terms family=government speaker=kadar standing=inferred").text
    now = source.count(
        "terms family=government speaker=kadar standing=inferred under abbreviations=as_written"
    ).text
    row = table.locator("tr", has_text="government").first
    assert f"{own} | {now}" in row.inner_text() and row.locator("mark").count() == 2
    differ = table.locator("mark").count() // 2
    assert figure.locator("[role=status]").inner_text().startswith(f"{differ} numbers differ.")
    # any two: the opening nobody's, and nobody's with what is reported set aside, too
    one.get_by_label("Whose is a speech").select_option(index=2)
    other.get_by_label("Whose is a speech").select_option(index=2)
    other.get_by_label("Whose are the words of others").select_option(index=3)
    under = ("opening=nobody", "opening=nobody abbreviations=as_written reported=all_aside")
    government = table.locator("tr:not([hidden])", has_text="government")
    shown = government.filter(has_text="nobody named").first.inner_text()
    ask = "terms family=government speaker=none standing=unattributed under "
    assert " | ".join(source.count(ask + reading).text for reading in under) in shown
    assert not government.filter(has_text="Kádár").filter(has_text="inferred").count()
    page.evaluate(AXE)
    assert not page.evaluate(RUN_AXE, RULES)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not chromium.faults
