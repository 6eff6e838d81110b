"""The schema is the one statement of the tables: the codebook, the grammar and the data agree."""

import re

import pytest
from lxml import etree
from paths import SECOND, TOP

from analysis import fields, read_session
from analysis.layers import LAYERS
from analysis.schema import (
    COLUMNS,
    DTYPES,
    PLACE_TYPES,
    TABLES,
)
from analysis.tei import id_of

CODEBOOK = (TOP / "data" / "README.md").read_text(encoding="utf-8")
RNG = "{http://relaxng.org/ns/structure/1.0}"


def codebook():
    """The tables of the codebook, each with its columns and what is said of them."""
    tables = {}
    for name, lines in re.findall(
        r"^\*\*`(\w+)`\*\*:.*\n\n\| column \|.*\n\|.*\n((?:\|.*\n)+)", CODEBOOK, re.M
    ):
        rows = re.findall(r"^\| ([\w, ]+) \| (.*) \|$", lines, re.M)
        tables[name] = [(c, says) for columns, says in rows for c in columns.split(", ")]
    return tables


def test_the_codebook_has_the_tables_and_columns_of_the_schema_in_their_order():
    assert {name: [column for column, _ in rows] for name, rows in codebook().items()} == COLUMNS


@pytest.mark.parametrize("name", COLUMNS)
def test_the_codebook_names_each_value_of_a_closed_column(name):
    common = re.search(r"- \*\*`layer`\*\*.*", CODEBOOK)[0]
    for column, says in codebook()[name]:
        stated = TABLES[name][column]
        for value in stated.values if stated.type == "string" else ():
            assert f"`{value}`" in (common if column == "layer" else says), (column, value)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_holds_what_the_schema_says(session, second, name):
    table = TABLES[name]
    for one in (session, second):
        frame = one.table(name)
        assert list(frame.columns) == table.names
        assert {c.name: str(frame[c.name].dtype) for c in table.columns} == {
            c.name: DTYPES[c.type] for c in table.columns
        }
        for column in table.columns:
            if column.values:
                assert set(frame[column.name].dropna().astype(str)) <= set(column.values)
        if table.key:
            assert frame[table.key].is_unique and frame[table.key].notna().all()


@pytest.mark.parametrize("name", COLUMNS)
def test_what_names_a_row_of_another_table_names_one_that_is_there(session, second, name):
    for one in (session, second):
        frame = one.table(name)
        families = one.lexicon.families
        there = {
            "families": set(families),
            "hands": {id_of(hand) for hand in one.edition.root.iter("{*}respStmt")},
            "senses": {sense.name for family in families.values() for sense in family.senses},
            **{t: set(one.table(t)[key]) for t in COLUMNS if (key := TABLES[t].key)},
        }
        for column in TABLES[name].columns:
            if column.of:
                rows = frame[frame.kind != "date"] if column.name == "entity" else frame
                known = set().union(*(there[table] for table in column.of))
                assert set(rows[column.name].dropna()) <= known, column.name


def test_the_grammar_knows_the_same_layers_and_types_of_place():
    grammar = etree.parse(TOP / "data" / "schema" / "session.rng").getroot()

    def values(element, attribute):
        found = grammar.findall(f".//{RNG}element[@name='{element}']/")
        nodes = [n for e in found for n in e.iter(RNG + "attribute") if n.get("name") == attribute]
        return {value.text for node in nodes for value in node.iter(RNG + "value")}

    assert values("div", "type") == set(LAYERS)
    assert values("rs", "subtype") | values("placeName", "subtype") | {"toponym"} == set(
        PLACE_TYPES
    )


def test_a_table_may_have_its_columns_in_another_order_than_its_maker_gives_them(
    monkeypatch, second
):
    words = TABLES["words"]
    own = fields.declare(
        "words", words.meaning, " ".join(words.given), order=" ".join(words.names[::-1])
    )
    monkeypatch.setitem(TABLES, "words", own)
    turned = read_session(SECOND).words
    assert turned.columns.to_list() == second.words.columns.to_list()[::-1]
    assert turned[words.names].equals(second.words)
    with pytest.raises(ValueError, match="is not one of the columns"):
        fields.declare("words", words.meaning, " ".join(words.given), order="word form")
