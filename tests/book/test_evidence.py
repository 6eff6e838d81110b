"""The built book: every number leads to as many items, every link lands, and one change in the edition reaches everything."""

import csv
import re
import shutil
import subprocess
import sys
from functools import cache

import pytest
from lxml import html
from paths import SITE, TOP
from small_book import LEAVE

from analysis import read_session
from analysis.concordance import in_context
from analysis.evidence import Evidence
from analysis.figures.places import places_chart
from analysis.wording import described

PAGES = sorted(p.relative_to(SITE).as_posix() for p in SITE.rglob("*.html")) or [
    "run `make book` first"
]


@cache
def page(name, site=SITE):
    return html.parse(str(site / name)).getroot()


@cache
def ids(name, site=SITE):
    return {
        i: e for e in page(name, site).iter() if isinstance(e.tag, str) for i in [e.get("id")] if i
    }


def destination(name, href, site=SITE):
    """The page and the fragment that a link leads to."""
    path, _, fragment = href.partition("#")
    file = ((site / name).parent / path).resolve() if path else (site / name).resolve()
    return file, fragment


def items(section):
    """How many items a list holds: its lines, or the words of a list of words (no word has a blank in it)."""
    return len(section.xpath(".//*[@data-item]")) + sum(
        len(line.text_content().split()) for line in section.xpath(".//ul[@class='words']/li/span")
    )


def section_behind(name, link, site=SITE):
    path, fragment = destination(name, link.get("href"), site)
    return ids(path.relative_to(site.resolve()).as_posix(), site)[fragment]


# -- links and numbers ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_every_link_and_fragment_lands(name):
    elements = [e.get("id") for e in page(name).iter() if isinstance(e.tag, str) and e.get("id")]
    double = {i for i in elements if elements.count(i) > 1}
    for link in page(name).iter("a", "{http://www.w3.org/2000/svg}a"):
        href = link.get("href", "")
        assert not href.startswith(("evidence:", "sentence:"))
        if href and not re.match(r"[a-z]+:", href):
            path, fragment = destination(name, href)
            assert path.exists(), f"{href} leads to no file"
            if fragment and path.suffix == ".html":
                assert fragment in ids(path.relative_to(SITE.resolve()).as_posix()), (
                    f"{href} leads to no place"
                )
                assert path != (SITE / name).resolve() or fragment not in double, (
                    f"{href} leads to two places"
                )


def test_every_number_leads_to_as_many_items(capsys):
    checked, targets = 0, set()
    for name in PAGES:
        for link in page(name).xpath("//*[@data-count]"):
            assert items(section_behind(name, link)) == int(link.get("data-count")), (
                f"{name}: {link.get('href')}"
            )
            checked += 1
            targets.add(destination(name, link.get("href")))
    with capsys.disabled():
        print(
            f" {checked:,} links from a number to what it counts, {len(targets):,} lists ", end=""
        )
    assert checked > 300


def test_every_linked_number_that_a_reader_sees_is_the_number_of_items():
    """In tables, in prose and in the lists; other words may lead to evidence too, a share to what it is a part of."""
    seen = 0
    for name in PAGES:
        for link in page(name).xpath(
            "//*[self::td or self::dd or self::li[ancestor::ul[@class='counts']]]/a[@data-count] | //p//a[@data-count]"
        ):
            shown = link.text_content().strip()
            # a row that only another reading has is hidden, and leads to all of its sentence
            if re.fullmatch(r"[\d,]+", shown) and not link.xpath(
                "ancestor::tbody[@hidden] | ancestor::tr[@hidden]"
            ):
                assert shown.replace(",", "") == link.get("data-count"), f"{name}: {shown}"
                seen += 1
    assert seen > 100


def test_every_line_leads_to_its_sentence():
    for name in PAGES:
        for row in page(name).xpath("//section[@class='evidence']//tr[@data-item]"):
            link = row.find(".//a")
            path, fragment = destination(name, link.get("href"))
            assert (
                path == (SITE / "chapters/text.html").resolve() and fragment == link.text_content()
            )


def test_no_list_stands_twice_on_a_page():
    for name in PAGES:
        lists = [
            tuple(
                html.tostring(t)
                for t in section.xpath(".//tr[@data-item]/td | .//ul[@class='words']/li")
            )
            for section in page(name).xpath("//section[@class='evidence']")
        ]
        lists = [rows for rows in lists if rows]
        assert len(lists) == len(set(lists)), name


def test_everything_that_a_chart_can_count_has_a_concordance(session):
    """Families, senses, people, bodies, places, kinds of place, speakers, certainty: on the page of them all."""
    root = page("evidence/all.html")
    counts = {}
    for link in root.xpath("//a[@data-count]"):
        counts.setdefault(link.getparent().text_content().rsplit(" ", 1)[0].strip(), set()).add(
            int(link.get("data-count"))
        )
    inside = session.mentions[session.mentions.layer == "session"]
    register = {
        **dict(zip(session.people.person, session.people.name)),
        **dict(zip(session.organisations.organisation, session.organisations.name)),
        **dict(zip(session.places.place, session.places.name)),
    }
    for entity, n in inside[inside.kind != "date"].entity.value_counts().items():
        assert n in counts[register[entity]], entity
    terms = session.terms[session.terms.layer == "session"]
    for family, n in terms.family.value_counts().items():
        assert n in counts[family]
    for sense in set(session.senses.sense):
        assert f"“{sense}”" in counts
    for said in (
        "named",
        "as an adjective",
        "as a people",
        "as an institution",
        "by a generic word",
        "inferred",
        "labelled",
        "may be doubted",
    ):
        assert said in counts
    for speaker in session.speeches.speaker.dropna().unique():
        assert register[speaker].split()[-1] in counts


