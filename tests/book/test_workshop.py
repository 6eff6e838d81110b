"""The workshop in the page: a ballot's code, and a class's ballots counted, as in Python."""

import json
import os
import random
import re
import shutil
import subprocess

import pytest
from paths import SITE
from playwright.sync_api import expect

from analysis.ballots import questions
from analysis.classroom import agreement, annotators, in_comparison, judged, tally, verdict_of
from analysis.codes import Ballot, encode, read_ballots

BALLOT, CLASSROOM = (f"{SITE.as_uri()}/chapters/{name}.html" for name in ("ballot", "classroom"))
#: Counts what a screen reader is told from now on.
HEARD = """() => {
  let times = 0;
  new MutationObserver(() => (document.body.dataset.heard = ++times))
    .observe(document.querySelector("[role=status]"), {childList: true, subtree: true});
}"""


@pytest.fixture(scope="module")
def asked(session):
    return questions(session)


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def made_up(asked, number=25, seed=1956):
    """A class that mostly agrees with the edition."""
    draw = random.Random(seed)
    return [
        Ballot(
            draw.randrange(1, 1024),
            {
                q.id: q.edition if draw.random() < 0.6 else draw.choice(list(q.answers))
                for q in asked
                if draw.random() < 0.95
            },
        )
        for _ in range(number)
    ]


def test_what_is_ticked_on_a_phone_becomes_the_code_that_python_reads(page, asked):
    page.goto(BALLOT)
    assert page.locator(".ballot .code strong").count() == 0  # no code before the first answer
    assert page.get_by_role("button", name="Copy the code").is_disabled()
    page.get_by_text("Open when Task 4 is done").click()  # its answers give meanings away
    (ballot,) = made_up(asked, 1)
    for question in asked:
        answer = ballot.answers.get(question.id)
        if answer and question.kind == "until":
            page.locator(f"select[name='{question.id}']").select_option(answer)
        elif answer:
            page.locator(f"input[name='{question.id}'][value='{answer}']").check()
    code = page.locator(".ballot .code strong").inner_text()
    (read,) = read_ballots(asked, code).ballots
    assert read.answers == ballot.answers
    page.reload()
    assert page.locator(".ballot .code strong").inner_text() == code  # kept in this browser
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Delete all that I judged").click()
    assert page.locator(".ballot .code strong").inner_text() == code  # asked, and said no
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete all that I judged").click()
    assert page.locator("input:checked").count() == 0
    assert page.evaluate("localStorage.ballot ?? ''") == ""


def test_what_another_page_of_the_host_keeps_by_the_same_name_is_left_alone(page, asked):
    wrong = []
    page.on("pageerror", lambda error: wrong.append(error))
    for address, name, kept in (
        (BALLOT, "ballot", ("null", "7", "{}", '{"sheet": "a", "judged": {}}')),
        (CLASSROOM, "classroom", ("null", "7", '{"codes": "", "paper": null}')),
    ):
        page.goto(address)
        for text in kept:
            page.evaluate("([name, text]) => (localStorage[name] = text)", [name, text])
            page.reload()
            told = ".ballot .code" if name == "ballot" else "#codes-told"
            assert page.locator(told).inner_text().startswith(("0 of", "No line yet")), text
    assert wrong == []


def test_of_one_ballot_nothing_is_disputed(page, asked):
    page.goto(CLASSROOM)
    (ballot,) = made_up(asked, 1)
    page.locator("#codes").fill(encode(asked, ballot))
    shown = page.locator(".results").inner_text()
    assert "Your class’s reading" in shown and "Most disputed" not in shown


def test_what_is_closed_is_judged_later_and_an_answer_can_be_taken_back(page, asked):
    """24 questions are open, and four of the senses of *order* wait for Task 4."""
    page.goto(BALLOT)
    told = page.locator(".ballot .code")
    assert told.inner_text().strip() == "0 of 24 judged, and 4 later."
    answer = page.locator("input[name='s1'][value='unknown']")
    answer.check()
    assert told.inner_text().startswith("1 of 24 judged, and 4 later. Your code so far: ")
    page.get_by_text("Open when Task 4 is done").click()  # the page hears of it a moment later
    expect(told).to_contain_text("1 of 28 judged. Your code so far: ")
    answer.click()
    assert not answer.is_checked() and told.inner_text().strip() == "0 of 28 judged."
    answer.press("ArrowRight")  # by keys the next answer is chosen, and none taken back
    assert page.locator("input:checked").count() == 1
    page.locator("#judge-s1 a").click()
    assert page.url.endswith("student-text.html#s1")
    page.go_back()
    expect(told).to_contain_text("1 of 24 judged, and 4 later.")


