"""*Type a word*: the box and `python -m analysis ask` agree."""

import random
from collections import Counter

import pytest
from paths import SITE
from test_pages import AXE, RULES, RUN_AXE

from analysis.ask import ask
from analysis.columns import column
from analysis.decisions import DECISIONS
from analysis.evidence import count
from analysis.matching import folded, items_of, places
from analysis.readings import Reading
from analysis.tokens import tokens
from analysis.wording import surname_of
from book.typed import MADE, OWNED

PAGE = "evidence/all.html"
TYPED = """(asks) => Promise.all(asks.map(([question, under]) => typed(question, under)))"""
HARD = [
    "no way out", "two questions", "soviet troops, troops", "troops, soviet troops", "gov't*",
    "Counterrev.", "WORKERS’", "parties*", "zeppelin", "anti-soviet", "1/3", "hwp",
    "hungarian workers' party", "workers party*", "soc.-dems", "afraid; fear*",
]  # fmt: skip


def told(session, question, reading=Reading()):
    """What Python says: how often in the session, and by whom."""
    asked = ask(session, question, reading=reading)
    by = count(asked.session, "terms", "speaker", family=asked.family, reading=reading)
    names = [surname_of(session, who) for who in by.speaker]
    return [asked.count, {name: int(n) for name, n in zip(names, by["count"])}]


def every_word(session):
    """Every word of the document: as it is written, as it is meant, and as a beginning."""
    words = session.words
    meant = {token for norm in words.norm for token in tokens(norm)}
    return sorted({*words.form, *meant, *(f"{token}*" for token in meant)})


def counted(session):
    """What Python says of a single word, by its own matching, in all sentences at once."""
    words = session.words[(session.words.layer == "session") & session.words.sentence.notna()]
    whose = [surname_of(session, who) for who in column(session, "words", "speaker")[words.index]]
    meant = [(token, i) for i, norm in enumerate(words.norm) for token in tokens(norm)]
    written = [(folded(form), i) for i, form in enumerate(words.form)]

    def of(question):
        (item,) = items_of(question)
        found = {i for i, _ in places(item.meant, item.beginning, meant)}
        found |= {i for i, _ in places(item.written, item.beginning, written)}
        return [len(found), dict(Counter(whose[i] for i in found))]

    return of


@pytest.fixture(scope="module")
def page(chromium):
    chromium.open(SITE.as_uri(), PAGE)
    return chromium.page


def test_every_word_is_counted_as_python_counts_it(page, session):
    asked = [word for word in every_word(session) if len(items_of(word)[0].meant) == 1]
    got, of = page.evaluate(TYPED, [[word, {}] for word in asked]), counted(session)
    wrong = [(word, of(word), now) for word, now in zip(asked, got, strict=True) if of(word) != now]
    assert not wrong, f"{len(wrong)} of {len(asked)}: {wrong[:5]}"
    print(f"{len(asked):,} words compared")
    assert len(asked) > 1_800
    for word in random.Random(1956).sample(asked, 25):  # and that is what `ask` says
        assert of(word) == told(session, word), word


def test_phrases_and_several_words_are_counted_as_they_are_asked_for(page, session):
    several = [word for word in every_word(session) if len(items_of(word)[0].meant) > 1]
    asked = [*HARD, *random.Random(2).sample(several, 10)]
    for question, now in zip(asked, page.evaluate(TYPED, [[q, {}] for q in asked]), strict=True):
        assert now == told(session, question), question


def test_words_are_counted_in_the_reading_that_is_on(page, session):
    drawn, asks, wanted = random.Random(11), [], []
    options = {name: list(DECISIONS[name].options) for name in (*MADE, *OWNED)}
    for _ in range(30):
        under = {name: drawn.randrange(len(some)) for name, some in options.items()}
        reading = Reading(**{name: options[name][place] for name, place in under.items()})
        question = drawn.choice(
            ["gov't", "government", "troop*", "party", "hungarian*", "was", "2"]
        )
        asks.append([question, under])
        wanted.append((question, str(reading), told(session, question, reading)))
    got = page.evaluate(TYPED, asks)
    wrong = [(*want, now) for want, now in zip(wanted, got, strict=True) if want[2] != now]
    assert not wrong, wrong[:3]


# What a reader meets ------------------------------------------------------------------------------


def test_a_word_is_typed_and_read_in_its_lines(chromium, session):
    chromium.open(SITE.as_uri(), f"{PAGE}?opening=nobody", 390)
    page = chromium.page
    page.wait_for_selector("#otherwise:not([hidden])")
    assert "words.js" not in str(page.evaluate("[...document.scripts].map((s) => s.src)"))
    page.get_by_label("Type a word").fill("railroad")
    status = page.locator("#typed [role=status]")
    page.wait_for_function("document.querySelector('#typed [role=status]').textContent")
    # s51 and s52: "these are railroad workers", "definitely are not railroad workers"
    assert status.inner_text() == (
        "“railroad” in the session: 2 mentions, read otherwise than the edition."
    )
    found = page.locator("#typed-found")
    assert "nobody named" in found.inner_text() and "Kádár" not in found.inner_text()
    assert [a.text_content() for a in found.locator("td a").all()] == ["s51", "s52"]
    assert found.locator(".strip rect").count() == 2
    page.get_by_role("button", name="Back to the edition's", exact=True).click()
    assert status.inner_text() == "“railroad” in the session: 2 mentions."
    assert "Kádár 2" in " ".join(found.inner_text().split())
    page.evaluate(AXE)
    assert not page.evaluate(RUN_AXE, RULES)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.wait_for_url(lambda url: url.endswith("?typed=railroad"))  # to be sent to somebody
    found.locator("td a").first.click()
    page.wait_for_url("**/chapters/text.html#s51")
    assert not chromium.faults


def test_nought_is_an_answer(chromium):
    chromium.open(SITE.as_uri(), f"{PAGE}?typed=zeppelin")
    page = chromium.page
    page.wait_for_function("document.querySelector('#typed [role=status]').textContent")
    assert page.locator("#typed").inner_text().endswith("“zeppelin” in the session: no mentions.")
    said = page.locator("#typed-found").inner_text()
    assert said == "Looked for: “zeppelin”, as written and with abbreviations expanded."
    page.get_by_label("Type a word").fill("fe*ar")
    assert "cannot be looked for" in page.locator("#typed [role=status]").inner_text()
    assert not chromium.faults


def test_the_box_counts_in_every_browser(window):
    window.open(SITE.as_uri(), PAGE)
    assert window.run("""async () => typed("railroad workers")""") == [2, {"Kádár": 2}]
    assert not window.faults