# -- evidence in words ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "short, words",
    [
        (
            "terms family=counterrevolution speaker=kadar standing=inferred",
            "Counterrevolution, Kádár, inferred: ",
        ),
        ("mentions kind=place entity=budapest type=toponym", "Budapest, named: "),
        (
            "words speaker=none standing=unattributed under opening=nobody",
            "Nobody named (read otherwise: nobody's: the speech has no label): ",
        ),
        ("terms family=troops layer=session", "Troops: "),
    ],
)
def test_a_title_says_in_plain_words_what_is_listed(session, short, words):
    evidence = Evidence.parse(short)
    title = described(session, evidence)
    assert title.startswith(words) and f"{evidence.count(session):,}" in title


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("evidence/")])
def test_no_list_is_called_by_an_id_that_only_the_edition_knows(name):
    told = page(name).find(".//main").text_content()
    assert not re.findall(r"\b(?:sp|[foqt])\d+(?:-\w+)?\b", told, re.IGNORECASE)


def test_links_to_many_lists_are_folded():
    """A dozen fill a phone."""
    assert page("evidence/dates.html").xpath("//nav[@class='lists']/details/ul/li[50]")
    assert page("evidence/terms-fear.html").xpath("//nav[@class='lists']/ul/li")


def test_in_a_notebook_evidence_is_a_table_that_can_be_read(session):
    shown = html.fromstring(f"<div>{in_context(session, 'terms family=neutrality').text}</div>")
    assert len(shown.xpath(".//tr[@data-item]")) == Evidence.parse("terms family=neutrality").count(
        session
    )
    assert all("neutral" in k.text_content() for k in shown.xpath(".//td[@class='keyword']"))
    address = Evidence.parse("terms family=neutrality").address
    assert in_context(session, address).text == in_context(session, "terms family=neutrality").text


def test_evidence_that_there_is_not_is_an_error(session):
    with pytest.raises(ValueError, match="colour"):
        in_context(session, "terms colour=red")


# -- one change reaches everything ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """A copy of the project in which one mention of Budapest is no longer marked; its book of one chapter, and its tables."""
    top = shutil.copytree(TOP, tmp_path_factory.mktemp("project") / "notes", ignore=LEAVE)
    for chapter in (top / "chapters").iterdir():
        if chapter.name != "places.ipynb":
            chapter.unlink()
    (top / "_toc.yml").write_text("format: jb-book\nroot: chapters/places\n", encoding="utf-8")
    edition = next((top / "data").glob("*.xml"))
    old, new = (
        '<placeName ref="#budapest">Budapest</placeName> is being prepared',
        "Budapest is being prepared",
    )
    text = edition.read_text(encoding="utf-8")
    assert text.count(old) == 1
    edition.write_text(text.replace(old, new), encoding="utf-8")
    for command in (
        ["-m", "sphinx", "-c", "book", "-q", ".", "_build/html"],
        ["-m", "analysis", "tables"],
    ):
        done = subprocess.run([sys.executable, *command], cwd=top, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    return top


def test_one_change_in_the_edition_reaches_chart_concordance_prose_and_csv_alike(session, changed):
    """Everywhere Budapest is named once less, and nothing else has moved."""
    evidence = Evidence.parse("mentions kind=place entity=budapest type=toponym")
    before = evidence.count(session)
    address = evidence.address.replace("evidence:mentions?", "").replace("=", "-").replace("&", "-")

    def seen(top):
        site = top / "_build/html"
        places = page("chapters/places.html", site)
        links = [
            a
            for a in places.xpath("//*[@data-count]")
            if a.get("href").endswith(f"#mentions-{address}")
        ]
        prose = next(a for a in links if not a.xpath("ancestor::figure"))
        table = next(a for a in links if a.xpath("ancestor::td[ancestor::figure]"))
        with (top / "data/tables/mentions.csv").open(encoding="utf-8") as file:
            rows = [
                r
                for r in csv.DictReader(file)
                if (r["entity"], r["type"], r["layer"]) == ("budapest", "toponym", "session")
            ]
        data = next(a for a in table.xpath("ancestor::figure//a[@download]"))
        marks = [a for a in links if a.xpath("ancestor::*[local-name()='svg']")]
        return {
            "prose": int(prose.text_content()),
            "table of the chart": int(table.text_content()),
            "mark of the chart": {int(re.search(r"(\d+)$", a.get("aria-label"))[1]) for a in marks},
            "alternative text": f"Budapest, toponym: {int(table.text_content())}"
            in marks[0].xpath("ancestor::*[local-name()='svg']")[0].get("aria-label"),
            "concordance": items(section_behind("chapters/places.html", prose, site)),
            "csv of the chart": (site / "chapters" / data.get("href"))
            .read_text(encoding="utf-8")
            .count(f"Budapest,toponym,{int(table.text_content())}"),
            "csv": len(rows),
        }

    def expected(n):
        return {
            "prose": n,
            "table of the chart": n,
            "mark of the chart": {n},
            "alternative text": True,
            "concordance": n,
            "csv of the chart": 1,
            "csv": n,
        }

    assert seen(TOP) == expected(before)
    assert seen(changed) == expected(before - 1)


def test_the_drawing_itself_changes(session, changed):
    other = read_session(next((changed / "data").glob("*.xml")))
    assert places_chart(session).svg() != places_chart(other).svg()
    assert places_chart(session).title != places_chart(other).title
