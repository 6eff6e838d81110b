"""The charts of the built book under every reading: what is drawn, said and left."""

import random

import pytest
from paths import SITE

from analysis.decisions import DECISIONS
from analysis.evidence import count
from analysis.figures.saying import named
from analysis.measures import place_counts, who_speaks
from analysis.readings import Reading
from analysis.wording import surname_of
from book.session import source

SINGLE = [
    Reading(**{name: option})
    for name, decision in DECISIONS.items()
    for option in list(decision.options)[1:]
]
TURN = """async (readings) => {
  await switches.ready();
  return readings.map((under) => {
    switches.read(under);
    charts.finish();
    return (%s)(under);
  });
}"""
#: Of each chart that follows: its bars as they are drawn, in numbers; what each is called, and what
#: Python has counted for it (as the edition reads it, where the chart says that it stays so); where
#: each line ends, and what stands there.  A line that is broken is as long as its pieces.
DRAWN = r"""(reading) => [...document.querySelectorAll("figure[data-plain]")].map((figure) => {
  const under = figure.matches(".left") ? {} : reading;
  const svg = [...figure.querySelectorAll(":scope > div > svg")].find((s) => s.checkVisibility());
  const parts = [...svg.querySelectorAll("g[data-line]")].map((group) => {
    const mark = group.querySelector("a"), shown = group.getAttribute("display") !== "none";
    const { x, width } = shown ? group.querySelector("path").getBBox() : { x: 0, width: 0 };
    const { n, count } = mark.dataset, { line, each, wrap } = group.dataset;
    const pieces = group.querySelector("path").getAttribute("d").split(/m/i).slice(1)
      .map((piece) => Number(piece.match(/h(-?[\d.]+)/)[1]));
    const long = !wrap || !shown ? width : pieces.reduce((sum, piece) => sum + piece, 0);
    return { line, label: mark.getAttribute("aria-label"), x: wrap ? null : x,
      length: long / each, each: Number(each),
      counted: n === undefined ? Number(count) : switches.at(n, under), href: mark.href.baseVal };
  });
  const sums = [...svg.querySelectorAll("g[data-end]")].map((group) =>
    [group.dataset.end, group.textContent.trim(), Number(group.dataset.least ?? 0)]);
  const single = [...svg.querySelectorAll("g[data-shown]")].map((group) => {
    const mark = group.querySelector("a"), { n, count } = mark.dataset;
    return [group.getAttribute("display") !== "none",
      n === undefined ? Number(count) : switches.at(n, under), mark.getAttribute("aria-label")];
  });
  const keys = [...svg.querySelectorAll("g[data-key]")].filter((g) => g.querySelector("text"))
    .map((g) => [g.textContent.trim(), g.getAttribute("display") !== "none"]);
  return { id: figure.id, parts, sums, single, keys, title: figure.querySelector(".chart-title").innerText,
    alt: svg.getAttribute("aria-label"), walk: [...figure.querySelectorAll("tr[hidden] a")].length };
})"""
DRAWINGS = """(all) => all.flatMap((part) => [...part.querySelectorAll("*"), part].map((e) => [
  e.tagName, e.children.length ? "" : e.textContent,
  ...[...e.attributes].filter(({ name }) => name !== "style" || e !== part)
    .map(({ name, value }) => `${name}=${value}`).sort()].join(" ")))"""
#: Charts whose marks are called by what the key calls them: it tells of those that are drawn.
KEYED = ("who-speaks", "families", "along", "bodies-along-army-su-army-hu")
PAGES = ["document", "people", "places", "programme", "speakers", "words"]


def combinations(number, seed):
    """Readings with two decisions or more taken otherwise, drawn at random."""
    rng = random.Random(seed)
    found = []
    while len(found) < number:
        some = rng.sample(list(DECISIONS), rng.randint(2, len(DECISIONS)))
        found.append(Reading(**{name: rng.choice(list(DECISIONS[name].options)) for name in some}))
    return found


def places_of(reading):
    """A reading as the page has it: the place of each option that is not the edition's."""
    return {n: list(DECISIONS[n].options).index(option) for n, option in reading.options}


def turned(page, readings, look):
    """What a look at the page finds under each of these readings."""
    return page.evaluate(TURN % look, [places_of(reading) for reading in readings])


