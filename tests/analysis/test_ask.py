"""A question of one's own: what is found, against sentences that one can read, and what is said of
a nought.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import AskError, Reading
from analysis.__main__ import main
from analysis.ask import ask, with_family
from analysis.evidence import Evidence
from analysis.figures.along import along_chart
from analysis.figures.families import families_chart
from analysis.matching import begins, folded, in_sentence, items_of, mentions
from analysis.measures import along_the_session, keyness, per_thousand, plain_search, term_counts


def sentences(asked):
    return list(asked.lines.sentence)


# -- what is looked for ----------------------------------------------------------------------------


def test_a_question_is_taken_apart_at_commas():
    words = items_of(" afraid, no way out ;afraid, Fear* ,")
    assert [item.text for item in words] == ["afraid", "no way out", "Fear*"]
    assert words[1].meant == words[1].written == ("no", "way", "out")
    assert words[2].meant == ("fear",) and words[2].beginning and not words[0].beginning


def test_quotation_marks_around_what_is_asked_are_none_of_it():
    words = items_of("“afraid”, \"no way out\"; gov't, workers'")
    assert [item.text for item in words] == ["afraid", "no way out", "gov't", "workers'"]


@pytest.mark.parametrize("question", ["", " , ;", "*", "…", "fe*ar", "a, *b"])
def test_what_cannot_be_looked_for_is_told_in_one_line(session, question):
    with pytest.raises(AskError, match="afraid, alarmed") as error:
        ask(session, question)
    assert "\n" not in str(error.value)


@given(st.text(max_size=20))
def test_any_text_is_answered_or_refused(question):
    try:
        words = items_of(question)
    except AskError:
        return
    assert words and all(item.meant and item.written for item in words)
    in_sentence(("The", "gov't"), ("the", "government"), tuple(words))


def test_a_written_form_is_found_whatever_its_apostrophe_dot_or_capital():
    assert folded("Gov’t's") == folded("gov't") == "gov't"
    assert folded("COUNTERREV.") == "counterrev" and folded("workers'") == "workers"


def test_a_beginning_finds_what_begins_so_and_what_has_its_stem():
    assert begins("withdrawal", "withdraw") and begins("party", "parties")
    assert not begins("fear", "fearful-looking") and not begins("order", "border")


@pytest.mark.parametrize(
    ("question", "found"),
    [
        # “the gov't fell; a new government fell”
        ("government", ["gov't", "government"]),
        ("gov't", ["gov't"]),
        ("fell", ["fell", "fell"]),
        ("government fell", ["gov't fell", "government fell"]),
        ("gov't fell", ["gov't fell"]),
        ("new", ["new"]),
        ("a new", ["a new"]),
        ("a new, new", ["a new"]),
        ("new, new government", ["new government"]),
        ("new government, government fell", ["gov't fell", "new government"]),
        ("fell the", []),
        ("gov*", ["gov't", "government"]),
        ("a n*", ["a new"]),
    ],
)
def test_phrases_and_forms_in_one_sentence(question, found):
    forms = ["the", "gov't", "fell", "a", "new", "government", "fell"]
    norms = ["the", "government", "fell", "a", "new", "government", "fell"]
    places = in_sentence(tuple(forms), tuple(norms), tuple(items_of(question)))
    assert [" ".join(forms[a : b + 1]) for _, a, b in places] == found


# -- what is found ---------------------------------------------------------------------------------


def test_what_they_are_afraid_of(session):
    # s31 Tildy and other cdes. are afraid of Ferenc Nagy. · s32 they're afraid of them. · s33 Tildy
    # is
    # afraid of Kovacs · s45 movements of Sov. troops, which alarmed the gov't and masses.
    asked = ask(session, "afraid, alarmed")
    assert asked.count == 4 and sentences(asked) == ["s31", "s32", "s33", "s45"]
    assert list(asked.lines.keyword) == ["afraid"] * 3 + ["alarmed"]
    row = asked.table.iloc[0]
    assert list(asked.table.columns) == [
        "speaker",
        "standing",
        "count",
        "words",
        "rate",
        "evidence",
    ]
    assert (row.speaker, row.standing, row["count"], row.words) == ("Kádár", "inferred", 4, 1106)
    assert row.rate == pytest.approx(4000 / 1106)
    assert Evidence.parse(row.evidence).count(asked.session) == 4
    assert asked.forms["count"].to_dict() == {0: 3, 1: 1}
    assert asked.range == (4, 4) and asked.readings.empty
    assert asked.title == "“afraid, alarmed” in the session: 4 mentions"


def test_whose_it_is_depends_on_the_reading(session):
    spans = ask(session, "afraid").under_readings.set_index("speaker")
    assert spans.loc["Kádár"].tolist()[:3] == [3, 0, 3]
    assert spans.loc["nobody named"].tolist()[:3] == [0, 0, 3]
    other = ask(session, "afraid", reading=Reading(opening="nobody"))
    assert list(other.table.speaker) == ["nobody named"]
    assert other.title.startswith("“afraid” in the session, read otherwise (opening: nobody): 3")
    assert other.table.words[0] == 1099


def test_an_abbreviation_is_found_by_its_form_and_by_what_it_means(session):
    # s71 an appeal to the UN. · s72 withdraw the question from the UN.
    short, full = ask(session, "UN"), ask(session, "United Nations")
    assert sentences(short) == sentences(full) == ["s71", "s72"]
    forms = short.forms.drop(columns="evidence")
    assert forms.to_numpy().tolist() == [["UN", "UN", "united nations", 2]]
    # expanded, it is gone where only what is written counts
    assert full.range == (0, 2) and short.range == (2, 2)
    assert full.readings.to_numpy().tolist() == [["abbreviations", "as written", 0, ""]]
    assert "Under other readings 0 to 2." in repr(full)
    rows = full.evidence.rows(full.session)
    assert set(rows.written) == {"abbreviated"} and set(rows.form) == {"UN"}


@pytest.mark.parametrize("question", ["afraid, alarmed", "troop*", "Soviet troops", "UN", "order"])
@pytest.mark.parametrize("reading", [Reading(), Reading(opening="nobody", doubts="all aside")])
def test_every_number_of_an_answer_leads_to_as_many_words_of_the_session_itself(
    session, question, reading
):
    asked = ask(session, question, reading=reading)
    for frame in (asked.table, asked.forms, asked.under_readings, asked.readings):
        for row in frame.to_dict("records"):
            assert row["evidence"] or not row["count"]
            if row["evidence"]:
                assert Evidence.parse(row["evidence"]).count(session) == row["count"]


def test_a_phrase_over_an_abbreviation(session):
    # s45 “movements of Sov. troops”
    asked = ask(session, "Soviet troops")
    assert "s45" in sentences(asked) and "Sov. troops" in set(asked.lines.keyword)


def test_other_layers_can_be_asked(session):
    # n14.1 … natsionalizatsiya, which normally means "nationalization" …
    asked = ask(session, "nationalization", layer="notes")
    assert sentences(asked) == ["n14.1"] and asked.table.speaker.tolist() == ["nobody named"]
    assert ask(session, "nationalization", layer="all").count == 1
    assert ask(session, "nationalization").instead[0] == ("In the translator’s notes: 1 mention.")
    with pytest.raises(AskError, match="no layer is “note”; the nearest: notes"):
        ask(session, "x", layer="note")


def test_a_word_of_the_lexicon_can_be_asked_too(session):
    asked = ask(session, "order")
    assert asked.count == 4 and asked.title.startswith("“order” in the session: 4")


def test_every_mention_counts_once_under_every_reading_of_the_words(session):
    asked = ask(session, "two-three, months")
    # s80 “within two-three months”
    assert asked.count == 2
    split = ask(session, "three", reading=Reading(words="hyphens split"))
    assert sentences(split) == ["s80"] and ask(session, "three").count == 0


def test_five_speakers_and_a_voice(second):
    # water: s1 Marten, s8 Sayer, s19 the pair · sluice: s7 Holt, s18 the pair
    asked = ask(second, "water, sluice")
    assert dict(zip(asked.table.speaker, asked.table["count"])) == {
        "Marten": 1,
        "Holt": 1,
        "Amos Sayer": 1,
        "Edith Holt and Amos Sayer": 2,
    }


# -- a nought --------------------------------------------------------------------------------------


ANSWER = """\
“water, committee” in the session: 4 mentions
Under other readings 3 to 5.

