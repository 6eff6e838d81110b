"""The register, the ledger and the citation, word for word, of an edition of a page."""

import shutil

import pytest
from lxml import html
from paths import SECOND, TOP

from analysis import read_session
from analysis.citation import citation, source_line
from analysis.export import describe, describe_table, report
from analysis.readings import Reading
from analysis.register import one_variant, who_is_who


def entries(session):
    """What the register says: (id, name, text) under each heading."""
    root = html.fromstring(who_is_who(session).text)
    return {
        head.text: [
            (e.get("id"), e.findtext("dt"), " ".join(e.find("dd").text_content().split()))
            for e in head.getnext()
        ]
        for head in root.iter("h3")
    }


def test_the_whole_register_of_a_small_edition(second):
    """Marten and the others are named in “Present: …”; Ashby in s5 and in the heading, the other
    Ashby in s19, Wick in s18, twice … s20; the mill of s5 is no single place."""
    fields, heading = "Of the lower fields.", "1 in the heading"
    assert entries(second) == {
        "People": [
            ("person-holt", "Edith Holt", f"Engineer. {heading}"),
            ("person-marten", "Josiah Marten", f"In the chair. {heading}"),
            ("person-sayer", "Amos Sayer", f"Keeper of the gauge. {heading}"),
            ("person-weir-elder", "Anna Weir (weir-elder)", f"{fields} {heading}"),
            ("person-weir-younger", "Anna Weir (weir-younger)", f"{fields} {heading}"),
        ],
        "Places": [
            (
                "place-lower-ashby",
                "Ashby (lower-ashby)",
                f"Village. 1 in the session, {heading}",
            ),
            ("place-upper-ashby", "Ashby (upper-ashby)", "Village. 1 in the session"),
            ("place-wick", "Wick", "Village. 3 in the session"),
            ("place-none", "no single place", "Meant by a generic word. 1 in the session"),
        ],
        "Dates and times": [
            ("date-1911-03-04", "4 March 1911", f"Written: “4 March 1911”. {heading}")
        ],
        "Other people’s words, in order": [
            ("q1", "nobody named", "In his or her own words: “build on the hill”. s14")
        ],
        "Abbreviations and misprints": [
            ("short-comm-committee", "comm.", "committee"),
            ("short-mr-mister", "Mr.", "Mister"),
        ],
    }


def test_the_register_of_the_session_in_part(session):
    told = {
        name: (called, says) for some in entries(session).values() for name, called, says in some
    }
    assert list(entries(session)) == [
        "People",
        "Bodies",
        "Places",
        "Dates and times",
        "Other people’s words, in order",
        "What others want, fear or speak of, in order",
        "The Russian, where it was read and reads otherwise",
        "Abbreviations and misprints",
    ]
    # s3 “they didn't want this”, “they're seeking the ouster of the Rakosi clique”
    assert told["o1"][1] == "Wish: “this”. s3"
    assert told["o2"][1] == "Aim: “the ouster of the Rakosi clique”. s3"
    # s10 “we'll starve in the process …”
    assert told["q1"][1].startswith("In his or her own words: “we'll starve in the process, but")
    assert told["short-no-number"] == ("No.", "number")
    misprints = [says for _, says in told.values() if says.startswith("Printed so")]
    assert misprints and all("in the transcript; to be read: " in says for says in misprints)


def test_people_stand_by_the_last_of_their_names(session):
    """Malin between Kéthly and Maléter, whatever he is called before."""
    names = [called for _, called, _ in entries(session)["People"]]
    at = names.index("Vladimir Nikiforovich Malin")
    assert names[at - 1 : at + 2 : 2] == ["Anna Kéthly", "Pál Maléter"]


class Row:
    """A variant; what is not there is not a number, as in a table."""

    def __init__(self, english, other, gloss, reason="So."):
        self.english, self.other, self.gloss, self.reason = english, other, gloss, reason