def test_the_code_can_be_scanned_and_follows_what_is_ticked(page, asked, tmp_path):
    if not shutil.which("zbarimg"):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("zbarimg IS MISSING: zbar-tools")
    page.emulate_media(color_scheme="dark")  # a code is dark on light all the same
    page.goto(BALLOT)
    assert not page.evaluate("'qrcode' in window")  # asked for only when it is wanted
    first = next(q for q in asked if q.kind == "speaker")
    page.locator(f"input[name='{first.id}'][value='unknown']").check()
    page.get_by_role("button", name="Show it to be scanned").click()
    for answer in ("unknown", "table"):
        page.locator(f"input[name='{first.id}'][value='{answer}']").check()
        code = page.locator(".ballot .code strong").inner_text()
        drawn = page.get_by_role("img", name=f"{code} as a QR code")
        drawn.wait_for()
        drawn.screenshot(path=str(tmp_path / "code.png"))
        scan = ["zbarimg", "--quiet", "--raw", str(tmp_path / "code.png")]
        scanned = subprocess.run(scan, capture_output=True, text=True, check=True).stdout.strip()
        (ballot,) = read_ballots(asked, scanned).ballots
        assert scanned == code and ballot.answers == {first.id: answer}


def test_a_ballot_says_nowhere_what_the_edition_has_judged(page, asked):
    page.goto(BALLOT)
    data = json.loads(page.locator("#ballot").get_attribute("data-questions"))
    assert set(data) == {"code", "questions"} and len(data["questions"]) == len(asked)
    # what is printed before a speech stands before its sentence, as on paper
    legend = page.locator("#judge-s109 legend").inner_text()
    assert legend == "s109 [Cde. Kadar:] a concrete request: preserve the party cadres."
    assert page.locator("#judge-s117 legend").inner_text().startswith("s117 [Cde. Bata: …] Change")
    (ends,) = page.locator("select").all()
    assert "s37 Hour by hour the situation is moving …" in ends.inner_text()
    # the four answers of Sheet B, three of them at the head of the list
    heads = [" ".join(text.split()) for text in ends.locator("option").all_inner_texts()[:5]]
    assert heads == [
        "not judged",
        "his, to the end (s97) If order is restored by force, the …",
        "somebody else’s",
        "can’t be known",
        "his, to s1 An assessment.",
    ]
    assert page.locator("#ballot input:checked").count() == 0
    leads = page.locator("#ballot a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert leads and all(re.fullmatch(r"student-text\.html#s\d+", one) for one in leads)
    assert "inferred" not in page.locator("#ballot").inner_text()
    (closed,) = page.locator("#ballot details").all()
    assert not closed.get_by_text("political order").first.is_visible()
    closed.locator("summary").click()
    sizes = page.evaluate(
        "[...document.querySelectorAll('#ballot label')].map(l => l.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44
    assert page.evaluate(
        "document.documentElement.scrollWidth <= innerWidth"
    )  # nothing over the side


def test_a_class_of_25_with_codes_spoilt_doubled_and_empty_says_what_became_of_each(page, asked):
    """20 counted + 3 spoilt + 1 repeated + 1 empty = 25 lines.

    s73 (8 words): 11 Münnich, 6 Kádár, 3 unknown. s67 (16 words): 15 the table, 5 Kádár. s1: 20
    Kádár. Pairs that agree: (11·10 + 6·5 + 3·2 + 15·14 + 5·4 + 20·19) / 19 = 756/19 of 60
    judgements, 66%. By chance: 31 Kádár, 11 Münnich, 15 the table and 3 unknown of 60 give
    (930 + 110 + 210 + 6) / (60·59) = 1256/3540; alpha is 1 - (1 - 756/1140) / (1 - 1256/3540) = 0.48.
    """
    of_73 = ["munnich"] * 11 + ["kadar"] * 6 + ["unknown"] * 3
    of_67 = ["table"] * 15 + ["kadar"] * 5
    ballots = [
        Ballot(at, {"s1": "kadar", "s67": table, "s73": munnich})
        for at, (table, munnich) in enumerate(zip(of_67, of_73, strict=True), 1)
    ]
    codes = [encode(asked, ballot) for ballot in ballots]
    page.goto(CLASSROOM)
    told, each = page.get_by_role("status"), page.locator("#classroom .each li")
    assert told.inner_text() == "No line yet."
    box = page.locator("#codes")
    box.fill(codes[0] + "\n")
    assert told.inner_text() == "1 line: counted. 3 judgements."
    box.fill("\n".join(codes))
    assert told.inner_text() == "20 lines: all counted. 60 judgements."
    assert each.count() == 0
    right = encode(asked, Ballot(900, {"s73": "bata", "s67": "bata"}))
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    lines = [*codes[:4], wrong, *codes[4:], right[:-1], "I was ill", codes[3].lower()]
    box.fill("\n".join([*lines, encode(asked, Ballot(901, {}))]))
    summary = "25 lines: 20 counted, 3 spoilt, 1 repeated, 1 empty."
    assert told.inner_text() == f"{summary} 60 judgements."
    assert [text.split(":")[0] for text in each.all_inner_texts()] == [
        "Line 5",
        "Line 22",
        "Line 23",
        "Line 24 repeats line 4; it is counted once.",
        "Line 25 is a ballot without a judgement.",
    ]
    got = page.evaluate("document.querySelector('#classroom').computed")
    assert got["summary"] == summary and got["ballots"] == 20
    # on a phone, not scrolled: the codes, what became of them, the first bar
    assert page.evaluate("scrollY") == 0
    shown = [box, told, each.last, page.locator("#classroom .bars").first]
    lows = [one.bounding_box()["y"] + one.bounding_box()["height"] for one in shown]
    assert lows == sorted(lows) and lows[-1] <= 844
    bars = page.locator("#classroom .bars").all_inner_texts()
    assert [bar.strip() for bar in bars] == [
        "Your class Kádár 1,082 Münnich 106 Bata 88 nobody named 16",
        "The edition Kádár 1,106 Münnich 98 Bata 88",
        "The opening nobody’s Kádár 7 Münnich 98 Bata 88 nobody named 1,099",
    ]
    # on a phone a row is read from above to below, and no table is wider than the screen
    assert page.evaluate(
        "[...document.querySelectorAll('.results .scroll')].every((s) => s.scrollWidth <= s.clientWidth)"
    )
    results = page.locator("#classroom .results").inner_text()
    assert "Münnich 55% (11), Kádár 30% (6), can’t be known 15% (3)" in results
    assert "somebody at the table 75% (15), Kádár 25% (5)" in results
    assert "66%" in results and "0.48 (" in results
    edition, ours = got["words"]["The edition"], got["words"]["Your class"]
    assert ours["kadar"] == edition["kadar"] - 24 and ours["munnich"] == edition["munnich"] + 8
    # a line that is left blank between others is told, too, and one at the end is none
    box.fill(f"{codes[0]}\n\n{codes[1]}\n\n")
    assert told.inner_text().startswith("3 lines: 2 counted, 1 empty.")
    assert each.all_inner_texts() == ["Line 2 is blank."]
    page.evaluate(HEARD)
    box.press_sequentially("TYP")  # one line more, and two keys that change nothing of the sentence
    assert page.locator("body").get_attribute("data-heard") == "1"


def test_a_class_of_25_is_counted_as_in_python_and_loses_nothing(page, session, asked):
    ballots = made_up(asked)
    codes = [encode(asked, ballot) for ballot in ballots]
    other = {sign: "7" if sign != "7" else "8" for sign in codes[0]}
    spoilt = [codes[0][:-1] + other[codes[0][-1]], "hello", codes[2][:-2]]
    codes = [f"[30.11., 9:12] Ann {n}: {code}." for n, code in enumerate(codes)]  # from a chat
    lines = [*codes, *spoilt, codes[7].lower().replace("-", " "), encode(asked, Ballot(5, {}))]
    page.goto(CLASSROOM)
    page.locator("#codes").fill("\n".join(lines))
    got = page.evaluate("document.querySelector('#classroom').computed")
    read = read_ballots(asked, lines)
    assert got["ballots"] == len(read.ballots) == 25
    assert [got["summary"], *got["says"]] == repr(read).splitlines() and len(got["says"]) == 5
    counted = tally(asked, read.ballots)
    assert got["counted"] == {q.id: [counted[q.id][key] for key in q.answers] for q in asked}
    for mine, its in zip(agreement(asked, counted), got["agreement"], strict=True):
        assert (its["kind"], its["judgements"]) == (mine.kind, mine.judgements)
        for name in ("agree", "alpha", "low", "high"):
            assert its[name] == pytest.approx(getattr(mine, name), abs=1e-9)
    for mine, its in zip(agreement(asked, annotators(asked)), got["annotators"], strict=True):
        assert (its["kind"], its["judgements"]) == (mine.kind, mine.judgements)
        assert its.get("alpha") == (mine.alpha and pytest.approx(mine.alpha, abs=1e-9))
    speakers, until = verdict_of(asked, counted)
    assert got["verdict"] == {"speakers": speakers, "until": until}
    table = in_comparison(session, ("class", judged(session, speakers, until)))
    words = {w if w != "none" else "": n for w, n in zip(table.speaker, table["class"]) if n}
    assert got["words"]["Your class"] == words
    shown = page.locator("#classroom .results").inner_text()
    assert "Most disputed" in shown
    assert page.locator("#classroom td[data-head^='alpha']").count() == 6  # three kinds, twice
    row = page.locator("#classroom tr", has=page.get_by_role("link", name="s78", exact=True))
    assert "Kádár (5), the note-taker (1)" in row.inner_text()


def test_a_verdict_by_hands_becomes_a_number(page):
    """Nine of twenty find that the opening is his, four that it is somebody else's, seven that it
    can't be known, as Sheet B has it: then only s109 has his label, with seven words. Were it eleven to nine, it would be his to s84."""
    page.goto(CLASSROOM)
    page.locator("#classroom summary", has_text="Tallies").click()
    page.locator("[data-question='until'][type='text']").fill("s97 × 5, s84 × 4")
    for answer, hands in (("other", "4"), ("unknown", "7")):
        page.locator(f"[data-question='until'][data-answer='{answer}']").fill(hands)
    bar = page.locator("#classroom .bars", has_text="Your class").inner_text()
    assert bar.strip() == "Your class Kádár 7 Münnich 98 Bata 88 nobody named 1,099"
    told = page.locator(".results").inner_text()
    assert "the opening is nobody’s" in told
    # (7 of 20, 5, 4 and 4)
    shares = "can’t be known 35% (7), his, to the end (s97) 25% (5), "
    assert shares + "his, to s84 20% (4), somebody else’s 20% (4)" in told
    page.get_by_role("link", name="Read the book so").click()
    page.locator(".told", has_text="the opening is nobody’s").first.wait_for(state="attached")
    page.goto(CLASSROOM)
    page.locator("#classroom summary", has_text="Tallies").click()
    page.locator("[data-question='until'][type='text']").fill("s97 × 5, s84 × 6")
    page.locator("[data-question='until'][data-answer='unknown']").fill("5")
    assert "his to s84" in page.locator(".results").inner_text()


def test_ticks_from_paper_are_added_and_few_give_no_coefficient(page, asked):
    page.goto(CLASSROOM)
    page.locator("#classroom summary").first.click()
    page.locator("[data-question='s38'][data-answer='table']").fill("3")
    page.locator("[data-question='until'][type='text']").fill("s84 × 2, s90 s999, other*9")
    page.locator("[data-question='until'][data-answer='unknown']").fill("1")
    got = page.evaluate("document.querySelector('#classroom').computed")
    assert sum(got["counted"]["until"]) == 4 and got["counted"]["until"][-1] == 1
    assert got["verdict"]["speakers"] == {"s38": "table"} and got["verdict"]["until"] == "s84"
    assert page.locator(".each li").count() == 2  # s999, and *other*, which has a box of its own
    assert "no coefficient" in page.locator(".results").inner_text()


def test_a_class_is_saved_to_a_file_deleted_and_loaded_again(page, asked, tmp_path):
    page.goto(CLASSROOM)
    page.locator("#codes").fill(encode(asked, made_up(asked, 1)[0]))
    page.get_by_text("Save, load, delete").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    saved = tmp_path / "class.json"
    download.value.save_as(saved)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Delete what this browser keeps").click()
    assert page.locator("#codes").input_value()  # asked, and said no
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete what this browser keeps").click()
    assert page.locator("#codes").input_value() == "" and page.locator(".results > *").count() == 0
    page.locator("#classroom [type=file]").set_input_files(saved)
    page.wait_for_selector(".results > *")
    assert page.locator("#codes").input_value() == json.loads(saved.read_text())["codes"]
    strange = tmp_path / "strange.json"
    strange.write_text("[]")
    page.locator("#classroom [type=file]").set_input_files(strange)
    page.get_by_text("is no file that this page has saved").wait_for()
    assert page.locator("#codes").input_value()
