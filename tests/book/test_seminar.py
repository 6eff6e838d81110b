"""The seminar: times that add up, worksheets that fit their paper, a key that stays closed, terms that are explained."""

import re
import tomllib
from functools import cache
from math import ceil
from unicodedata import numeric

import pytest
from lxml import html
from paths import SITE, TOP
from test_evidence import PAGES

CHAPTERS = TOP / "chapters"


@cache
def source(name):
    return (CHAPTERS / f"{name}.md").read_text(encoding="utf-8")


@cache
def page(name):
    return html.parse(str(SITE / name)).getroot()


def words_of(name):
    """What a reader sees of a page's text, as one string."""
    body = page(name).xpath("//main//*[@class='body']")
    return " ".join(piece for e in body for piece in e.itertext())


def plans():
    """The tables of the plans on the built page: for each its rows, as begin, minutes, what, reckoned."""
    for table in page("chapters/seminar.html").xpath("//table"):
        rows = [[" ".join(cell.text_content().split()) for cell in row] for row in table.iter("tr")]
        if rows[0][0] == "begins":
            yield rows[1:]


def test_the_minutes_of_each_plan_add_up_and_some_are_to_spare():
    whole = []
    for plan in plans():
        clock = 0
        for begins, minutes, *_ in plan:
            hours, past = map(int, begins.split(":"))
            assert 60 * hours + past == clock, f"a gap before {begins}"
            clock += int(minutes)
        spare = [int(minutes) for _, minutes, what, _ in plan if what.startswith("To spare")]
        assert sum(spare) >= 5
        whole.append(clock)
    assert whole == [45, 90, 90, 90]


def test_the_page_for_the_hand_has_the_same_minutes():
    hand = re.findall(r"(?m)^\| (\d:\d\d) \| (\d+) \|", source("one-page"))
    first, seminar, *_ = [[tuple(row[:2]) for row in plan] for plan in plans()]
    assert hand == seminar + first


def number(text):
    """What is written at the beginning of a text: 2, 2½, ¾; 0 where it is no number."""
    whole, part = re.match(r"(\d*)([½¼¾]?)", text).groups()
    return int(whole or 0) + (numeric(part) if part else 0)


def minutes_of(reckoned, session):
    """The minutes that a cell reckons: numbers, products, and words read aloud or alone."""
    said = " ".join(words_of("chapters/seminar.html").split())
    speeds = dict(re.findall(r"(aloud|alone) (?:is )?(\d+) words a minute", said))
    order = list(session.sentences.sentence)
    note = page("chapters/first-lesson.html").find_class("head-note")[0].text_content()
    total = 0
    for term in reckoned.split(" + "):
        read = re.fullmatch(r"(?:([sn][\d.]+)–([sn][\d.]+)|head note) (aloud|alone)", term)
        times = re.match(r"(\S+) × (\S+)", term)
        if read and read[1]:
            some = order[order.index(read[1]) : order.index(read[2]) + 1]
            total += session.words.sentence.isin(some).sum() / int(speeds[read[3]])
        elif read:
            total += len(note.split()) / int(speeds[read[3]])
        elif times:
            total += number(times[1]) * number(times[2])
        else:
            assert number(term), term
            total += number(term)
    return total


@pytest.mark.parametrize(
    "reckoned, minutes",
    [("3 × 2½ + 1½ to agree", 9), ("11 × ½ + ¾", 6.25), ("n2.1–n2.2 aloud + 1", 1 + 49 / 120)],
)
def test_a_reckoning_is_read_as_a_person_reads_it(session, reckoned, minutes):
    """Note 2 has 49 words."""
    assert minutes_of(reckoned, session) == pytest.approx(minutes)


def test_the_minutes_are_those_that_are_reckoned(session):
    """To the next whole minute; what is to spare has no reckoning."""
    for plan in plans():
        for _, minutes, what, reckoned in plan:
            if what.startswith("To spare"):
                assert not reckoned
            else:
                assert ceil(minutes_of(reckoned, session)) == int(minutes), (what, reckoned)


def test_a_task_is_reckoned_with_as_many_sentences_as_its_sheet_has():
    sheets = page("chapters/handouts.html")
    rows = {
        sheet.get("id")[6].upper(): len(sheet.xpath(".//tbody/tr"))
        for sheet in sheets.xpath("//section[starts-with(@id, 'sheet-')]")
    }
    groups = {task: len(first) for task, (first, *_) in cards().items()}
    parts = [len(some) - 2 for some in cards()["3"]]
    assert parts == [3, 3, 3] and rows["C"] == sum(parts)
    lines = max(len(t.xpath("./tbody/tr")) for t in sheets.find_class("to-sort"))
    items = {
        "1": rows["A"],
        "2": groups["2"],
        "3": parts[0],
        "4": lines,
        "6": rows["F"],
        "7": rows["G"],
    }
    for plan in plans():
        for _, _, what, reckoned in plan:
            for task in re.findall(r"Task (\d)", what):
                factors = re.findall(r"(\d+) ×", reckoned)
                assert task not in items or str(items[task]) in factors, (what, reckoned)