@pytest.mark.parametrize(
    "row, words",
    [
        (
            Row("they spoke", "говорили.", "spoke"),
            "“they spoke”; in Russian: говорили. (“spoke”). So.",
        ),
        (Row("they spoke", "говорили.", None), "“they spoke”; in Russian: говорили. So."),
        (Row(None, "говорили", float("nan")), "Nothing here; in Russian: говорили. So."),
        (Row("they", None, None), "“they”; in Russian: nothing. So."),
    ],
)
def test_a_variant_in_words(row, words):
    assert one_variant(row) == words


# -- the ledger ----------------------------------------------------------------------------------

LEDGER = """\
{path}: valid, every pointer lands, the text is the transcript's.

Characters of the transcript: 965
  word                                    725
    in a sentence                         651
    label, list number or reference        74
  punctuation                              39
  white space                             200
  transcription mark-up                     1
  sum                                     965

Words: 172
  archive                                   0
  heading                                  26
  session                                 146
  notes                                     0

Words of each speech:
  sp1  marten (labelled)                   24
  sp2  holt (labelled)                     29
  sp3  sayer (inferred)                    28
  sp4  weir-elder (labelled)               22
  sp5  weir-younger (labelled)             17
  sp6  holt-sayer (labelled)               19
  sp7  nobody named (labelled)              7"""


def test_what_is_printed_of_an_edition(second):
    """725 + 39 + 200 + 1 = 965 characters; 26 + 146 = 172 words, of which 24 + … + 7 = 146 are
    said; the transcript marks its heading with one “#”."""
    assert report(second) == LEDGER.format(path=SECOND)
    assert second.edition.transcript.count("#") == 1


def test_the_tables_are_described_as_a_data_package(second):
    package = describe(second)
    assert package["name"] == "second" and package["profile"] == "tabular-data-package"
    assert package["title"] == "Minutes of the Dam Committee of Lower Ashby"
    doubts = describe_table("doubts")
    fields = doubts["schema"].pop("fields")
    assert fields[3]["name"] == "certainty" and fields[3]["type"] == "string"
    assert fields[3]["constraints"] == {"enum": ["medium", "low"]}
    assert "constraints" not in fields[0] and set(fields[0]) == {"name", "type", "description"}
    assert doubts.pop("description") == (
        "A sentence whose attribution inside its speech may be doubted."
    )
    assert doubts == {
        "name": "doubts",
        "path": "doubts.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "primaryKey": "doubt",
            "foreignKeys": [
                {"fields": name, "reference": {"resource": other, "fields": key}}
                for name, other, key in [
                    ("sentence", "sentences", "sentence"),
                    ("speech", "speeches", "speech"),
                ]
            ],
        },
    }


# -- how to cite it ------------------------------------------------------------------------------


def test_a_citation_says_what_its_header_says_and_no_more(session, second, tmp_path):
    title = "Minutes of the Dam Committee of Lower Ashby"
    assert citation(second) == title
    assert citation(session) == (
        "Working Notes from the Session of the CPSU CC Presidium on 2 November 1956: a digital "
        "edition of the English translation, edition 1.0, 2026; of TsKhSD, F. 3, Op. 12, D. 1006, "
        "Ll. 23-29; CWIHP Bulletin 8-9, pp. 395-397"
    )
    folder = shutil.copytree(TOP / "tests" / "editions", tmp_path / "editions")
    whole = (folder / "second.xml").read_text(encoding="utf-8")
    for old, new, cited in [
        ("<publicationStmt>", "<editionStmt><edition>Trial</edition></editionStmt>", ""),
        ("<publicationStmt>", '<editionStmt><edition n="2">Trial</edition></editionStmt>', ", edition 2"),
    ]:  # fmt: skip
        path = folder / "other.xml"
        path.write_text(whole.replace(old, new + old, 1), encoding="utf-8")
        assert citation(read_session(path)) == title + cited


def test_the_line_under_a_chart_that_stands_by_itself(second):
    source = "Source: Minutes of the Dam Committee of Lower Ashby; "
    assert source_line(second, Reading()) == source + "as the edition reads it."
    assert source_line(second, Reading(opening="nobody", doubts="all aside")) == (
        source + "read otherwise (doubts: all aside; opening: nobody)."
    )
