"""What the book says of the world outside the document: who was who, each with what was read."""

import re
import tomllib

import pytest
from lxml import html
from paths import TOP
from pybtex.database import parse_file

from analysis.lives import PLACES, UNREAD, Life, lives, read_lives, who_was_who
from analysis.tei import EditionError
from analysis.text import who_is_who

CONTEXT = TOP / "data" / "context"
PEOPLE = tomllib.loads((CONTEXT / "people.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def works():
    """The works of the bibliography, each of which was read."""
    return set(parse_file(CONTEXT / "references.bib").entries)


def test_everybody_of_the_register_has_an_entry_and_nobody_else_without_saying_so(session):
    register = set(session.people.person)
    assert register == {name for name, entry in PEOPLE.items() if not entry.get("also")}


@pytest.mark.parametrize("name", PEOPLE)
def test_an_entry_has_a_place_its_sentences_and_its_sources(session, works, name):
    entry = PEOPLE[name]
    assert entry["place"] in PLACES
    assert set(entry["sources"]) <= works
    named = set(re.findall(r"\b[shna]\d+(?:\.\d+)?\b", " ".join(map(str, entry.values()))))
    assert named <= set(session.sentences.sentence)
    said = entry["office"] + entry["became"]
    assert entry["came"] and (entry["name"] if entry.get("also") else "name" not in entry)
    assert entry["sources"] or not said or re.search(r"\(n\d+\.\d+\)", said), "no source"


def test_hosts_are_listed_without_a_title_and_guests_with_one(session):
    """h2 lists eight leaders; h3 has Cdes. Munnich, Kadar, and Bata."""
    mentions = session.mentions[session.mentions.layer == "heading"]
    for place, sentence in {"host": "h2", "guest": "h3"}.items():
        listed = set(mentions.entity[mentions.sentence == sentence])
        assert listed == {name for name, entry in PEOPLE.items() if entry["place"] == place}


def test_every_line_says_what_was_read_or_that_nothing_was(session):
    page = html.fromstring(who_was_who(session).text)
    told = {e.getparent().get("id"): e.getnext() for e in page.iter("dt")}
    assert set(told) == {f"life-{name}" for name in PEOPLE}
    for name, entry in PEOPLE.items():
        said = told[f"life-{name}"]
        works = [
            a.get("href").removeprefix("work:")
            for a in said.xpath(".//a[starts-with(@href, 'work:')]")
        ]
        assert works == entry["sources"]
        bare = not (entry["became"] and (entry["office"] or entry["place"] == "notes"))
        assert (UNREAD in said.text_content()) == bare, name
        assert said.xpath(".//a[starts-with(@href, 'sentence:')]") or entry.get("also")


def test_beside_the_text_it_says_who_somebody_was_and_nothing_of_later(session):
    register = html.fromstring(who_is_who(session).text)
    for name, entry in PEOPLE.items():
        if entry.get("also"):
            continue
        (there,) = register.xpath(f"//div[@id='person-{name}']/dd")
        said = there.text_content().lower().replace("’", "'")
        assert said.startswith((entry["office"] or entry["came"]).lower())
        assert not entry["became"] or entry["became"].lower() not in said


def test_only_some_of_them(session, second):
    hosts = html.fromstring(who_was_who(session, "host").text)
    assert len(hosts.xpath("//dt")) == 8 and not hosts.xpath("//h3")
    assert lives(second) == {} and "no file of people" in who_was_who(second).text
    with pytest.raises(ValueError, match="host"):
        who_was_who(session, "hosts")


NEEDS = "\n  Write [a] with place, office, came, became and sources."
HAS = "[a]: an entry has place, office, came, became, sources, doubt, name, also"


@pytest.mark.parametrize(
    "text, says",
    [
        ("a = 1", f"“a” is no table{NEEDS}"),
        ("[a]\nsources = 'x'", f"[a] has something that is no text{NEEDS}"),
        ("[a]\nsources = [1]", f"[a] has something that is no text{NEEDS}"),
        ("[a]\nborn = '1912'", f"{HAS}{NEEDS}"),
        (
            "[a]\nplace = 'moon'\noffice = ''\ncame = ''\nbecame = ''",
            "[a]: no place of a person is “moon”. There are: host, guest, note-taker, spoken-of, "
            f"notes, not-meant.{NEEDS}",
        ),
    ],
)
def test_what_is_wrong_with_a_file_of_people_word_for_word(tmp_path, text, says):
    path = tmp_path / "people.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EditionError) as error:
        read_lives(path)
    assert str(error.value) == f"{path}: {says}"


def test_what_is_not_known_is_said():
    life = Life("notes", "", "named in a note (n1.1)", "", ())
    assert life.parts == [("In the text", "named in a note (n1.1)"), ("Else", UNREAD)]