@pytest.mark.parametrize("name", PAGES)
def test_every_mark_is_as_long_as_what_it_counts(chromium, name):
    chromium.open(SITE.as_uri(), f"chapters/{name}.html")
    readings = [*SINGLE, *combinations(200, seed=13), Reading()]
    before = chromium.page.eval_on_selector_all(
        ".chart[data-plain] :is(.wide, .narrow, .chart-title, figcaption > p)", DRAWINGS
    )
    compared, keyed = 0, set()
    for reading, charts in zip(readings, turned(chromium.page, readings, DRAWN)):
        for chart in charts:
            where, ends = (chart["id"], str(reading)), {}
            for part in chart["parts"]:
                near = pytest.approx(part["counted"], abs=0.11 / part["each"])  # of a pixel
                assert part["length"] == near, (where, part)
                assert part["label"].endswith(f": {part['counted']:,}"), (where, part)
                if part["counted"] and part["x"] is not None:
                    begins = ends.get(part["line"], (part["x"], 0))[0]
                    assert part["x"] == pytest.approx(begins, abs=0.11), (where, part)
                    end = part["x"] + part["counted"] * part["each"]
                    ends[part["line"]] = (end, ends.get(part["line"], (0, 0))[1] + part["counted"])
                compared += 1
            for line, says, least in chart["sums"]:
                total = ends.get(line, (0, 0))[1]
                assert says == (f"{total:,}" if total >= least else ""), (where, line)
            assert all(shown == (value > 0) for shown, value, _ in chart["single"]), where
            if chart["id"].removeprefix("chart-") in KEYED:
                marks = [(part["label"], part["counted"]) for part in chart["parts"]]
                marks += [(label, value) for _, value, label in chart["single"]]
                # a heading is nobody's, too, and has an entry of its own
                marks = [
                    (m.replace("nobody named, words, outside", "outside"), n) for m, n in marks
                ]
                names = {n for m, value in marks if value for n in m.split(":")[0].split(", ")}
                for entry, shown in chart["keys"]:
                    assert shown == (entry in names), (where, entry)
                keyed.add(chart["id"])
            compared += len(chart["single"])
    print(f"{name}: {compared:,} marks compared")
    assert compared > 300 and not chromium.faults
    assert len(keyed) == {"speakers": 1, "words": 2, "people": 1}.get(name, 0)
    after = chromium.page.eval_on_selector_all(
        ".chart[data-plain] :is(.wide, .narrow, .chart-title, figcaption > p)", DRAWINGS
    )
    assert after == before  # and back again


def spoken(reading):
    """What Python counts of each speaker, by what the chart calls it."""
    table = who_speaks(source.session, reading=reading)
    return {
        named(surname_of(source.session, r.speaker) + ", words", r.standing): r.count
        for r in table.itertuples()
    }


def families(reading):
    """What Python counts of each family by speaker."""
    table = count(source.session, "terms", ["family", "speaker", "standing"], reading=reading)
    return {
        f"{r.family}, {named(surname_of(source.session, r.speaker), r.standing)}": r.count
        for r in table.itertuples()
    }


def kinds_of_places(reading):
    """How often Python finds a place referred to, by kind: in all, as names may be cut short."""
    table = place_counts(source.session, by="type", reading=reading)
    return {kind: int(n) for kind, n in table.groupby("type")["count"].sum().items()}


@pytest.mark.parametrize(
    ("name", "chart", "python"),
    [("speakers", "who-speaks", spoken), ("words", "families", families)],
)
def test_what_is_drawn_is_what_python_counts(chromium, name, chart, python):
    chromium.open(SITE.as_uri(), f"chapters/{name}.html")
    readings = [*SINGLE, *combinations(30, seed=7)]
    for reading, charts in zip(readings, turned(chromium.page, readings, DRAWN)):
        (drawn,) = [one for one in charts if one["id"] == f"chart-{chart}"]
        shown = {
            part["label"].rpartition(": ")[0]: round(part["length"])
            for part in drawn["parts"]
            if round(part["length"])
        }
        counted = python(reading)
        rows = {label.partition(",")[0] for label in shown}  # what only others have is in the table
        expected = {k: n for k, n in counted.items() if k.partition(",")[0] in rows}
        assert shown == expected, str(reading)


def test_places_are_drawn_as_python_counts_them(chromium):
    chromium.open(SITE.as_uri(), "chapters/places.html")
    readings = [*SINGLE, *combinations(30, seed=7)]
    for reading, charts in zip(readings, turned(chromium.page, readings, DRAWN)):
        (drawn,) = [one for one in charts if one["id"] == "chart-places"]
        shown = {}
        for part in drawn["parts"]:
            kind = part["label"].rpartition(": ")[0].rpartition(", ")[2]
            shown[kind] = shown.get(kind, 0) + round(part["length"])
        assert {k: n for k, n in shown.items() if n} == kinds_of_places(reading), str(reading)


def test_a_chart_that_follows_claims_nothing_and_one_that_cannot_says_so(chromium):
    page = chromium.page
    chromium.open(SITE.as_uri(), "chapters/words.html?opening=nobody")
    page.wait_for_selector("#otherwise:not([hidden])")
    page.evaluate("charts.finish()")
    families_ = page.locator("#chart-families")
    plain = "Mentions of each family of terms"
    assert families_.locator(".chart-title").inner_text() == plain
    assert families_.locator("caption").text_content() == plain
    caption = families_.locator("figcaption > p").first.inner_text()
    assert "as the page reads it now" in caption and "as the edition reads it" not in caption
    alt = families_.locator("svg").first.get_attribute("aria-label")
    assert alt.startswith(f"{plain}, as the page reads it now: ") and "nobody named: " in alt
    # its list for ears and keys has the same, and not what counts nothing
    page.wait_for_function(
        "document.querySelector('#chart-families .walk').ariaLabel.endsWith('terms')"
    )
    items = page.locator("#chart-families .walk a").all_text_contents()
    assert "nobody named: 17" in items and not [i for i in items if i.endswith(": 0")]
    # and a row that other readings alone have stands in its table
    page.evaluate("switches.read({ senses: 1 }), charts.finish()")
    rows = families_.locator("tbody tr:not([hidden])")
    assert rows.filter(has_text="party (in a name)").count()
    assert families_.locator("summary").inner_text().endswith(" rows more")
    chromium.open(SITE.as_uri(), "chapters/methods.html?opening=nobody")
    page.wait_for_selector("#otherwise:not([hidden])")
    page.evaluate("charts.finish()")
    left = page.locator("#chart-rates")
    assert "left" in left.get_attribute("class") and "stays the edition" in left.inner_text()
    assert not chromium.faults
