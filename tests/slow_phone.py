"""How long a turned switch takes to show on a slow phone: Chromium, its CPU slowed six times.

Prints, and asserts nothing: `make bench` runs it on the book that it has built; by itself it takes
the book that stands in ``_build/html``.  The milliseconds are from the turn to the next frame that
is drawn; the scripts of the page have been asked for before.
"""

import statistics
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

TOP = Path(__file__).resolve().parent.parent
CHAPTERS = ("speakers", "words", "people", "places", "text", "conclusion")
LISTS = ("words-kadar", "sentences", "mentions-organisation", "words-layers")
READY = """async () => {
  await switches.ready();
  const loaded = document.documentElement.dataset;
  switches.read({ opening: 1 });
  if (loaded.lists || loaded.speeches)
    while (!("listed" in loaded || "spoken" in loaded)) await new Promise((r) => setTimeout(r, 20));
  switches.read({});
}"""
TURN = """(under) => new Promise((done) => requestAnimationFrame(() => {
  const start = performance.now();
  switches.read(under);
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
}))"""
READINGS = [{"opening": 2}, {"opening": 1, "doubts": 2}, {"reported": 3}, {}]


def measure(site):
    """Print the median and the longest turn of each page, in milliseconds."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = chromium.new_page(viewport={"width": 360, "height": 740})
        slow = page.context.new_cdp_session(page)
        names = [f"chapters/{n}" for n in CHAPTERS] + [f"evidence/{n}" for n in LISTS]
        for name in names:
            slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
            page.goto((site / f"{name}.html").as_uri())
            page.evaluate(READY)
            slow.send("Emulation.setCPUThrottlingRate", {"rate": 6})
            taken = [page.evaluate(TURN, under) for under in READINGS * 3]
            middle, longest = statistics.median(taken), max(taken)
            print(
                f"a turn on {name:<34}{middle:8.0f} ms   {longest:4.0f} ms the longest", flush=True
            )
        chromium.close()


if __name__ == "__main__":
    measure(Path(sys.argv[1]).resolve() if sys.argv[1:] else TOP / "_build/html")
