"""Every built page in a real browser: whole, alone, readable by everyone, at every width and in both modes."""

from importlib.resources import files
from pathlib import Path

import pytest
from paths import SITE

NAMES = sorted(p.relative_to(SITE).as_posix() for p in SITE.rglob("*.html")) or [
    "run `make book` first"
]
SETTINGS = [(width, mode) for width in (1280, 360) for mode in ("light", "dark")]
LOOK = (Path(__file__).parent / "page.js").read_text(encoding="utf-8")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RUN_AXE = """(rules) => axe.run({ runOnly: rules, resultTypes: ["violations"], preload: false }).then(({ violations }) =>
  violations.flatMap((v) => v.nodes.map((n) => `axe, ${v.id}: ${v.help}: ${n.target} ${n.failureSummary.slice(0, 300)}`)))"""
WATCH_SHIFT = """window.layoutShift = 0;
new PerformanceObserver((list) => list.getEntries().forEach((e) => e.hadRecentInput || (window.layoutShift += e.value)))
  .observe({ type: "layout-shift", buffered: true });"""


class Reader:
    """One window, and all that goes wrong in it."""

    def __init__(self, browser):
        self.page = browser.new_page()
        self.faults, self.home = [], ""
        self.page.add_init_script(WATCH_SHIFT)
        self.page.on(
            "request",
            lambda r: (
                r.url.startswith((self.home, "data:")) or self.faults.append(f"asks for {r.url}")
            ),
        )
        self.page.on("requestfailed", self.missed)
        self.page.on(
            "response", lambda r: r.status >= 400 and self.faults.append(f"{r.status} for {r.url}")
        )
        self.page.on(
            "console",
            lambda m: m.type in ("error", "warning") and self.faults.append(f"console: {m.text}"),
        )
        self.page.on("pageerror", lambda e: self.faults.append(f"script: {e}"))

    def missed(self, request):
        if (
            request.failure != "net::ERR_ABORTED"
        ):  # leaving a page before its icon has come is no fault
            self.faults.append(f"does not get {request.url}: {request.failure}")

    def open(self, home, name, width=1280, mode="light"):
        self.home, self.faults[:] = home, []
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.emulate_media(color_scheme=mode)
        self.page.goto(f"{home}/{name}")
        return self.page

    def close(self):
        self.page.close()


@pytest.fixture(scope="module")
def reader(browser):
    reader = Reader(browser)
    yield reader
    reader.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole_and_for_everyone(reader, address, name):
    found = []
    for width, mode in SETTINGS:
        page = reader.open(address, name, width, mode)
        faults = page.evaluate(LOOK)
        # Lists of evidence are many and alike: each by axe in two of the four settings, the longest
        # page of all in one.
        few = ("evidence/backwards.html",) if width > 700 else ()
        if not name.startswith("evidence/") or (
            (width > 700) == (mode == "light") and name not in few
        ):
            page.evaluate(AXE)
            faults += page.evaluate(RUN_AXE, RULES)
        found += [f"{width} {mode}: {fault}" for fault in [*reader.faults, *faults]]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width, mode", SETTINGS)
def test_pages_open_as_files_too(reader, width, mode):
    found = []
    for name in NAMES:
        reader.open(SITE.as_uri(), name, width, mode)
        found += [f"{name}: {fault}" for fault in reader.faults]
    assert not found, "\n".join(found)


# -- by keyboard -----------------------------------------------------------------

CONTROLS = """() => [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length && e.tabIndex >= 0)"""
# How an element and what it holds look; focus has to change it.
LOOKS = """(e) => [e, ...e.querySelectorAll("*")].map((x) => { const s = getComputedStyle(x);
  return [s.outlineStyle, s.outlineWidth, s.stroke, s.strokeWidth, s.textDecorationLine, s.opacity].join(); }).join("|")"""


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "chapters/text.html",
        "chapters/places.html",
        "evidence/doubts.html",
        "search.html",
        "404.html",
    ],
)
def test_every_control_is_reached_by_keyboard_and_shows_its_focus(reader, address, name, width):
    page = reader.open(address, name, width)
    page.evaluate(f"window.controls = ({CONTROLS})(); window.looks = controls.map({LOOKS})")
    left = set(range(page.evaluate("controls.length")))
    step = f"""() => {{ const e = document.activeElement, i = controls.indexOf(e), box = e.getBoundingClientRect();
      return [i, i < 0 || ({LOOKS})(e) !== looks[i], box.bottom > 0 && box.top < innerHeight, e.outerHTML.slice(0, 120)]; }}"""
    for _ in range(2 * len(left) + 5):
        page.keyboard.press("Tab")
        at, differs, inside, text = page.evaluate(step)
        left.discard(at)
        assert at < 0 or differs, f"no visible focus: {text}"
        assert at < 0 or inside, f"focused out of sight: {text}"
        if not left:
            break
    assert not left, page.evaluate(
        "(left) => left.map((i) => controls[i].outerHTML.slice(0, 120))", sorted(left)
    )


