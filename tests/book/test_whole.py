"""The whole book as one: a PDF (printed on Letter) and an EPUB, both held to the built pages."""

import re
import shutil
import subprocess
import zipfile
from collections import Counter
from itertools import pairwise

import pytest
from browsers import missing
from lxml import etree, html
from paths import SITE
from printed import boxes_of, pages_of
from pypdf import PdfReader

from book.evidence.markup import fragment
from book.pack import PAPERS
from book.whole.chapters import LEFT_OUT, Chapter, whole_book
from book.whole.chapters import pages_of as pages_of_the_book
from book.whole.epub import write_epub
from book.whole.hatches import draw_hatches
from book.whole.lists import in_short
from book.whole.paper import address, print_chapters

BELOW = 20 / 25.4 * 72  # the margin with the page's number, in points
#: Words of tables that stand on two lines.
BROKEN = """() => {
  for (const closed of document.querySelectorAll("details")) closed.open = true;
  const range = document.createRange(), broken = [];
  for (const cell of document.querySelectorAll("td, th"))
    for (const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT); texts.nextNode();)
      for (const word of texts.currentNode.data.matchAll(/\\p{L}+/gu)) {
        range.setStart(texts.currentNode, word.index);
        range.setEnd(texts.currentNode, word.index + word[0].length);
        if (range.getClientRects().length > 1) broken.push(word[0]);
      }
  return broken;
}"""
XHTML = {"h": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(scope="module")
def chapters():
    """The chapters, from the built pages."""
    return whole_book(SITE, address=address)


@pytest.fixture(scope="module")
def pdf(pack):
    return pack / "Letter" / "whole-book.pdf"


@pytest.fixture(scope="module")
def reader(pdf):
    return PdfReader(pdf)


@pytest.fixture(scope="module")
def begins(reader, chapters):
    """The page on which each chapter begins, from nought, by its name."""
    found = {name.lstrip("/"): place for name, place in reader.named_destinations.items()}
    return {one.name: reader.get_destination_page_number(found[one.name]) for one in chapters}


@pytest.fixture(scope="module")
def pages(pdf):
    """The pages of the PDF, each as its lines in the order in which they are read."""
    return [page.splitlines() for page in pages_of(pdf, "-raw")]


def close(text):
    """Words without the spaces between them, since a line ends where the paper does."""
    return re.sub(r"\s+", "", text.replace("\u00ad", ""))


# -- which chapters, which links ----------------------------------------------------------------


def test_every_page_is_a_chapter_or_left_out_for_a_reason(chapters):
    kept = [one.page for one in chapters[:-1]]
    assert kept == [page for page, _ in pages_of_the_book()]
    there = {p.relative_to(SITE).with_suffix("").as_posix() for p in SITE.glob("chapters/*.html")}
    missed = there - set(kept)
    assert set(LEFT_OUT) <= missed and all(LEFT_OUT.values())
    for page in missed - set(LEFT_OUT):  # those below the class's
        root = html.parse(str(SITE / f"{page}.html")).getroot()
        assert root.find_class("title")[0].text_content() == "For the class", page


def test_a_number_leads_to_as_many_sentences_as_it_says(chapters):
    """Lists of words are of another kind: a sentence has many."""
    listed = {}
    for line in chapters[-1].root.find_class("where"):
        said = re.search(r": ([\d,]+) (\D+)$", line.find("b").text_content())
        if said and "word" not in said[2]:
            number = 0
            for part in re.split(
                ", ",
                line.find("b").tail.strip()
                + line.xpath("string()").removeprefix(line.find("b").text_content()).strip(),
            ):
                found = re.fullmatch(r"[a-z]([\d.]+)(?:–[a-z]([\d.]+))?(?: \((\d+)\))?", part)
                if found:
                    first, last, times = found.groups()
                    row = int(last.split(".")[-1]) - int(first.split(".")[-1]) + 1 if last else 1
                    number += row * int(times or 1)
            listed[line.get("id")] = number
    counted = [
        (link.get("data-count"), listed[name])
        for one in chapters
        for link in one.root.iter("a")
        if (name := link.get("href", "").removeprefix("#numbers--")) in listed
        and link.get("data-count")
    ]
    assert len(counted) > 1000
    assert [pair for pair in counted if int(pair[0].replace(",", "")) != pair[1]] == []


@pytest.mark.parametrize(
    "sentences, short",
    [
        (["s1", "s2", "s3"], [("s1", "s1", 1), ("s2", "s2", 1), ("s3", "s3", 1)]),
        (["s1", "s2", "s3", "s4", "s9"], [("s1", "s4", 1), ("s9", "s9", 1)]),
        (["s1", "s1", "s2"], [("s1", "s1", 2), ("s2", "s2", 1)]),
        (
            ["n1.8", "n1.9", "n1.10", "n1.11", "n2.12"],
            [("n1.8", "n1.11", 1), ("n2.12", "n2.12", 1)],
        ),
        ([], []),
    ],
)
def test_sentences_in_a_row_are_said_in_short(sentences, short):
    assert list(in_short(sentences)) == short


def test_a_hatch_is_drawn_as_lines_inside_its_shape():
    """A shape 100 wide and 50 high lies on two tiles of 72 by 72."""
    root = fragment(
        '<svg><pattern id="p" width="72" height="72"><path d="m0 72l72-72"/></pattern>'
        '<path d="m0 0h100v50h-100z" style="fill:url(#p);stroke:red"/></svg>'
    )
    draw_hatches(root)
    group, shape = root.find("svg")[1:]
    assert shape.get("style") == "fill:none;stroke:red"
    assert group.find("clipPath/path").get("d") == shape.get("d")
    tiles = [tile.get("transform") for tile in group.findall("g/g")]
    assert tiles == ["translate(0 0)", "translate(72 0)"]


# -- the PDF --------------------------------------------------------------------------------------


def test_each_link_leads_into_the_pdf_or_to_an_address(reader, chapters):
    """As many places as the chapters link to, each of which is there; no file of this machine."""
    places, addresses = Counter(), Counter()
    for page in reader.pages:
        for annotation in page.get("/Annots") or []:
            action = annotation.get_object()
            if "/Dest" in action:
                places[str(action["/Dest"]).lstrip("/")] += 1
            else:
                addresses[str(action["/A"]["/URI"]).partition(":")[0]] += 1
    assert set(addresses) <= {"http", "https"}
    assert set(places) <= {name.lstrip("/") for name in reader.named_destinations}
    wanted = {
        link.get("href")[1:]
        for one in chapters
        for link in one.root.iter("a")
        if link.get("href", "").startswith("#")
    }
    assert wanted <= set(places) and sum(places.values()) > 6000


def test_bookmarks_name_each_chapter_below_the_one_it_belongs_to(reader, chapters):
    found = []

    def walk(outline, depth):
        for entry in outline:
            if isinstance(entry, list):
                walk(entry, depth + 1)
            else:
                found.append((" ".join(entry.title.split()), depth))

    walk(reader.outline, 0)
    deepest = max(one.depth for one in chapters)
    wanted = [(one.title, one.depth) for one in chapters]
    assert [entry for entry in found if entry in wanted] == wanted
    assert {depth for _, depth in found} > set(range(deepest + 1)), "and their sections"


def test_it_is_tagged_in_a_language_has_a_title_and_is_light(reader, pdf):
    assert pdf.stat().st_size < 12_000_000, "hatches as pictures weigh six times as much"
    root = reader.trailer["/Root"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert root["/Lang"].startswith("en") and reader.metadata.title.startswith("Malin")


def test_pages_are_numbered_and_say_their_chapter(pages, begins, chapters):
    """But for the title page; the first two lines of a page are its heads and its number."""
    contents = " ".join(line for page in pages[1 : begins["index"]] for line in page)
    heads = {}
    for one in chapters:
        heads |= dict.fromkeys(range(begins[one.name], len(pages)), one.title)
        assert f"{one.title} {begins[one.name] + 1}" in contents
    for number, page in enumerate(pages[1:], 1):
        assert len(page) > 2, f"page {number + 1} is empty"
        assert page[1] == str(number + 1)
        assert page[0] == f"Malin’s Notes, 2 November 1956 {heads.get(number, '')}".strip()


def test_nothing_is_wider_than_the_page(pdf, reader):
    for number, (width, _, words) in enumerate(boxes_of(pdf)):
        assert all(left >= 0 and right <= width for left, right, _ in words), f"page {number + 1}"
    for page in reader.pages:  # each mark of a chart is a link
        for annotation in page.get("/Annots") or []:
            left, low, right, high = map(float, annotation.get_object()["/Rect"])
            assert left >= -1 and right <= float(page.mediabox.width) + 1
            assert low >= -1 and high <= float(page.mediabox.height) + 1


def test_a_chart_stands_under_its_title_on_one_page(pages, chapters):
    texts = [close(" ".join(page)) for page in pages]
    charts = 0
    for one in chapters:
        for chart in one.root.find_class("chart"):
            title = close(chart.find("./p[@class='chart-title']").text_content())
            written = {close(t.text_content()) for t in chart.findall("./div//svg//text")} - {""}
            said = chart.xpath("./figcaption/p")
            written |= {close(p.text_content()) for p in said}
            on = [text for text in texts if title in text]
            assert any(all(words in text for words in written) for text in on), title
            charts += 1
    assert charts > 25


def test_a_page_is_blank_below_where_a_chapter_ends_and_nowhere_else(pdf, begins):
    """A chart that does not fit leaves its room to the text after it; a third of a page at most."""
    reached = [
        max(low for *_, low in words if low < height - BELOW) / (height - BELOW)
        for _, height, words in boxes_of(pdf)
    ]
    ends = {begin - 1 for begin in begins.values()} | {0, len(reached) - 1}
    blank = {
        number + 1: part
        for number, part in enumerate(reached)
        if number not in ends and part < 2 / 3
    }
    assert len(reached) > 100 and not blank
    assert begins["answers"] == begins["one-page"] + 1, "the seminar on one page"


def test_no_chapter_ends_with_a_few_lines_on_a_page_of_their_own(browser, tmp_path):
    """Chapters of 20 to 60 paragraphs of a line, and of 5 to 24 of four: what ends on a second page or
    a third has six lines or more there."""
    made = [
        Chapter(f"chapters/of-{number}-by-{by}", 0, f"Of {number} by {by}", fragment(text))
        for by in (1, 4)
        for number in range(20, 60 if by == 1 else 100, by)
        for one in ["<p>" + "<br>".join(["A line."] * by) + "</p>"]
        for text in [f"<section><h1>A title</h1>{one * (number // by)}</section>"]
    ]
    tab, path = browser.new_page(), tmp_path / "made.pdf"
    width, height = PAPERS["Letter"]
    print_chapters(SITE, made, path, tab, width=width, height=height)
    tab.close()
    lines = {}
    for page in pages_of(path, "-raw"):
        head, _, *rest = page.splitlines() or ["", ""]
        if " by " in head:
            lines.setdefault(head, []).append(len(rest))
    assert len(lines) == len(made) and {len(pages) for pages in lines.values()} == {1, 2, 3}
    assert not {head: pages for head, pages in lines.items() if len(pages) > 1 and pages[-1] < 6}


def stands(said, texts):
    """Whether words stand on a page, or begin on one and go on on the next three, beside charts."""
    begins = [number for number, here in enumerate(texts) if said[:10] in here]
    return any(goes_on(said, texts[number : number + 4]) for number in begins)


def goes_on(said, texts):
    """Whether words stand on the first of these pages as far as they go, and then on the others."""
    if not said or not texts:
        return not said
    begun = next((n for n in range(len(said), 0, -1) if said[:n] in texts[0]), 0)
    return goes_on(said[begun:], texts[1:])


def test_prose_and_its_numbers_are_the_book_s(pages, chapters):
    """Each paragraph with a link stands word for word: numbers, quotations, sentences."""
    texts = [close(" ".join(page[2:])) for page in pages]
    linked = numbers = 0
    for one in chapters[:-1]:
        for paragraph in one.root.iter("p"):
            if paragraph.xpath(".//a[@href]") and not paragraph.xpath(
                ".//math | .//svg | ancestor-or-self::*[contains(@class, 'text')]"
            ):
                said = close(paragraph.text_content())
                assert stands(said, texts), paragraph.text_content()
                linked += len(paragraph.xpath(".//a[@href]"))
                numbers += len(paragraph.xpath(".//a[@data-count]"))
    assert linked > 800 and numbers > 150


# -- notes at the foot of the page ----------------------------------------------------------------


@pytest.fixture(scope="module", params=PAPERS)
def noted(request, pack, browser, tmp_path_factory):
    """A PDF that has the text and its notes: of one size the whole book, of the other that alone."""
    path = pack / request.param / "whole-book.pdf"
    if not path.exists():
        path = tmp_path_factory.mktemp("text") / "text.pdf"
        text = [one for one in whole_book(SITE, address=address) if one.name == "text"]
        width, height = PAPERS[request.param]
        tab = browser.new_page()
        print_chapters(SITE, text, path, tab, width=width, height=height)
        tab.close()
    return path


@pytest.fixture(scope="module")
def notes():
    """Each of the translator's notes: its name, the sentence that refers to it, its words."""
    root = html.parse(str(SITE / "chapters" / "text.html")).getroot()
    notes = []
    for link in root.find_class("noteref"):
        sentence = next(e for e in link.iterancestors() if e.get("class") == "sentence")
        note = root.get_element_by_id(link.get("href")[1:])
        assert note.find_class("back")[0].get("href") == f"#{sentence.get('id')}"
        notes.append((note.get("id"), sentence.get("id"), note.text_content()))
    return notes


def test_each_note_is_whole_at_the_foot_of_the_page_that_refers_to_it(noted, notes):
    """The sentence, the reference and the note on one page, linked both ways, notes in order."""
    reader, texts = PdfReader(noted), [close(page) for page in pages_of(noted, "-raw")]
    places = {name.lstrip("/"): place for name, place in reader.named_destinations.items()}
    number = reader.get_destination_page_number
    on_page = {}
    for note, sentence, words in notes:
        place = places[f"text--{note}"]
        page = on_page.setdefault(number(place), [])
        page.append(float(place.top))
        assert number(places[f"text--{sentence}"]) == number(place), note
        links = Counter()
        for annotation in reader.pages[number(place)]["/Annots"]:
            links[str(annotation.get_object().get("/Dest")).lstrip("/")] += 1
        assert links[f"text--{note}"] >= 1, f"the reference to {note}"
        assert links[f"text--{sentence}"] >= 2, f"the sentence's own, and {note} back to it"
        assert close(words) in texts[number(place)], f"{note} whole"
    assert len(notes) == 16 and len(on_page) > 3
    boxes = list(boxes_of(noted))
    for page, tops in on_page.items():
        assert tops == sorted(tops, reverse=True), "in the order of the text"
        for name, place in places.items():
            if re.fullmatch(r"text--[hs]\d+", name) and number(place) == page:
                assert float(place.top) > tops[0], f"{name} is above the notes"
        _, height, words = boxes[page]
        lows = sorted({low for *_, low in words if low < height - BELOW})
        assert lows[-1] > height - BELOW - 10, "at the foot"
        assert max(b - a for a, b in pairwise(lows)) < height / 5, f"page {page + 1}"


def test_a_note_is_tagged_as_one_right_after_the_sentence_that_refers_to_it(noted, notes):
    found = []

    def leads_to(part):
        """Where the links in a part of the structure lead."""
        part = part.get_object()
        if isinstance(part, list):
            return {name for one in part for name in leads_to(one)}
        if not isinstance(part, dict):
            return set()
        here = {str(part["/Obj"].get("/Dest")).lstrip("/")} if "/Obj" in part else set()
        return here | (leads_to(part["/K"]) if "/K" in part else set())

    def walk(part):
        inside = part["/K"] if isinstance(part.get("/K"), list) else [part.get("/K")]
        inside = [one.get_object() for one in inside if one is not None]
        for before, one in zip([None, *inside], inside):
            if isinstance(one, dict) and one.get("/S") == "/Note":
                found.append((one["/ID"], leads_to(before), leads_to(one)))
            elif isinstance(one, dict):
                walk(one)

    walk(PdfReader(noted).trailer["/Root"]["/StructTreeRoot"])
    assert len(found) == len(notes) == len({name for name, *_ in found})
    for (note, sentence, _), (_, before, inside) in zip(notes, found):
        assert f"text--{note}" in before and f"text--{sentence}" in inside


def test_numerals_of_lists_are_whole(pages, chapters):
    answers = next(one for one in chapters if one.name == "answers")
    longest = max(len(found) for found in answers.root.iter("ol"))
    numerals = [int(n) for page in pages for line in page for n in re.findall(r"^(\d+)\. ", line)]
    assert longest > 9 and set(range(1, longest + 1)) <= set(numerals) and 0 not in numerals


# -- the EPUB -------------------------------------------------------------------------------------


def test_epubcheck_finds_nothing(pack):
    checker = shutil.which("epubcheck")
    if not checker or not shutil.which("java"):
        missing("epubcheck", "epubcheck default-jre-headless")
    command = ["java", "-jar", checker, pack / "whole-book.epub"]
    done = subprocess.run(command, capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert "0 fatals / 0 errors / 0 warnings" in said, said[-3000:]


def test_the_contents_of_the_epub_name_each_chapter_and_the_same_book_is_the_same_file(
    pack, chapters, tmp_path
):
    path = pack / "whole-book.epub"
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist()[0] == "mimetype"
        contents = etree.fromstring(archive.read("book/contents.xhtml"))
    named = contents.xpath("//h:nav//h:a/text()", namespaces=XHTML)
    assert [" ".join(name.split()) for name in named] == [one.title for one in chapters]
    write_epub(SITE, tmp_path / "again.epub")
    assert path.read_bytes() == (tmp_path / "again.epub").read_bytes()


def test_a_phone_shows_all_of_the_epub(pack, browser, tmp_path):
    """360 pixels wide: nothing is cut off, no chart is missing."""
    with zipfile.ZipFile(pack / "whole-book.epub") as archive:
        archive.extractall(tmp_path)
    tab, charts = browser.new_page(viewport={"width": 360, "height": 740}), 0
    for path in sorted((tmp_path / "book").glob("*.xhtml")):
        tab.goto(path.as_uri())
        wide = tab.evaluate(
            "() => [...document.querySelectorAll('body *')].filter((e) => !e.closest('svg *')"
            " && e.getBoundingClientRect().right > 361).map((e) => e.textContent.slice(0, 60))"
        )
        assert not wide, f"{path.name}: {wide[:5]}"
        assert not (broken := tab.evaluate(BROKEN)), f"{path.name}: {broken[:5]}"
        sizes = tab.evaluate(
            "() => [...document.querySelectorAll('.chart svg')]"
            ".map((e) => e.getBoundingClientRect()).map((b) => [b.width, b.height])"
        )
        assert all(width > 250 and height > 30 for width, height in sizes), path.name
        charts += len(sizes)
    tab.close()
    assert charts > 25
