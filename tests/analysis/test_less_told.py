"""The third edition with a mark more or less: what it does not say is not told, and nothing fails."""

import shutil

import pandas as pd
import pytest
from paths import THIRD

from analysis import EditionError, read_session
from analysis.concordance import concordance
from analysis.evidence import Evidence
from analysis.figures.chain import chain_chart
from analysis.figures.clocks import clocks_chart
from analysis.figures.field import Scale
from analysis.lives import who_was_who
from analysis.presence import presence
from analysis.text import reading_text


@pytest.fixture
def with_marks(tmp_path):
    """The session of the third edition in which marks are others: ``with_marks(old, new, …)``."""

    def read(*marks):
        path = shutil.copytree(THIRD.parent, tmp_path / "third") / THIRD.name
        text = path.read_text(encoding="utf-8")
        for old, new in zip(marks[::2], marks[1::2]):
            assert old in text, f"the edition has no {old!r} to change"
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")
        return read_session(path)

    return read


BECAUSE = '<relation name="because" active="#s5" passive="#s1">'
AGAINST = '<relation name="contradicts" active="#t2" passive="#u1">'
TOLD = '<event xml:id="t2" corresp="#s3" when-custom="[..1912-03-04]"'
PASSAGE = '<note type="passage">answered</note>'


def test_a_relation_without_a_reason_is_told_without_one(third, with_marks):
    # t1 of s1 contradicts t2 of s3, and why is not said; of the storm, u1, it is
    assert ". Hard to fit together: s1 and s3." in clocks_chart(third).alt
    assert "Hard to square: A and s3 (The paper has no answer). " in (
        clocks_chart(third, sources=True).caption
    )
    assert chain_chart(third).caption.endswith("reads it. s5: The old one broke.")
    silent = with_marks(
        f"{BECAUSE}<desc>The old one broke.</desc>",
        BECAUSE,
        f"{AGAINST}<desc>The paper has no answer.</desc>",
        AGAINST,
    )
    assert "Hard to square: A and s3. " in clocks_chart(silent, sources=True).caption
    assert chain_chart(silent).caption.endswith("reads it. ")


@pytest.mark.parametrize("earliest, latest", [(None, "1912-03-04T23:59:59"), ("1912-03-04", None)])
def test_a_time_with_one_end_has_room_on_the_scale(earliest, latest):
    """Two days for it to lie in or beside, the 4th among them."""
    times = pd.DataFrame({"earliest": [earliest], "latest": [latest]}).apply(pd.to_datetime)
    scale = Scale.of(times)
    assert [name for *_, name in scale.marks()] == ["4 Mar"] and scale.width == 1


def test_a_statement_of_certainty_may_be_about_several_passages(with_marks):
    both = with_marks('target="#q1" match="self', 'target="#q1 #q2" match="self')
    rows = both.certainties[both.certainties.reason == "The council may say so."]
    assert rows[["item", "about", "sentence"]].values.tolist() == [
        ["q1", "source", "s2"],
        ["q2", "source", "s3"],
    ]


def test_a_decision_may_be_about_several_sentences(with_marks):
    both = with_marks('type="decision" target="#s8"', 'type="decision" target="#s3 #s8"')
    assert "The bank of the North" in reading_text(both).text


def test_who_is_named_nowhere_stands_where_he_speaks_or_nowhere(second, with_marks):
    # Holt and Sayer speak together in s18 and s19; that both are one entry nobody says
    lines = concordance(second, "people person=holt-sayer")
    assert lines[["sentence", "keyword"]].values.tolist() == [
        ["s18", "We propose to open the old sluice at Wick tonight."]
    ]
    ghost = '<person xml:id="swan"><persName>A. Swan</persName></person>'
    more = with_marks(
        "</person>\n        </listPerson>", f"</person>{ghost}\n        </listPerson>"
    )
    assert Evidence.parse("people").count(more) == 2 and len(concordance(more, "people")) == 2
    assert "swan" not in set(presence(more).who)


FERRIES = "@book{ferries, author = {Brook, Carl}, year = {1950}}"


@pytest.mark.parametrize(
    "bibliography, says",
    [
        (None, "references.bib: there is no such file, and wanted is a bibliography"),
        ("@book{ferries,", "references.bib: not BibTeX: syntax error in line 1"),
        (FERRIES.replace("author", "printer"), "the work 'ferries' cannot be labelled"),
        (FERRIES.replace("year", "day"), "the work 'ferries' cannot be labelled"),
        (FERRIES, "people.toml:27: [finch] has a source that the bibliography has not: ropes"),
    ],
)
def test_the_sources_of_lives_are_works_that_can_be_named(tmp_path, bibliography, says):
    folder = shutil.copytree(THIRD.parent, tmp_path / "third")
    works = folder / "references.bib"
    works.unlink() if bibliography is None else works.write_text(bibliography, encoding="utf-8")
    with pytest.raises(EditionError) as error:
        who_was_who(read_session(folder / THIRD.name))
    assert says in str(error.value)


@pytest.mark.parametrize("there", [' corresp="#s3"', PASSAGE])
def test_what_is_told_names_its_passage(with_marks, there):
    with pytest.raises(EditionError, match="an event that is told names no passage"):
        with_marks(there, "") if there == PASSAGE else with_marks(TOLD, TOLD.replace(there, ""))