def test_controls_work_by_keyboard(reader, address):
    page = reader.open(address, "index.html", 360)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    page.locator("#theme").press("Enter")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    page.reload()
    assert page.locator("#theme").get_attribute("aria-pressed") == "true"
    page.locator("#theme").press("Space")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"

    page.locator("#menu").press("Enter")
    assert page.locator("#contents").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#contents").is_visible()

    page.locator("#menu").press("Enter")
    page.locator("#contents input").fill("neutrality")
    page.locator("#contents input").press("Enter")
    page.wait_for_url("**/search.html?q=neutrality")

    page = reader.open(address, "chapters/places.html")
    page.locator("figure summary").first.press("Enter")
    assert page.locator("figure details table").first.is_visible()
    page.evaluate("localStorage.clear()")


@pytest.mark.parametrize(
    "name, asked",
    [
        ("index.html", "#menu"),
        ("chapters/speakers.html", "#switch"),
        ("chapters/speakers.html", ".body p a[data-n]:visible"),  # what it counts, below the text
        ("chapters/text.html", "#s29 > .why"),
        ("chapters/classroom.html", "#menu"),
    ],
)
def test_what_opens_on_a_phone_is_large_enough_for_a_finger(reader, address, name, asked):
    """As all that stands on a page when it comes; what is folded is unfolded here."""
    page = reader.open(address, name, 360)
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    page.locator(asked).first.click()
    page.locator(":popover-open, #beside iframe").first.wait_for()
    assert not [fault for fault in page.evaluate(LOOK) if "pixels" in fault]


# -- search ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked, leads_to",
    [
        ("moving into Szolnok", "chapters/text.html#s53"),  # a word of the text
        ("omitted inadvertently", "chapters/text.html#n8.2"),  # of a note
        ("translator explains", "chapters/document.html#p"),  # of a chapter
        ("kadar voting", "chapters/text.html#s73"),  # without accents, with another ending
    ],
)
@pytest.mark.parametrize("served", [True, False])
def test_search_finds_and_leads_to_the_place(reader, address, asked, leads_to, served):
    home = address if served else SITE.as_uri()
    page = reader.open(home, "index.html")
    page.locator("#contents input").fill(asked)
    page.locator("#contents input").press("Enter")
    hit = page.locator(f"#search-results a[href^='{leads_to}']").first
    hit.locator("mark").first.wait_for()
    assert not page.evaluate(LOOK) and not reader.faults
    hit.click()
    place = page.locator(":target")
    place.wait_for(state="visible")
    assert place.evaluate(
        "e => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight; }"
    )
    assert not reader.faults


def test_search_says_when_nothing_is_found(reader, address):
    page = reader.open(address, "search.html?q=zeppelin+<b>")
    assert "Nothing holds “zeppelin <b>”" in page.locator("main").inner_text()


# -- on paper ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["index.html", "chapters/text.html", "chapters/words.html"])
def test_paper_is_black_on_white_and_holds_the_text_alone(reader, address, name):
    page = reader.open(address, name, 360, "dark")
    title = page.locator(".body h1").inner_text().rstrip("¶")
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 612, "height": 900})  # what A4 leaves between its margins
    for gone in (".side", ".skip", ".pager"):
        assert not page.locator(gone).first.is_visible()
    paper = "(e) => { const s = getComputedStyle(e); return [s.color, s.backgroundColor]; }"
    assert page.locator("html").evaluate(paper) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert page.locator(".body h1").inner_text() == title
    for chart in page.locator("figure.chart").all():
        assert chart.locator(".wide").is_visible() and not chart.locator(".narrow").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # The numbers of its charts are unfolded. A PDF of a page without text would be a tenth of this.
    assert len(page.pdf(prefer_css_page_size=True)) > 10_000
    page.emulate_media(media="null")


def test_a_mark_of_a_chart_leads_to_its_sentences_and_they_to_the_text(reader, address):
    page = reader.open(address, "chapters/words.html")
    page.locator("#chart-families .wide a[aria-label^='neutrality']").first.click()
    section = page.frame_locator("#beside iframe").locator("section:target")
    assert "neutrality" in section.inner_text()
    section.locator("td a").first.click()
    lit = page.locator(".sentence:target")
    assert "neutrality" in lit.inner_text() and lit.is_visible()