s1: The [water] rose again in the night.
s8: I measured the [water] at six and at noon.
s16: The [comm.] promised us money for the wall.
s19: The [water] will run to Wick, not to Ashby.

                  speaker standing  count  words  rate
                   Marten labelled      1     24  41.7
               Amos Sayer inferred      1     28  35.7
 Anna Weir (weir-younger) labelled      1     17  58.8
Edith Holt and Amos Sayer labelled      1     19  52.6

    asked  form     meant  count
    water water     water      3
committee comm. committee      1

                  speaker  count  lowest  highest
                   Marten      1       1        1
               Amos Sayer      1       0        1
 Anna Weir (weir-younger)      1       0        1
Edith Holt and Amos Sayer      1       1        1
             nobody named      0       0        2

     decision     option  count
    apparatus    counted      5
abbreviations as written      3"""


def test_a_whole_answer_by_hand(second):
    """1 mention in Marten's 24 words is 41.7 in a thousand; “Dam Committee” in the heading counts
    with the apparatus, and “comm.” as it is written is no committee."""
    assert repr(ask(second, "water, committee")) == ANSWER


def test_where_words_and_phrases_stand(second):
    """“Minutes of the Dam Committee …” · s10 “… the lower fields are lost.” · s12 · s16 “The comm.”"""
    rows = mentions(second, items_of("committee, lower fields")).fillna("")
    assert list(rows.itertuples(index=False, name=None)) == [
        ("committee", "Committee", "committee", "full", "heading", "h1", "", 21, 30),
        ("lower fields", "lower fields", "lower fields", "full", "session", "s10", "sp3", 507, 519),
        ("lower fields", "lower fields", "lower fields", "full", "session", "s12", "sp4", 599, 611),
        ("committee", "comm.", "committee", "abbreviated", "session", "s16", "sp5", 744, 749),
    ]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("crew is afr*", ["s2 crew is afraid"]),  # a phrase whose last word begins so
        ("the fer*", ["s1 The ferry", "s2 the ferry", "s6 the ferry"]),
        ("ferr*", ["s1 ferry", "s2 ferry", "s6 ferry"]),
        ("is, crew is", ["s2 crew is", "s3 is"]),  # the one that begins first, and the longer
        ("Heron; heron is sound", ["s3 Heron is sound"]),
        ("is*", ["s2 is", "s3 is"]),
        ("must pay or the c", ["s8 must pay or the C."]),  # as written
        ("or the council must", ["s8 or the C. must"]),  # and as meant
        ("ferry did run", []),
        ("crew is cra*", []),
    ],
)
def test_where_phrases_and_beginnings_stand_in_a_page(third, question, found):
    lines = ask(third, question).lines
    assert [f"{r.sentence} {r.keyword}".replace(",", "") for r in lines.itertuples()] == found


def test_nought_is_an_answer_with_what_was_looked_for(session):
    asked = ask(session, "Warsaw Pact")
    assert asked.count == 0 and asked.lines.empty and asked.table.empty
    assert repr(asked).splitlines() == [
        "“Warsaw Pact” in the session: not once",
        "Looked for: “Warsaw Pact”, as written and with abbreviations expanded.",
        "Of the words of “Warsaw Pact”: “warsaw” not once and “pact” not once.",
    ]
    assert "not once" in asked._repr_html_() and "not once" in asked._repr_markdown_()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("neutralty", "Spelled like “neutralty”: neutrality, neutral."),
        ("troop", "“troop” belongs to the family “troops”."),
        ("troop", "Of the stem of “troop” the document has: troops."),
        ("xylophone", "Nothing in the document is like “xylophone”."),
        (
            "secret troops",
            "Of the words of “secret troops”: “secret” not once and “troops” 18. With commas between, each is looked for.",
        ),
    ],
)
def test_what_the_record_has_instead(session, question, said):
    asked = ask(session, question)
    assert asked.count == 0 and said in asked.instead


# -- shown -----------------------------------------------------------------------------------------


def test_it_is_shown_as_text_html_and_markdown(session):
    asked = ask(session, "afraid, <b>")
    assert "s31: Tildy and other cdes. are [afraid] of Ferenc Nagy." in repr(asked)
    assert "- s31: Tildy and other cdes. are **afraid** of Ferenc Nagy." in asked._repr_markdown_()
    html = asked._repr_html_()
    assert "“afraid, &lt;b&gt;” in the session: 3 mentions" in html and "<b> " not in html
    assert html.count("<b>afraid</b>") == 3


# -- a family of one's own -------------------------------------------------------------------------


def test_a_family_of_one_s_own_is_one_for_every_measure(session):
    more = with_family(session, "dread", "afraid, alarmed")
    assert Evidence.parse("terms family=dread").count(more) == 4
    assert len(more.terms) == len(session.terms) + 4
    assert more.terms.start.is_monotonic_increasing and more.terms.dtypes.equals(
        session.terms.dtypes
    )
    assert len(term_counts(more)) == len(term_counts(session)) + 1
    for measure in (per_thousand, along_the_session, plain_search):
        assert "dread" in set(measure(more).family)
    assert "dread" in set(keyness(more, speaker="bata").family)
    nobody = Evidence.parse("terms family=dread speaker=none under opening=nobody")
    assert nobody.count(more) == 4
    split = Evidence.parse("terms family=dread under words=white_space")
    assert split.count(more) == 4
    # the session itself is as it was
    assert "dread" not in set(session.terms.family)
    with pytest.raises(AskError, match="no family of terms is “dread”"):
        Evidence.parse("terms family=dread").count(session)


def test_a_word_of_two_families_is_the_lexicon_s_first(session):
    more = with_family(session, "soldiers", "troops").terms
    both = more[more.start.isin(more.start[more.family == "soldiers"])]
    assert len(both) > 30 and list(both.family) == ["troops", "soldiers"] * (len(both) // 2)
    assert list(more.speaker[more.family == "soldiers"].dropna()) == list(
        both.speaker[both.family == "troops"].dropna()
    )


def test_a_family_of_one_s_own_has_a_name_of_its_own(session):
    with pytest.raises(AskError, match="a family “order” already"):
        with_family(session, "order", "quiet")
    with pytest.raises(AskError, match="reading already"):
        with_family(Reading(opening="nobody").of(session), "dread", "afraid")


def test_two_families_of_one_s_own(session):
    both = with_family(with_family(session, "dread", "afraid"), "alarm", "alarmed")
    assert Evidence.parse("terms family=dread|alarm").count(both) == 4


def test_a_number_that_stays_while_its_speakers_change_is_told_so(session):
    # “Nagy” stands in the opening alone, whoever speaks it; Bata's “Hungarian unit” is labelled
    assert ask(session, "Nagy").said == [
        "As often under every reading; only whose they are changes."
    ]
    assert ask(session, "witness").said == ["As often under every reading."]


# -- from the command line -------------------------------------------------------------------------


def test_the_command_line_gives_the_same(session, capsys):
    assert main(["ask", "afraid, alarmed"]) == 0
    assert capsys.readouterr().out == repr(ask(session, "afraid, alarmed")) + "\n"
    # without quotation marks the words come one by one; “no way out” is a phrase all the same
    assert main(["ask", "afraid,", "alarmed"]) == 0
    assert capsys.readouterr().out.startswith("“afraid, alarmed” in the session: 4 mentions\n")
    assert main(["ask", "afraid", "--under", "opening=nobody", "doubts=low_aside"]) == 0
    assert "read otherwise (doubts: low aside; opening: nobody)" in capsys.readouterr().out
    assert main(["ask", "nationalization", "--layer", "notes", "--csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "item,layer,speaker,sentence,left,keyword,right" and len(lines) == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["*"], "cannot be looked for"),
        (["x", "--layer", "note"], "the nearest: notes"),
        (["x", "--under", "opening=nobdy"], "the nearest: nobody"),
        (["x", "--under", "opening"], "is not a reading"),
    ],
)
def test_the_command_line_says_in_one_line_what_is_wrong(capsys, arguments, says):
    assert main(["ask", *arguments]) == 2
    error = capsys.readouterr().err
    assert error.startswith("error: ") and says in error and error.count("\n") == 1


def test_a_chart_says_which_of_the_words_it_was_asked_for_nobody_says(session):
    """Nobody in the document says “angst”; “Warsaw” stands in the notes alone."""
    mine = with_family(with_family(session, "mine", "angst"), "pact", "Warsaw")
    alone = along_chart(mine, families=["mine"])
    assert alone.draw is None and alone.title == "Not mentioned: mine (“angst”)"
    both = families_chart(mine, families=["fear", "mine", "pact"])
    assert both.caption.endswith(" Not mentioned: mine (“angst”); pact (“Warsaw”).")
    assert "Not mentioned" not in families_chart(mine, families=["fear"]).caption
