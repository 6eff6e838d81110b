"""Data that others can use: each file held to its own specification, and to the document."""

import csv
import io
import json
import re
import shutil
import zipfile
import zlib

import jsonschema
import pandas as pd
import pytest
import yaml
from paths import EDITION, SECOND, THIRD, TOP, once

from analysis import read_session
from analysis.__main__ import main
from analysis.citation import citation
from analysis.claims import verdict
from analysis.claims_file import read_claims
from analysis.evidence import Evidence
from analysis.opendata import all_files, contents, files_of, write_data
from analysis.opendata.crate import CRATE, PROFILE, crate
from analysis.readings import Reading
from analysis.tei import EditionError
from analysis.writing import pack

RESULTS, CLAIMS = read_claims(TOP / "data/claims.toml")
TRANSCRIPT = (TOP / "data/source/111884.txt").read_text(encoding="utf-8")


def valid(data, schema):
    """Raises where data are not as the schema says."""
    of = json.loads((TOP / "tests/schemas" / f"{schema}.json").read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(of)
    kind(of, format_checker=kind.FORMAT_CHECKER).validate(data)


@pytest.fixture(scope=once)
def files(session):
    return all_files(session)


def read(files, name):
    return json.loads(files[name])


# -- of any edition ------------------------------------------------------------------------


def test_it_is_what_the_specifications_say(edition):
    files = all_files(edition)
    valid(read(files, "places.geojson"), "linked-places")
    valid(read(files, CRATE), "ro-crate-1.1")
    valid(read(files, "tables/datapackage.json"), "tabular-data-package")
    if "claims.jsonld" in files:
        valid(read(files, "claims.jsonld"), "web-annotation")
        valid(read(files, "readings/datapackage.json"), "tabular-data-package")


@pytest.mark.parametrize(
    "schema, name, spoil",
    [
        ("linked-places", "places.geojson", lambda d: d["features"][0]["names"].clear()),
        ("linked-places", "places.geojson", lambda d: d["features"][0]["properties"].pop("title")),
        ("web-annotation", "claims.jsonld", lambda d: d["first"]["items"][0]["target"].clear()),
        ("ro-crate-1.1", CRATE, lambda d: d["@graph"].pop(0)),
        ("ro-crate-1.1", CRATE, lambda d: d["@graph"][1].pop("license")),
        ("tabular-data-package", "tables/datapackage.json", lambda d: d["resources"].clear()),
    ],
)
def test_a_schema_finds_what_is_missing(files, schema, name, spoil):
    data = read(files, name)
    spoil(data)
    with pytest.raises(jsonschema.ValidationError):
        valid(data, schema)


def test_the_crate_names_every_file_and_nothing_else(edition):
    files = all_files(edition)
    graph = {entity["@id"]: entity for entity in read(files, CRATE)["@graph"]}
    assert len(graph) == len(read(files, CRATE)["@graph"])
    named = {name for name, one in graph.items() if one["@type"] == "File"}
    assert named == set(files) - {CRATE}
    for entity in graph.values():
        for value in entity.values():
            for one in value if isinstance(value, list) else [value]:
                assert not isinstance(one, dict) or one["@id"] in {PROFILE, *graph}
    assert all(entity["name"] for name, entity in graph.items() if name != CRATE)
    reached, ahead = set(), ["./"]
    while ahead:
        name = ahead.pop()
        reached.add(name)
        parts = graph[name].get("hasPart", [])
        ahead += [part["@id"] for part in parts]
    assert named <= reached
    for name in named:
        raw = files[name].encode() if isinstance(files[name], str) else files[name]
        assert graph[name]["contentSize"] == str(len(raw))
    assert set(contents(edition).path) == set(files) and contents(edition).what.all()


def test_what_the_crate_says_of_a_small_edition(second):
    """Its header names a publisher and no licence."""
    files = {"a.csv": "x\n", "b/c.json": "é", "schema/d/e.csv": ""}
    found = {e["@id"]: e for e in crate(second, files)["@graph"]}
    title = "Minutes of the Dam Committee of Lower Ashby"
    root = found.pop("./")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", root.pop("datePublished"))
    assert root.pop("description").startswith("The edition as TEI, as tables and as linked data;")
    assert root == {
        "@id": "./",
        "@type": "Dataset",
        "name": title,
        "citation": title,
        "license": [{"@id": "#rights"}],
        "hasPart": [{"@id": "a.csv"}, {"@id": "b/"}, {"@id": "schema/"}],
        "publisher": {"@id": "#publisher"},
    }
    assert found[CRATE] == {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": PROFILE},
        "about": {"@id": "./"},
    }
    assert found["#publisher"]["name"] == "The tests of this project"
    assert found["#publisher"]["@type"] == "Organization"
    assert found["#rights"] == {
        "@id": "#rights",
        "@type": "CreativeWork",
        "name": "Rights",
        "description": "No licence is known.",
    }
    sizes = {name: found[name]["contentSize"] for name in ("a.csv", "b/c.json")}
    assert sizes == {"a.csv": "2", "b/c.json": "2"}
    assert found["a.csv"]["@type"] == "File" and found["b/"]["@type"] == "Dataset"
    assert found["b/"]["hasPart"] == [{"@id": "b/c.json"}] and found["a.csv"]["name"] == "a.csv"
    assert found["schema/"]["hasPart"] == [{"@id": "schema/d/e.csv"}]
    said = {name: found[name]["description"] for name in ("b/", "b/c.json", "schema/d/e.csv")}
    assert said == {
        "b/": "b/", "b/c.json": "b/c.json", "schema/d/e.csv": "The grammar of the edition",
    }  # fmt: skip


def test_tables_are_as_their_packages_say(files):
    for folder in ("tables", "readings"):
        for resource in read(files, f"{folder}/datapackage.json")["resources"]:
            text = files[f"{folder}/{resource['path']}"]
            header = next(csv.reader(io.StringIO(text)))
            assert header == [field["name"] for field in resource["schema"]["fields"]]


# -- the places and the register -----------------------------------------------------------


def test_budapest_vienna_and_the_border(session, files):
    places = {
        one["@id"].partition("#")[2]: one for one in read(files, "places.geojson")["features"]
    }
    assert list(places) == list(session.places.place)
    budapest = places["budapest"]
    assert budapest["geometry"]["geometries"][0]["coordinates"] == [19.04045, 47.49835]
    assert [link["identifier"] for link in budapest["links"]] == [
        "http://www.wikidata.org/entity/Q1781",
        "https://sws.geonames.org/3054643/",
    ]
    assert [name["toponym"] for name in places["pecs"]["names"]] == ["Pécs", "Pecs"]  # s34
    assert places["pecs"]["names"][1]["citations"][0]["@id"] == f"{EDITION.name}#s34"
    assert places["border"]["geometry"]["geometries"] == [] and places["border"]["links"] == []


def test_links_are_those_of_the_edition_and_no_others(session, files):
    known = set(session.places.wikidata.dropna()) | set(session.places.geonames.dropna())
    there = {
        link.rstrip("/").rpartition("/")[2]
        for one in read(files, "register.jsonld")["@graph"]
        for link in one.get("sameAs", [])
    }
    assert there == known
    ids = {one["@id"].partition("#")[2] for one in read(files, "register.jsonld")["@graph"]}
    assert ids == {
        *session.people.person,
        *session.organisations.organisation,
        *session.places.place,
    }


# -- the evidence of claims ----------------------------------------------------------------


def annotations(files):
    return {
        one["id"].partition("#")[2]: one for one in read(files, "claims.jsonld")["first"]["items"]
    }


def test_every_quotation_stands_where_it_is_said_to_stand(files):
    for one in annotations(files).values():
        for target in one["target"]:
            place, quote = target["selector"]
            start, end = place["start"], place["end"]
            assert files[target["source"]].decode() == TRANSCRIPT
            assert TRANSCRIPT[start:end] == quote["exact"]
            assert TRANSCRIPT[:start].endswith(quote["prefix"])
            assert TRANSCRIPT[end:].startswith(quote["suffix"])


def test_the_passages_of_a_claim_hold_its_rows_and_no_others(session, files):
    for name, claim in CLAIMS.items():
        spans = [t["selector"][0] for t in annotations(files)[name]["target"]]
        rows = claim.evidence.rows(session)
        for start, end in zip(rows.start, rows.end):
            assert sum(one["start"] <= start and end <= one["end"] for one in spans) == 1
        if len(rows):
            assert {one["start"] for one in spans} <= set(rows.start)
        assert annotations(files)[name]["body"][1]["value"] == verdict(session, claim).phrase
    (all_said,) = annotations(files)["no-revolution"]["target"]  # of what nobody says, all
    assert all_said["selector"][1]["exact"].startswith("An assessment.")


def test_a_claim_is_said_and_weighed_in_english(files):
    for one in annotations(files).values():
        assert [body["purpose"] for body in one["body"]] == ["describing", "assessing"]
        for body in one["body"]:
            assert set(body) == {"type", "value", "format", "language", "purpose"}
            assert (body["language"], body["format"]) == ("en", "text/plain") and body["value"]


def test_neutrality_is_quoted_word_by_word(files):
    said = [t["selector"][1]["exact"] for t in annotations(files)["neutrality-kadar"]["target"]]
    assert set(said) == {"neutrality"}


# -- results and claims --------------------------------------------------------------------


def test_results_and_claims_are_those_of_their_readings(session, files):
    results = pd.read_csv(io.StringIO(files["readings/results.csv"]), keep_default_na=False)
    first = results.drop_duplicates("result").set_index("result")
    assert (first.reading == "").all() and list(first.index) == list(RESULTS)
    assert (int(first.loc["kadar-words", "count"]), first.loc["kadar-words", "of"]) == (
        1106,
        "1292",
    )
    for row in results.iloc[::97].itertuples():
        reading = Reading(**dict(part.split("=") for part in row.reading.split()))
        part = RESULTS[row.result].part
        under = Evidence(part.table, part.where, reading)
        assert under.count(session) == row[3]
    claims = pd.read_csv(io.StringIO(files["readings/claims.csv"]), keep_default_na=False)
    for name, claim in CLAIMS.items():
        told = verdict(session, claim)
        held = claims[claims.claim == name].set_index("reading").holds
        assert held.sum() == len(told.holds) and (~held).sum() == len(told.fails)
        assert held[""]


# -- written whole or not at all -----------------------------------------------------------


def test_a_folder_and_a_zip_of_it(second, tmp_path):
    folder = tmp_path / "data"
    written = write_data(second, folder)
    assert write_data(second, folder) == written  # again, over the same
    inside = {p.relative_to(folder).as_posix(): p.read_bytes() for p in written}
    assert inside.keys() == {
        p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()
    }
    with zipfile.ZipFile(tmp_path / "data.zip") as packed:
        assert {f"data/{name}" for name in inside} == set(packed.namelist())
        assert packed.read("data/second.xml") == inside["second.xml"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["data", "data.zip"]


def test_a_zip_has_the_same_bytes_for_the_same_folder_as_small_as_can_be(tmp_path):
    folder = tmp_path / "one"
    (folder / "sub").mkdir(parents=True)
    text = b"".join(b"%d: the dam, the wall; " % (n * n) for n in range(2000))
    for name in ("b.txt", "a.txt", "sub/c.txt", "old.zip", "cache/d.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(text if name == "a.txt" else name.encode())
    pack(folder, tmp_path / "pack.zip", without=("cache",))
    with zipfile.ZipFile(tmp_path / "pack.zip") as packed:
        told = {
            i.filename: (i.compress_type, i.date_time, oct(i.external_attr >> 16))
            for i in packed.infolist()
        }
        small = zlib.compressobj(9, zlib.DEFLATED, -15)
        size = len(small.compress(text) + small.flush())
        assert packed.getinfo("pack/a.txt").compress_size == size
        assert packed.read("pack/sub/c.txt") == b"sub/c.txt"
    kept = (zipfile.ZIP_DEFLATED, (2026, 1, 1, 0, 0, 0), "0o644")
    assert told == dict.fromkeys(["pack/a.txt", "pack/b.txt", "pack/sub/c.txt"], kept)
    raw = (tmp_path / "pack.zip").read_bytes()
    pack(folder, tmp_path / "pack.zip", without=("cache",))
    assert (tmp_path / "pack.zip").read_bytes() == raw
    (tmp_path / "folder.zip").mkdir()
    with pytest.raises(OSError):
        pack(folder, tmp_path / "folder.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.zip", "one", "pack.zip"]
    pack(folder, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        assert packed.namelist()[2:] == ["all/cache/d.txt", "all/sub/c.txt"]


def test_what_else_lies_beside_an_edition_or_lies_elsewhere_is_taken_along(tmp_path):
    folder = shutil.copytree(THIRD.parent, tmp_path / "third", ignore=lambda *_: ["whole"])
    (folder / "third.txt").rename(tmp_path / "kept.txt")
    (folder / "third.txt").symlink_to(tmp_path / "kept.txt")
    (folder / "context").mkdir()
    (folder / "context" / "ferry.jpg").write_bytes(b"\xff\xd8")
    files = files_of(read_session(folder / THIRD.name))
    assert files["third.txt"] == (tmp_path / "kept.txt").read_bytes()
    graph = {entity["@id"]: entity for entity in json.loads(files[CRATE])["@graph"]}
    assert graph["context/ferry.jpg"]["encodingFormat"] == "application/octet-stream"
    assert '"source": "third.txt"' in files["claims.jsonld"]


def test_the_command_says_what_it_has_written_and_where(tmp_path, capsys):
    assert main(["data", str(SECOND), "--to", str(tmp_path / "data")]) == 0
    count = sum(path.is_file() for path in (tmp_path / "data").rglob("*"))
    said = capsys.readouterr().out
    assert said == f"{count} files written to {tmp_path}/data, and to {tmp_path}/data.zip\n"
    (tmp_path / "data" / "mine.txt").touch()
    assert main(["data", str(SECOND), "--to", str(tmp_path / "data")]) == 2
    assert "mine.txt" in capsys.readouterr().err


@pytest.mark.parametrize("other", ["mine.txt", "tables/mine.csv", "own/mine.txt"])
def test_a_folder_with_other_things_is_left_alone(second, tmp_path, other):
    path = tmp_path / "data" / other
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    with pytest.raises(EditionError, match="other things"):
        write_data(second, tmp_path / "data")
    assert path.read_text() == "mine" and not (tmp_path / "data.zip").exists()
    assert not (tmp_path / "data" / CRATE).exists()


# -- what to cite --------------------------------------------------------------------------


def test_what_to_cite_is_valid_and_agrees_with_the_edition_and_the_book(session):
    cff = yaml.load((TOP / "CITATION.cff").read_text(encoding="utf-8"), yaml.BaseLoader)
    whole = yaml.safe_load((TOP / "CITATION.cff").read_text(encoding="utf-8"))
    valid({**whole, "date-released": cff["date-released"]}, "cff-1.2.0")
    book = yaml.safe_load((TOP / "_config.yml").read_text(encoding="utf-8"))
    companion = cff["preferred-citation"]
    assert cff["title"] == companion["title"] == book["title"]
    assert cff["version"] == companion["edition"] == book["sphinx"]["config"]["version"]
    assert companion["year"] == book["copyright"]
    said = f"*{cff['title']}*, edition {cff['version']}, {companion['year']}"
    assert said in (TOP / "chapters/methods.ipynb").read_text(encoding="utf-8")
    edition, sentence = cff["references"]
    assert edition["title"] == sentence["title"] == session.title
    assert edition["notes"] == citation(session)
    assert sentence["notes"] == f"{citation(session)}, sentence {sentence['section']}"
    assert sentence["section"] in set(session.sentences.sentence)
