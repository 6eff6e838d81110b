"""Choices of rows: what can be asked, how it is written, what is said of what is asked amiss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import DECISIONS, AskError, Reading
from analysis.columns import known_columns
from analysis.evidence import PLACED, Evidence, count
from analysis.vocabulary import check_value
from analysis.wording import (
    described,
    joined,
    name_of,
    number_of,
    speech_of,
    surname_of,
    value_in_words,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@st.composite
def choices(draw):
    table = draw(st.sampled_from(PLACED))
    columns = draw(st.lists(st.sampled_from(known_columns(table)), unique=True, max_size=3))
    where = {c: draw(st.lists(texts, min_size=1, max_size=3, unique=True)) for c in columns}
    options = {
        name: draw(st.sampled_from(list(decision.options)))
        for name, decision in DECISIONS.items()
        if draw(st.booleans())
    }
    return Evidence.of(table, reading=Reading(**options), **where)


# -- how it is written -----------------------------------------------------------------------------


@given(choices())
def test_an_address_leads_back_whatever_its_values_are(evidence):
    assert Evidence.parse(evidence.address) == evidence
    assert not any(sign in evidence.address for sign in ' "<>|\\^`{}')


@given(choices())
def test_the_short_form_is_read_as_it_was_written(evidence):
    assert Evidence.parse(evidence.short) == evidence


def test_both_forms_as_an_author_writes_them():
    evidence = Evidence.of(
        "words",
        speaker=["none", "kadar"],
        standing="unattributed",
        reading=Reading(opening="nobody", doubts="all aside"),
    )
    assert evidence.short == (
        "words speaker=none|kadar standing=unattributed under doubts=all_aside opening=nobody"
    )
    assert evidence.address == (
        "evidence:words?speaker=none&speaker=kadar&standing=unattributed"
        "&under.doubts=all%20aside&under.opening=nobody"
    )
    assert (
        Evidence.of("words").address == "evidence:words" and Evidence.of("words").short == "words"
    )
    assert Evidence.parse("evidence:words") == Evidence.of("words")


def test_what_has_a_meaning_in_the_short_form_is_written_with_a_percent_sign():
    evidence = Evidence.of("terms", family="a|b_c 100% é=&")
    assert evidence.short == "terms family=a%7Cb%5Fc_100%25_é=&"
    assert Evidence.parse("terms family=in_a_name").conditions == {"family": ("in a name",)}


def test_the_order_of_conditions_and_values_named_twice_make_no_difference():
    assert Evidence.parse("terms speaker=kadar family=order") == Evidence.parse(
        "terms family=order speaker=kadar"
    )
    assert Evidence.of("terms", family=["order", "order"]) == Evidence.of("terms", family="order")
    assert Evidence.of("people", taking_part=True) == Evidence.of("people", taking_part="True")


def test_the_edition_s_own_option_is_no_part_of_an_address():
    assert Evidence.parse("words under opening=inferred") == Evidence.of("words")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no table of evidence is “”"),
        ("wurds", "no table of evidence is “wurds”; the nearest: words."),
        ("words speaker", "conditions such as family=neutrality"),
        ("words table=x", "no column of words is “table”"),
        ("words cls=x", "no column of words is “cls”"),
        ("words reading=x", "no column of words is “reading”"),
        ("words end=3", "no column of words is “end”"),
        ("terms colour=red", "no column of terms is “colour”"),
        ("terms family=a family=b", "names “family” twice"),
        ("words under", "after “under” comes a reading"),
        ("words under opening", "conditions such as"),
        ("words under opening=nobody opening=nobody", "names “opening” twice"),
        ("words under opning=nobody", "no decision is “opning”; the nearest: opening."),
        ("words opening=nobody", "no column of words is “opening”"),
        ("words under opening=nobdy", "no option of “opening” is “nobdy”; the nearest: nobody."),
        ("evidence:terms?familyneutrality", "conditions such as"),
        ("evidence:words?under.opening=nobody&under.opening=nobody", "twice"),
        ("evidence:nothing?x=y", "no table of evidence is “nothing”"),
    ],
)
def test_what_is_no_choice_is_told_in_one_line(text, says):
    with pytest.raises(AskError) as error:
        Evidence.parse(text)
    assert says in str(error.value) and "\n" not in str(error.value)


# -- an unknown name is an error, what nobody says is a nought -------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "words norm=fear",
        "words form=Warszawa",
        "words speaker=bulganin",
        "words speaker=bulganin norm=hungary",
        "terms family=neutrality speaker=bata",
        "mentions kind=place type=duration",
        "mentions entity=1956-11-05",
        "speeches attribution=unattributed",
        "speeches words=999",
        "abbreviations abbreviation=USA",
        "words word=s105.w2 layer=notes",
        "terms family=order sense=in_a_name",
        "words norm=none",
    ],
)
def test_what_nobody_says_or_does_is_a_nought(session, text):
    assert Evidence.parse(text).count(session) == 0
    assert Evidence.parse(text).rows(session).empty


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("words speaker=kadra", "no speaker of words is “kadra”; the nearest: kadar"),
        ("mentions entity=Kadar", "no entity of mentions is “Kadar”; the nearest: kadar"),
        ("mentions entity=Münnich", "the nearest: munnich"),
        ("mentions entity=Soviet_Union", "the nearest: soviet-union"),
        ("mentions kind=people", "There are: person, organisation, place, date."),
        ("terms family=neutralty", "no family of terms is “neutralty”; the nearest: neutrality"),
        ("terms family=freedom", "ask(session, …)"),
        ("terms family=", "no family of terms is “”"),
        ("terms sense=publik_order", "the nearest: public order"),
        ("words layer=note", "the nearest: notes"),
        ("doubts certainty=high", "There are: medium, low."),
        ("words standing=sure", "There are: labelled, inferred, doubted, unattributed."),
        ("words word=UN", "Here is asked for a word's id, as s1.w1"),
        ("words sentence=s999", "no sentence of words is “s999”"),
        ("speeches words=many", "“many” is no number"),
        ("people taking_part=yes", "There are: True, False."),
        ("people person=kadra", "no person of people is “kadra”"),
        ("doubts candidate=malinn", "the nearest: malin"),
        ("words speaker=kadar|kadra", "“kadra”"),
    ],
)
def test_a_name_that_nothing_has_is_told_with_the_nearest(session, text, says):
    with pytest.raises(AskError) as error:
        Evidence.parse(text).count(session)
    assert says in str(error.value) and len(str(error.value)) < 600


def test_columns_that_are_called_like_decisions_can_be_asked(session):
    # sp1 has 1,099 words; q1 is one reported passage
    assert Evidence.parse("speeches words=1099").count(session) == 1
    assert Evidence.parse("reported reported=q1").count(session) == 1
    table = count(session, "speeches", "words")
    assert dict(zip(table.words, table["count"])) == {"1099": 1, "98": 1, "7": 1, "88": 1}
    assert all(Evidence.parse(a).count(session) == 1 for a in table.evidence)


def test_a_kind_that_an_edition_has_not_is_an_empty_list(second):
    assert count(second, "mentions", "entity", kind="organisation").empty
    assert count(second, "notes", "note").empty
    assert Evidence.parse("doubts certainty=low").count(second) == 0


def test_all_layers_are_the_four_together(session):
    layers = ("archive", "heading", "session", "notes")
    everything = Evidence.parse("words layer=all").count(session)
    assert everything == sum(Evidence.of("words", layer=one).count(session) for one in layers)
    assert Evidence.of("words", layer=layers).count(session) == everything
    assert Evidence.parse("words").count(session) == Evidence.parse("words layer=session").count(
        session
    )


def test_counts_come_in_the_order_of_the_text(second):
    table = count(second, "speeches", ["speaker", "attribution"])
    assert list(table.speaker) == [
        *("marten", "holt", "sayer", "weir-elder", "weir-younger", "holt-sayer", "none")
    ]
    # “A voice:” is a label, and names nobody
    assert list(table.attribution)[-1] == "labelled" and list(table["count"]) == [1] * 7
    assert table.evidence.iloc[2] == "evidence:speeches?attribution=inferred&speaker=sayer"


def test_every_row_has_a_home(session):
    for table in PLACED:
        rows = Evidence.of(table, layer="all").rows(session)
        assert {"sentence", "layer", "speaker", "standing", "paragraph"} <= set(rows.columns)
    # note 5 is “n5”: its first sentence is n5.1; a person stands where he is first named
    notes = Evidence.parse("notes note=n5").rows(session)
    assert notes.sentence.tolist() == ["n5.1"] and notes.layer.tolist() == ["notes"]
    labels = Evidence.parse("words under apparatus=counted").rows(session)
    assert labels.sentence.isna().sum() == 7  # Munnich · Cde. Kadar · Cde. Bata · 1 · 2


def test_how_sure_it_is_whose_a_row_is(second):
    table = count(second, "sentences", "standing", layer="all")
    # the heading is nobody's speech; s8 to s10 inferred, s11 doubted, s20 of a voice
    assert dict(zip(table.standing, table["count"])) == {
        "none": 2,
        "labelled": 15,
        "inferred": 3,
        "doubted": 1,
        "unattributed": 1,
    }


# -- in plain words --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("terms family=counterrevolution speaker=bata", "Counterrevolution, Bata: 0 mentions"),
        ("words word=s1.w1", "“an”: 1 word"),
        ("words", "The whole session: 1,292 words"),
        ("words layer=all", "In all layers: 2,427 words"),
        ("terms", "All families of terms: "),
        ("mentions kind=place entity=budapest type=toponym", "Budapest, named: 2 mentions"),
        ("mentions kind=place entity=none", "Places, no single one: "),
        ("words speaker=kadar|bata", "Kádár or Bata: "),
        ("words speaker=none standing=unattributed", "Nobody named: 0 words"),
        ("speeches certainty=high", "High certainty: 1 speech"),
        ("words speech=sp3", "Kádár’s speech: 7 words"),
        ("terms family=troops speech=sp1|sp4", "Troops, the opening speech or Bata’s speech: "),
        (
            "words speech=sp1-reported under reported=all_aside",
            "Others’ words in the opening speech (read otherwise: ",
        ),
        ("reported reported=q2", "“we will go back to work” (s13): 1 passage"),
        (
            "reported reported=q1",
            "“we'll starve in the process, but the troops …” (s10): 1 passage",
        ),
        ("sentences sentence=s47|s50", "s47 or s50: 2 sentences"),
        ("note_functions note=n13 function=argue layer=all", "Argue, in all layers, note 13: "),
        ("people taking_part=True speeches=0", "Without a speech, listed as taking part: 8 people"),
        (
            "words word=s105.w2 under words=hyphens_split",
            "“",
        ),
        (
            "words speaker=none under opening=nobody",
            "Nobody named (read otherwise: nobody's: the speech has no label): 1,099 words",
        ),
    ],
)
def test_a_title_says_in_plain_words_what_is_listed(session, text, words):
    assert described(session, Evidence.parse(text)).startswith(words)


def test_a_speech_in_words(session):
    assert speech_of(session, "sp2") == "Münnich’s speech"
    assert speech_of(session, "sp1-munnich") == "what is Ferenc Münnich’s in the opening speech"
    assert speech_of(session, "sp1-nobody") == "what is nobody’s in the opening speech"
    assert speech_of(session, "no such id") == "no such id"


def test_a_title_says_dates_and_places_of_the_text_in_words(session):
    def title(text):
        return described(session, Evidence.parse(text), counted=False)

    assert title("mentions entity=1956-11-02 layer=heading") == "2 November 1956, in the heading"
    assert title("dates edtf=1956-11-01|1956-11-01?") == (
        "1 November 1956 or perhaps 1 November 1956"
    )
    # s10: “the troops must be withdrawn.” ends the sentence, and the title with it
    at = session.edition.transcript.index("troops must be withdrawn")
    assert title(f"terms family=troops start={at}") == "Troops, at “troops must be withdrawn”"
    assert title(f"terms family=withdrawal start={at + 15}") == "Withdrawal, at “withdrawn”"
    assert value_in_words(session, "start", "-1") == "at character -1"


def test_a_title_can_leave_out_the_number(session):
    assert described(session, Evidence.parse("terms family=order"), counted=False) == "Order"


def test_names_and_numbers_in_words(session):
    assert number_of(1, "words") == "1 word" and number_of(1200, "people") == "1,200 people"
    assert name_of(session, "kadar") == "János Kádár" and surname_of(session, "kadar") == "Kádár"
    assert name_of(session, "none") == surname_of(session, "none") == "nobody named"
    assert name_of(session, "no such id") == "no such id"
    assert value_in_words(session, "certainty", "low{}") == "low{} certainty"
    assert joined(["a"]) == "a" and joined([]) == ""
    assert joined(["a", "b", "c"]) == "a, b and c" and joined("ab", "or") == "a or b"


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("latitude", "52.1", True),
        ("latitude", "-0.25", True),
        ("latitude", "52", True),
        ("latitude", "52.", False),
        ("latitude", "north", False),
        ("mentions", "-3", True),
        ("mentions", "3.0", False),
        ("mentions", "none", True),
        ("name", "no such place", True),  # words are no unknown name
        ("place", "eastbank", True),
        ("place", "westbank", False),
    ],
)
def test_what_a_column_can_be_asked_for(third, name, value, fits):
    if fits:
        check_value(third, "places", name, value)
        return
    with pytest.raises(AskError) as error:
        check_value(third, "places", name, value)
    wrong = f"places are counted by {name}: “{value}” is no number."
    if name == "place":
        wrong = (
            "no place of places is “westbank”; the nearest: eastbank. There are: eastbank, north."
        )
    assert str(error.value) == wrong
