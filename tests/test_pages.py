"""Every built page in a real browser: nothing fetched from elsewhere, nothing broken, nothing wider than a phone."""

import os
from pathlib import Path

import pytest
from conftest import TOP
from playwright.sync_api import sync_playwright

SITE = TOP / "_build/html"
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM.exists() and not os.environ.get("CI"):
        pytest.skip("CHROMIUM IS MISSING, so no page was opened: `apt-get install chromium`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_pages_open_as_files_whole_and_in_their_width(browser, width, mode):
    context, faults = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=mode), []
    page = context.new_page()
    page.on("request", lambda r: r.url.startswith((SITE.as_uri(), "data:")) or faults.append(f"asks for {r.url}"))
    # An icon that the next page cuts short has not failed.
    page.on("requestfailed", lambda r: r.failure == "net::ERR_ABORTED" or faults.append(f"does not get {r.url}"))
    page.on("console", lambda m: m.type == "error" and faults.append(m.text))
    page.on("pageerror", lambda e: faults.append(str(e)))
    names = sorted(p.relative_to(SITE).as_posix() for p in SITE.rglob("*.html"))
    assert names
    for name in names:
        page.goto(f"{SITE.as_uri()}/{name}")
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, f"{name} is {over} pixels wider than {width}"
        for chart in page.locator("figure.chart").all():
            assert chart.locator(".wide").is_visible() == (width > 700)
            assert chart.locator(".narrow").is_visible() == (width <= 700)
    assert not faults
    context.close()


def test_a_mark_of_a_chart_leads_to_its_sentences_and_they_to_the_text(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{SITE.as_uri()}/chapters/words.html")
    page.locator("#families .wide a[aria-label^='neutrality']").first.click()
    section = page.locator("section:target")
    assert "neutrality" in section.inner_text()
    section.locator("td a").first.click()
    lit = page.locator(".sentence:target")
    assert "neutrality" in lit.inner_text() and lit.is_visible()