def test_the_points_of_the_marking_grid_add_up():
    """To as many as the sheet says; sound is half of it in each row."""
    (grid,) = page("chapters/handouts.html").xpath("//section[starts-with(@id, 'sheet-h')]")
    points = [
        [int(cell.text_content().split()[0]) for cell in row[1:]]
        for row in grid.xpath(".//tbody/tr")
    ]
    assert len(points) == 5
    assert all((none, 2 * sound) == (0, strong) for none, sound, strong in points)
    said = re.search(r"of (\d+):", grid.text_content())[1]
    assert sum(strong for *_, strong in points) == int(said) == 20
    assert f"add up to {said}" in words_of("chapters/seminar.html")


@pytest.mark.parametrize(
    ("essay", "sum_", "said"),
    [
        ("An essay", 2 + 2 + 3 + 1 + 3, "eleven of 20"),
        ("A better one", 3 + 4 + 3 + 2 + 4, "sixteen of 20"),
    ],
)
def test_the_marks_of_the_essays_in_the_answers_add_up(essay, sum_, said):
    """Each mark is one that its row of the grid has, or stands between two of them."""
    marked = source("answers").partition(f"answer}} {essay}")[2].partition(":::")[0]
    marks = re.findall(r"(?m)^- \*\*(\d)\*\* for \*(.+?)\*", marked)
    (grid,) = page("chapters/handouts.html").xpath("//section[starts-with(@id, 'sheet-h')]")
    rows = {
        row[0].text_content().strip().lower(): [int(c.text_content().split()[0]) for c in row[1:]]
        for row in grid.xpath(".//tbody/tr")
    }
    assert [row for _, row in marks] == list(rows)
    assert all(min(rows[row]) <= int(mark) <= max(rows[row]) for mark, row in marks)
    assert sum(int(mark) for mark, _ in marks) == sum_ and said in marked


def test_every_task_has_its_instructions_its_sheet_and_its_answer():
    tasks = set(re.findall(r"(?m)^### Task (\d)", source("students")))
    assert tasks == set(re.findall(r"\*\*Task (\d)\.", source("handouts")))
    assert tasks == set(re.findall(r"(?m)^:::\{answer\} Task (\d)", source("answers")))
    assert tasks


def cards():
    """The sentences on the cards of the groups, by their tasks."""
    lines = re.findall(r"(?m)^- \*\*Task (\d), group \w+\.\*\*.*", source("handouts"))
    return {
        task: [
            re.findall(r'"sentence: (\S+)"', line)
            for line in re.findall(rf"(?m)^- \*\*Task {task}, group.*", source("handouts"))
        ]
        for task in dict.fromkeys(lines)
    }


def test_groups_begin_with_as_many_sentences(session):
    """Task 2: five each. Task 3: the passage in three parts of eleven, of which three come first."""
    assert [len(some) for some in cards()["2"]] == [5, 5, 5]
    order = list(session.sentences.sentence)
    parts = [tuple(map(order.index, some)) for some in cards()["3"]]
    assert {last - first + 1 for first, last, *_ in parts} == {11}
    assert [first for first, *_ in parts[1:]] == [last + 1 for _, last, *_ in parts[:-1]]
    assert all(first <= one <= last for first, last, *begin in parts for one in begin)
    sheet = source("handouts").partition("## Sheet C")[2].partition("## Sheet D")[0]
    asked = re.findall(r"(?m)^\| \[(s\d+)\]", sheet)
    assert asked == [order[one] for _, _, *begin in parts for one in begin]


def test_answers_stay_closed_and_with_the_teacher():
    key = page("chapters/answers.html").xpath("//details[contains(@class, 'key')]")
    assert len(key) > 8 and not any("open" in answer.attrib for answer in key)
    others = "".join(text_of(page(f"chapters/{name}.html")) for name in CLASS)
    index = (SITE / "searchindex.js").read_text(encoding="utf-8")
    for answer in key:
        for said in answer.xpath(".//p | .//li[not(.//p)]"):
            words = " ".join(said.text_content().split())
            few = len(words.split()) < 8  # a head of a table, a name
            assert few or (words not in others and words not in index), words


