"""The pages of evidence backwards: whole, and the other way round from every list."""

from functools import cache

import pytest
from lxml import html
from paths import SITE

PAGES = ("backwards", "backwards-notes")


@cache
def page(name):
    return html.parse(str(SITE / "evidence" / f"{name}.html")).getroot()


@cache
def lists():
    """For each list of evidence, by page and id, the sentences in it."""
    found = {}
    for path in (SITE / "evidence").glob("*.html"):
        for section in html.parse(str(path)).getroot().xpath("//section[@class='evidence']"):
            links = section.xpath(".//a[contains(@href, 'chapters/text.html#')]/@href")
            here = {link.partition("#")[2] for link in links}
            for name in [section.get("id"), *section.xpath("./ancestor::div/@id")]:
                found[f"{path.name}#{name}"] = here
    return found


@cache
def numbers():
    """For each sentence the lists of the numbers that count it, as the pages say."""
    found = {}
    for name in PAGES:
        everywhere = page(name).xpath("//section[@id='all']//a[@data-count]/@href")
        for group in page(name).xpath("//main//section[section[p[@class='rests-on']]]"):
            common = group.xpath("./dl//a[@data-count]/@href")
            for one in group.xpath("./section"):
                own = one.xpath(".//a[@data-count]/@href")
                assert not set(own) & {*common, *everywhere}, one.get("id")
                found[one.get("id")] = {*everywhere, *common, *own}
    return found


def test_every_sentence_has_its_place(session):
    assert list(numbers()) == [
        *session.sentences.query("layer == 'session'").sentence,
        *session.sentences.query("layer != 'session'").sentence,
    ]


def test_a_number_that_is_said_to_count_a_sentence_has_it_in_its_list():
    for sentence, links in numbers().items():
        for link in links:
            assert sentence in lists()[link], (sentence, link)


def test_every_sentence_of_a_number_in_a_chapter_names_it():
    """From the chapters' linked numbers to their lists, and from there back."""
    asked = {
        link.rpartition("evidence/")[2]
        for path in [SITE / "index.html", *(SITE / "chapters").glob("*.html")]
        for link in html.parse(str(path))
        .getroot()
        .xpath("//a[@data-count][not(ancestor::figure)][not(ancestor::table)]/@href")
    }
    assert len(asked) > 100
    for link in asked:
        for sentence in lists()[link]:
            same = [other for other in numbers()[sentence] if lists()[other] == lists()[link]]
            assert same, (link, sentence)


@pytest.mark.parametrize("name", PAGES)
def test_charts_and_chapters_are_there(name):
    links = page(name).xpath("//main//dl//a/@href")
    assert any("#chart-" in link for link in links) == (name == "backwards") or name != "backwards"
    for link in set(links):
        path, _, fragment = link.partition("#")
        target = html.parse(str(SITE / "evidence" / (path or f"{name}.html"))).getroot()
        assert not fragment or target.xpath(f"//*[@id='{fragment}']"), link


def test_s51_by_hand():
    """“Andropov said that these are railroad workers.”: Places quotes it, its one name is counted."""
    (section,) = page("backwards").xpath("//section[@id='s51']")
    told = " ".join(section.text_content().split())
    assert "names: Yuri Andropov" in told and "words of: Yuri Andropov" in told
    assert section.xpath(".//dt[.='Quoted or named in']/following-sibling::dd//a[.='Places']")
    assert not section.xpath(".//dt[.='Would fall without it']")


def test_claims_that_fall_are_named_on_both_sides():
    (top,) = page("backwards").xpath("//section[@id='claims']")
    for item in top.xpath(".//li"):
        says, *sentences = item.xpath("./a")
        for link in sentences:
            (section,) = page("backwards").xpath(f"//section[@id='{link.text}']")
            fallen = section.xpath(".//dt[.='Would fall without it']/following-sibling::dd[1]/a")
            assert says.text in [one.text for one in fallen]
