"""A chart is a list for ears and keys."""

from paths import SITE
from test_pages import AXE, RULES, RUN_AXE

from book.session import source

FOCUSED = "document.activeElement.textContent"
LIT = "[...document.querySelectorAll('.walked')].map((mark) => mark.getAttribute('aria-label'))"
MARKS = """() => [...document.querySelectorAll("figure.chart")].map((figure) => {
  const marks = [...figure.querySelectorAll(":scope > div > svg")]
    .filter((svg) => svg.checkVisibility())
    .flatMap((svg) => [...svg.querySelectorAll("a[href][aria-label]")])
    .filter((mark) => !mark.closest("[display=none]"));
  const items = [...figure.querySelectorAll(".walk a")];
  const row = (item) => item.closest("[role=group]")?.previousElementSibling.textContent;
  return [figure.id, marks.map((mark) => [mark.getAttribute("aria-label"),
      mark.getAttribute("href")]), items.map((item) => [row(item) ?? "", item.textContent,
      item.getAttribute("href")]), figure.querySelectorAll("[tabindex='0']").length,
    marks.every((mark) => mark.tabIndex < 0 && mark.closest("[aria-hidden=true]"))]; })"""


def test_every_mark_is_in_the_list_by_its_own_name(chromium):
    walked = 0
    for path in sorted(SITE.glob("chapters/*.html")):
        if "chart-title" not in path.read_text(encoding="utf-8"):
            continue
        chromium.open(SITE.as_uri(), f"chapters/{path.name}", 1280)
        for figure, marks, items, stops, quiet in chromium.page.evaluate(MARKS):
            listed = {
                (row + between + part if row else part, href)
                for row, part, href in items
                for between in (": ", ", ", " in ")
            }
            missing = {(name, href) for name, href in marks} - listed
            assert not missing, (figure, missing)
            assert {href for _, _, href in items} == {href for _, href in marks}, figure
            # one stop of the tabulator key, and every mark is said once
            assert quiet and (not marks or stops == 1), figure
            walked += len(items)
        assert not chromium.faults
    assert walked > 400


def test_a_chart_is_walked_by_keyboard_down_to_its_sentences(chromium):
    chromium.open(SITE.as_uri(), "chapters/words.html", 1280)
    page = chromium.page
    tree = page.locator("#chart-families .walk")
    tree.locator("[tabindex='0']").focus()
    assert page.evaluate("document.activeElement.ariaLabel") == "government, 4 parts"
    assert len(page.evaluate(LIT)) == 4
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    own = source.count("terms family=government speaker=kadar standing=inferred").text
    assert page.evaluate(FOCUSED) == f"Kádár, inferred: {own}"
    assert page.evaluate(LIT) == [f"government, Kádár, inferred: {own}"]
    mark = page.locator(".walked").bounding_box()
    assert mark["y"] > 0 and mark["y"] + mark["height"] < 800  # it is seen where one is
    page.evaluate(AXE)
    assert not page.evaluate(RUN_AXE, RULES)
    page.keyboard.press("Enter")
    frame = page.frame_locator("#beside iframe")
    frame.locator(":target").wait_for()
    assert frame.locator("tr[data-item]:visible").count() == int(own)
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED) == f"Kádár, inferred: {own}"  # nobody loses his place
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.ariaLabel").startswith("troops, ")
    page.keyboard.press("End")
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.ariaLabel") == "government, 4 parts"
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('.walk')")
    assert not page.evaluate(LIT) and not chromium.faults


def test_a_chart_is_a_list_in_every_browser(window):
    window.open(SITE.as_uri(), "chapters/speakers.html", 390)
    rows = window.run("""() => [...document.querySelectorAll("#chart-who-speaks .walk > li")]
      .map((row) => row.getAttribute("aria-label"))""")
    assert rows == ["Kádár, 2 parts", "Münnich, 2 parts", "Bata, 2 parts"]
    assert not window.faults