# -- the class's pages ----------------------------------------------------------------------


def text_of(root):
    return " ".join(root.find(".//main").text_content().split())


CLASS = [
    path.stem
    for path in sorted(CHAPTERS.glob("*.md"))
    if re.match(r"---\n(?:.*\n)*?for: students\n", path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("name", CLASS)
def test_the_class_is_led_to_no_other_page(name):
    root = page(f"chapters/{name}.html")
    leads = {
        link.get("href").partition("#")[0]
        for link in root.iter("a")
        if "://" not in link.get("href")
    }
    assert leads - {""} <= {f"{other}.html" for other in CLASS}
    assert not root.xpath("//form") and not root.xpath("//*[@id='switch']")
    assert not [s for s in root.xpath("//script/@src") if "switches" in s or "search" in s]
    assert len(CLASS) > 3


@pytest.mark.parametrize("name", [name for name in CLASS if name != "student-notes"])
def test_nobody_is_named_to_the_class_where_the_document_does_not(name):
    """What is quoted may name him, as the document does; and the notes do, which are handed out later."""
    root = html.fromstring(html.tostring(page(f"chapters/{name}.html").find(".//main")))
    for printed in root.xpath(
        "//*[@class='sentence' or @class='said' or contains(@class, 'gloss')]"
        if name != "people-and-words"  # all of it is read
        else "//*[@class='sentence']"
    ):
        printed.drop_tree()  # words of the document, and who or what is meant by them
    for asked in root.xpath("//*[@id='ballot']//legend | //*[@id='ballot']//label"):
        asked.drop_tree()  # sentences as they are printed, and all who may be chosen
    said = root.text_content()
    if name == "people-and-words":  # where he has a line as all have, and is in the cabinet's lists
        for entry in ("Kadar", "inner cabinet"):
            said = said.replace(explained()[entry], "").replace(f"{entry} (", "(")
    said = re.sub("“[^”]*”", "", said)
    if name == "handouts":  # a second source, under his name; it comes when the verdicts are in
        said = said.partition("Sheet G")[0] + said.partition("Sheet H")[2]
    assert not re.search("K[aá]d[aá]r|hidden|inferred", said)
    assert not root.xpath("//*[@data-asks or @data-count or @data-citation]")


def explained():
    """What is said of each person and word on the sheet for the class, by what is explained."""
    terms = page("chapters/people-and-words.html").xpath("//dl//dt")
    return {term.text_content().partition(" (")[0]: term.getnext().text_content() for term in terms}


def test_the_guests_are_told_of_in_equal_words():
    """Whoever asks which of them could vote finds the offices of each, and nothing on who speaks."""
    frame = re.compile(
        r"\w+ (\w+)\. Offices: ([^.]+)\."
        r" In the government: (yes|no)\. Named to the inner cabinet: (yes|no) \[Új Szó, .*\]\.\s*"
    )
    told = {
        name: frame.fullmatch(explained()[name]).groups()
        for name in explained()
        if name in {"Munnich", "Kadar", "Bata"}
    }
    assert {name: found[2:] for name, found in told.items()} == {
        "Munnich": ("yes", "no"),
        "Kadar": ("yes", "yes"),
        "Bata": ("no", "no"),
    }
    assert all(name == found[0] for name, found in told.items())
    assert not re.search(r"speak|speech|opening|[Nn]ote 2", " ".join(explained().values()))


def test_people_and_words_are_explained_as_the_document_prints_them(session):
    """Everybody whom heading or session names has a line; what is explained stands where it is
    said to stand; what is said of people was read where the register read it."""
    text = dict(zip(session.sentences.sentence, session.sentences.text))
    terms = [dt.text_content() for dt in page("chapters/people-and-words.html").xpath("//dl//dt")]
    placed = [found for term in terms for found in re.findall(r"([^()]+?) \(([^()]+)\)", term)]
    for names, places in placed:
        names, places = names.strip(", ").split(", "), places.split(", ")
        assert all(any(name in text[place] for place in places) for name in names), names
        assert all(any(name in text[place] for name in names) for place in places), places
    assert len(placed) > 50
    mentions = session.mentions
    named = mentions[(mentions.kind == "person") & mentions.layer.isin(["heading", "session"])]
    known = {name for names, _ in placed for name in names.strip(", ").split(", ")}
    for person, some in named.groupby("entity"):
        assert known & {*some.form, *(form.split()[-1] for form in some.form)}, person
    people = tomllib.loads((TOP / "data/context/people.toml").read_text(encoding="utf-8"))
    read = {key for person in people.values() for key in person["sources"]}
    cited = re.findall(r'"cite: ([\w-]+)"', source("people-and-words").partition("## Words")[0])
    assert len(cited) > 15 and set(cited) - read == {"ujszo-11-01", "cabinet-11-01"}


def test_the_class_s_text_is_found_by_no_search():
    index = (SITE / "searchindex.js").read_text(encoding="utf-8")
    assert not [name for name in CLASS if f"{name}.html" in index]


def test_the_shorter_text_is_as_long_as_it_is_said_to_be(session):
    shown = page("chapters/first-lesson.html").xpath("//*[@class='sentence']/@id")
    words = session.words.sentence.isin(shown).sum()
    assert 250 <= words <= 350 and list(shown) == [f"s{n}" for n in range(41, 74)]


def test_each_worksheet_prints_on_one_page_with_nothing_cut_off(browser):
    tab = browser.new_page()
    tab.goto(f"{SITE.as_uri()}/chapters/handouts.html")
    pdf = tab.pdf(prefer_css_page_size=True)
    sheets = tab.locator("[id^='sheet-']").count()
    assert sheets and len(re.findall(rb"/Type /Page\b", pdf)) == sheets
    # What the printer has: A4 without the margins of book.css.
    tab.set_viewport_size({"width": round((210 - 32) / 25.4 * 96), "height": 1000})
    tab.emulate_media(media="print")
    over = tab.locator("[id^='sheet-']").evaluate_all(
        "sheets => sheets.map(s => s.scrollHeight - s.clientHeight)"
    )
    assert over == [0] * sheets
    lines = tab.locator("[id^='sheet-'] .lines").evaluate_all(
        "boxes => boxes.map(b => b.clientHeight / 96 * 25.4)"
    )
    assert min(lines) >= 16, "less than two lines of eight millimetres"
    rooms = tab.locator("[id^='sheet-'] td:has(> p:empty), .to-sort td:empty").evaluate_all(
        "cells => cells.map(c => c.clientHeight / 96 * 25.4)"
    )
    assert len(rooms) > 60 and min(rooms) >= 6, "no room to write"
    tab.close()


def test_a_narrow_screen_shows_every_sentence_and_says_what_is_on_paper_alone(browser):
    tab = browser.new_page()
    tab.goto(f"{SITE.as_uri()}/chapters/handouts.html")
    told = tab.locator(".for-paper")
    seen = """cells => cells.filter(c => c.checkVisibility()).map(c => [c.textContent.trim(),
      c.getBoundingClientRect().right <= innerWidth])"""
    shown = {}
    for width in (1280, 360):
        tab.set_viewport_size({"width": width, "height": 800})
        shown[width] = tab.locator("[id^='sheet-'] td").evaluate_all(seen)
        assert all(inside for _, inside in shown[width])
        assert told.is_visible() == (width == 360)
    assert "columns to write in are on the printed sheet" in told.inner_text()
    heads = tab.locator("[id^='sheet-h'] td").evaluate_all(
        "cells => cells.map(c => getComputedStyle(c, '::before').content)"
    )
    assert set(heads[1:]) == {'"not yet: "', '"sound: "', '"strong: "', "none"} and len(heads) == 20
    wide, narrow = ([text for text, _ in shown[width] if text] for width in (1280, 360))
    assert narrow == wide and len(narrow) < len(shown[1280])  # what is not there is empty
    tab.close()


def entries():
    """The glossary's entries: the terms of each, and what is said."""
    for said in page("chapters/glossary.html").xpath("//dl[contains(@class, 'glossary')]/dd"):
        terms, before = [], said.getprevious()
        while before is not None and before.tag == "dt":
            terms.append((before.get("id"), before.text_content().rstrip("¶#").strip()))
            before = before.getprevious()
        yield terms, said


def test_every_term_of_the_glossary_is_used_somewhere_else():
    others = [
        name
        for name in PAGES
        if name.startswith(("chapters/", "index")) and name != "chapters/glossary.html"
    ]
    text = " ".join(map(words_of, others))
    links = {
        link.get("href").rpartition("#")[2]
        for name in others
        for link in page(name).iter("a")
        if link.get("href")
    }
    unused = [
        terms
        for terms, _ in entries()
        if not any(
            id in links or re.search(rf"(?<!\w){re.escape(term)}s?(?!\w)", text, re.I)
            for id, term in terms
        )
    ]
    assert list(entries()) and not unused


def test_every_term_of_the_glossary_shows_a_sentence_of_the_document():
    assert not [
        terms for terms, said in entries() if not said.xpath(".//a[contains(@href, 'text.html#')]")
    ]
