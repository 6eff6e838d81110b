"""What the book says of the world outside the document: who was who, each with what was read."""

import re
import tomllib

import pytest
from paths import TOP
from pybtex.database import parse_file

CONTEXT = TOP / "data" / "context"
PEOPLE = tomllib.loads((CONTEXT / "people.toml").read_text(encoding="utf-8"))
PLACES = {"host", "guest", "spoken-of", "notes", "note-taker", "not-meant"}


@pytest.fixture(scope="module")
def works():
    """The works of the bibliography that were read."""
    entries = parse_file(CONTEXT / "references.bib").entries
    return {key for key, work in entries.items() if work.fields["keywords"] != "named"}


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
    assert entry["sources"] or not said or re.search(r"\(n\d+\.\d+\)", said), "no source"


def test_hosts_are_listed_without_a_title_and_guests_with_one(session):
    """h2 lists eight leaders; h3 has Cdes. Munnich, Kadar, and Bata."""
    mentions = session.mentions[session.mentions.layer == "heading"]
    for place, sentence in {"host": "h2", "guest": "h3"}.items():
        listed = set(mentions.entity[mentions.sentence == sentence])
        assert listed == {name for name, entry in PEOPLE.items() if entry["place"] == place}
