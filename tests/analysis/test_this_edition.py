"""What is so in this edition: values that a person can count, with the sentences beside them."""

import hashlib
import json

import pandas as pd
import pytest
from paths import TOP

from analysis.evidence import Evidence
from analysis.export import ledger, tables_of, write_tables
from analysis.schema import COLUMNS


def text_of(session, sentence):
    return session.sentences.set_index("sentence").text[sentence]


def sentences_of(session, evidence):
    return list(Evidence.parse(evidence).rows(session).sentence)


def test_the_transcript_is_byte_for_byte_what_was_received():
    raw = (TOP / "data/source/111884.txt").read_bytes()
    assert (
        hashlib.sha256(raw).hexdigest()
        == "13bf88d2228dda5c7a0c1c1c96bb210df92db288000409761ffb6ab4f8e6ee94"
    )


def test_the_ledger_has_every_character_of_the_transcript(session):
    assert sum(ledger(session).values()) == 15315


def test_there_are_four_turns_with_three_labels(session):
    # (no label) · “Munnich:” · “Cde. Kadar—a concrete request” · “Cde. Bata:”
    assert list(session.speeches.speaker) == ["kadar", "munnich", "kadar", "bata"]
    assert list(session.speeches.label.fillna("")) == ["", "Munnich", "Cde. Kadar", "Cde. Bata"]
    assert list(session.speeches.attribution) == ["inferred", "labelled", "labelled", "labelled"]


def test_the_short_turns_have_the_sentences_that_one_counts(session):
    # Munnich: “A gloomy situation.” … “… are being spread by counterrev. elements.” is eleven.
    assert list(session.speeches.sentences)[1:] == [11, 1, 8]


def test_neutrality_is_mentioned_six_times(session):
    expected = {
        "s12": "They were speaking about the Declaration",
        "s39": "the gov't's decision about neutrality",
        "s41": "How did the decision about neutrality emerge?",
        "s63": "In this atmosphere the idea of neutrality arose.",
        "s71": "When Andropov left, they took their step about neutrality",
        "s73": "When Andropov left, Kadar voted for neutrality",
    }
    assert sentences_of(session, "terms family=neutrality") == list(expected)
    assert all(text_of(session, s).startswith(start) for s, start in expected.items())


def test_counterrevolution_is_mentioned_eleven_times_six_of_them_cut_short(session):
    # s6 counterrevolution · s7 counterrevolutionary nature · s9 counterrevolutionaries, counterrevolutionary propaganda ·
    # s22 counterrev. aspects · s30 counterrev. · s80 the counterrev. · s86 the counterrevolution · s95 · s105 · s108 counterrev.
    assert sentences_of(session, "terms family=counterrevolution") == [
        "s6",
        "s7",
        "s9",
        "s9",
        "s22",
        "s30",
        "s80",
        "s86",
        "s95",
        "s105",
        "s108",
    ]
    assert sentences_of(session, "terms family=counterrevolution written=abbreviated") == [
        "s22",
        "s30",
        "s80",
        "s95",
        "s105",
        "s108",
    ]


def test_a_counterrevolution_is_no_revolution_and_a_border_no_order(session):
    # “revolutionary committees” and “a Rev. Council”; four orders, and “the border” in s47 and s52 is none.
    assert sentences_of(session, "terms family=revolution") == ["s26", "s60"]
    assert sentences_of(session, "terms family=order") == ["s4", "s5", "s97", "s116"]


def test_senses_are_told_apart(session):
    # “for the order of people's democracy” is a regime; “If order is restored by force” is not.
    assert sentences_of(session, "terms family=order sense=political_order") == ["s4", "s5"]
    assert sentences_of(session, "terms family=withdrawal sense=of_wounded_soldiers") == ["s57"]


def test_budapest_is_named_twice_and_meant_once_more(session):
    # s58 “a strike against Budapest”; s62 “if the troops move toward Budapest, the city must be defended”
    assert sentences_of(session, "mentions entity=budapest type=toponym") == ["s58", "s62"]
    assert sentences_of(session, "mentions entity=budapest type=generic") == ["s62"]


def test_andropov_is_named_seven_times(session):
    # s50 They summoned · s51 said · s56 They summoned · s66 having spoken with · s70 They told · s71 and s73 When Andropov left
    assert sentences_of(session, "mentions entity=andropov") == [
        "s50",
        "s51",
        "s56",
        "s66",
        "s70",
        "s71",
        "s73",
    ]


def test_two_men_are_called_nagy_and_two_kovacs(session):
    assert sentences_of(session, "mentions entity=nagy-ferenc") == ["s31"]  # afraid of Ferenc Nagy
    assert "s21" in sentences_of(session, "mentions entity=nagy-imre")  # in solidarity with Nagy
    assert sentences_of(session, "mentions entity=kovacs-bela") == ["s33", "s34"]  # note 10
    assert sentences_of(session, "mentions entity=kovacs-istvan") == ["s60"]  # note 12


def test_kadar_stands_twice_in_the_third_person_in_his_own_turn(session):
    # “The whole cabinet, other than Kadar, declared” · “Kadar voted for neutrality, too”
    assert sentences_of(session, "mentions entity=kadar") == ["s67", "s73"]


def test_a_sentence_runs_over_two_paragraphs_and_a_dot_ends_two_more(session):
    assert text_of(session, "s47").endswith(
        "Soviet troops had crossed the border in transport vehicles."
    )
    assert text_of(session, "s30") == "The coalition parties don't want counterrev."
    assert text_of(session, "s80").endswith("fight against the counterrev.")


def test_the_same_abbreviation_is_now_a_noun_and_now_an_adjective(session):
    short = (
        session.abbreviations.query("abbreviation == 'counterrev.'").set_index("sentence").expansion
    )
    assert short["s30"] == "counterrevolution" and short["s22"] == "counterrevolutionary"


def test_references_labels_and_list_numbers_are_no_words(session):
    forms = session.words.set_index("sentence").groupby(level=0).form.agg(list)
    assert forms["s1"] == ["An", "assessment"]  # An assessment.( 2)
    assert forms["s39"][0] == "the"  # - 1) the gov't's decision
    assert forms["s109"][:3] == ["a", "concrete", "request"]  # Cde. Kadar—a concrete request


def test_the_committed_tables_are_what_the_edition_gives(session, tmp_path):
    written = write_tables(session, tmp_path / "tables")
    assert len(written) == len(COLUMNS) + 1
    for path in written:
        assert path.read_bytes() == (TOP / "data/tables" / path.name).read_bytes(), (
            f"run `make tables`: {path.name}"
        )


def test_the_data_package_names_every_column(session):
    package = json.loads((TOP / "data/tables/datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        frame = pd.read_csv(TOP / "data/tables" / resource["path"])
        assert [field["name"] for field in resource["schema"]["fields"]] == list(frame)
        key = resource["schema"].get("primaryKey")
        assert key is None or frame[key].is_unique


def test_the_figures_in_the_readme_are_those_of_the_tables(session):
    stated = {}
    for line in (
        (TOP / "data/README.md").read_text(encoding="utf-8").split("## 6. ")[-1].splitlines()
    ):
        name, *cells = (cell.strip(" *`") for cell in line.strip("|").split("|"))
        numbers = [
            int(n) for cell in cells for n in cell.replace(",", "").split(" / ") if n.isdigit()
        ]
        if numbers:
            stated[name] = numbers
    classes, words = ledger(session), session.words.groupby("layer").size()
    mentions = session.people.set_index("person").mentions
    assert stated == {
        "words in a sentence": [classes["word"]],
        "labels, list numbers, references to notes": [classes["word, uncounted"]],
        "punctuation": [classes["punctuation"]],
        "white space": [classes["white space"]],
        "marks of the transcription": [classes["transcription mark-up"]],
        "transcript": [len(session.edition.transcript)],
        **{layer: [count] for layer, count in words.items()},
        "all": [len(session.words)],
        **{s.speech: [s.sentences, s.words] for s in session.speeches.itertuples()},
        "sentences, all layers": [len(session.sentences)],
        "doubted sentences": [session.doubts.sentence.nunique()],
        "confirmed sentences": [session.confirmations.sentence.nunique()],
        "mentions of Imre Nagy / Ferenc Nagy, all layers": [
            mentions["nagy-imre"],
            mentions["nagy-ferenc"],
        ],
        "mentions of Béla Kovács / István Kovács, all layers": [
            mentions["kovacs-bela"],
            mentions["kovacs-istvan"],
        ],
    }


def test_tables_are_replaced_all_together_or_not_at_all(session, tmp_path, monkeypatch):
    folder = tmp_path / "tables"
    write_tables(session, folder)
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    calls = iter(range(5))

    def fail(*args, **more):
        if next(calls, None) is None:
            raise OSError(28, "no space left", "somewhere")

    monkeypatch.setattr(pd.DataFrame, "to_csv", fail)
    with pytest.raises(OSError):
        write_tables(session, folder)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before
    assert [p.name for p in tmp_path.iterdir()] == ["tables"]


def test_a_session_does_not_change(session):
    words = session.words
    words.loc[0, "form"] = "changed"
    assert session.words.form[0] != "changed"
    with pytest.raises(AttributeError):
        session.words = words


def rows_of(session, table, **where):
    """The rows of a table where columns have these values."""
    frame = getattr(session, table)
    for column, value in where.items():
        frame = frame[frame[column] == value]
    return frame


def test_demands_and_the_like_are_the_content_alone(session):
    # s8 “everyone demanded the withdrawal of Soviet troops”; s6 “no one wanted counterrevolution”; s30; s17
    content = dict(zip(session.demands.sentence, session.demands.text))
    assert content["s8"] == "the withdrawal of Soviet troops"
    assert content["s17"] == "to take power into its own hands"
    words = rows_of(session, "demands", kind="wish").text
    assert {"counterrevolution", "counterrev."} <= set(words)
    assert list(rows_of(session, "demands", kind="fear").sentence) == ["s31", "s32", "s33"]


def test_a_demand_is_no_clause_and_framing_is_neither(session):
    inside = [
        set(range(row.start, row.end))
        for table in ("reported", "demands", "framing")
        for row in getattr(session, table).itertuples()
    ]
    assert sum(map(len, inside)) == len(set().union(*inside))


def test_what_frames_stands_in_the_sentence_of_what_it_frames(session):
    homes = {
        **dict(zip(session.reported.reported, session.reported.sentence)),
        **dict(zip(session.demands.demand, session.demands.sentence)),
    }
    assert list(session.framing.passage.map(homes)) == list(session.framing.sentence)
    assert rows_of(session, "framing", passage="q5").text.item() == "They reported that"  # s47


def test_every_passage_in_others_words_has_its_voice(session):
    # s67 he was there; s52 “sent back telegrams”; s58 “Nagy was convinced”; s51 “They summoned Andropov”, not “we”
    voices = session.voices.set_index("passage")
    assert set(voices.index) == {*session.reported.reported, *session.demands.demand}
    assert list(voices.knows[["q14", "q8", "q11", "q7"]]) == [
        "present",
        "told",
        "concludes",
        "open",
    ]
    reported = session.reported.set_index("reported").source
    assert voices.source[reported.index].fillna("").equals(reported.fillna("").rename("source"))


def test_the_telegrams_came_by_way_of_the_government(session):
    steps = rows_of(session, "channels", passage="q8")
    assert list(steps.name) == ["telegrams", "the Hungarian government"]
    assert list(steps.voice.fillna("")) == ["", "gov-hu"]


def test_times_are_what_their_sentences_say(session):
    # s54 “This was at noon”; s11 “Yesterday”; s23 with note 7: 30 October; s34: not after 1 November
    dates = session.dates.set_index("date")
    told = session.edition.transcript
    assert all(told[d.start : d.end].split() == d.text.split() for d in dates.itertuples())
    by = dates.set_index("sentence").edtf
    assert by["s54"] == "1956-11-01T12:00:00" and by["s11"] == "1956-11-01"
    assert by["s23"] == "1956-10-30" and by["s34"] == "[..1956-11-01]"


def test_nothing_comes_before_what_is_surely_earlier(session):
    """A date that comes before another can begin no later than the other's end."""
    ends = pd.concat([session.dates, session.elsewhere]).set_index("date")
    for row in rows_of(session, "relations", relation="before").itertuples():
        first, last = ends.earliest[row.first], ends.latest[row.second]
        assert not isinstance(first, str) or not isinstance(last, str) or first <= last, row


def test_the_way_to_neutrality_is_told_with_one_because(session):
    # s45 “movements of Sov. troops, which alarmed the gov't and masses”
    assert list(rows_of(session, "relations", relation="because")["first"]) == ["s45"]


def test_a_note_that_looks_ahead_says_what_nobody_could_know(session):
    # n3.5, n3.6 Dudas; n4.3 Angyal executed; n6.1 Kethly on 3 November; n7.5, n7.6 the legation; n12.3, n12.4 Kovacs
    ahead = list(rows_of(session, "note_functions", function="look-ahead").sentence)
    assert ahead == list(rows_of(session, "hindsight", kind="event").sentence)
    assert ahead == ["n3.5", "n3.6", "n4.3", "n6.1", "n7.5", "n7.6", "n12.3", "n12.4"]


def test_every_sentence_of_a_note_does_something_and_every_note_reaches_one(session):
    notes = rows_of(session, "sentences", layer="notes").sentence
    assert set(session.note_functions.sentence) == set(notes) - {"n0.1"}
    assert set(session.reaches.note) == set(session.notes.note)
    # note 2: “These initial comments” are the whole speech; the third person is in s67 and s73
    two = rows_of(session, "reaches", note="n2")
    assert len(two) == 97 and list(two.sentence[two.through == "sentence"]) == ["s1", "s67", "s73"]


def test_the_russian_has_the_counterrevolution_twice_more(session):
    # after s5: “classed it as counterrevolution … they did not feel that they were counterrevolutionaries”
    changes = session.variant_terms.set_index("family").change
    assert changes["counterrevolution"] == 2 and changes["rebels"] == -1
    assert rows_of(session, "variants", kind="speaker").other.item() == "[Кадар:]"


def test_what_another_could_read_otherwise_is_listed(session):
    # s46 “The gov't is doing one thing, and the troops another.”: Soviet, medium; s24 one organisation, low
    sure = session.certainties
    assert set(sure[(sure.sentence == "s46") & (sure.about == "entity")].certainty) == {"medium"}
    assert set(sure[sure.sentence == "s24"].certainty) == {"low"}
    assert set(sure[sure.about == "reported"].sentence) >= {"s46", "s48"}
    ids = {*session.mentions.mention, *session.reported.reported, *session.sentences.sentence}
    passages = sure[sure.about != "expansion"].item
    assert set(passages) <= ids | {"qn1"}


def test_the_names_of_the_event_are_found_where_they_stand(session):
    assert sentences_of(session, "terms family=uprising layer=all") == ["s3", "n3.1"]
    assert sentences_of(session, "terms family=fear") == ["s31", "s32", "s33", "s45", "s55", "s86"]
    assert sentences_of(session, "terms family=strike sense=a_blow") == ["s58"]  # against Budapest
    # s40 “the party”; s74 “The renaming of the party”; s80 “our party”; s109 “the party cadres”
    assert sentences_of(session, "terms family=party sense=the_party") == [
        "s40",
        "s74",
        "s80",
        "s109",
    ]
    assert sentences_of(session, "terms family=declaration sense=of_neutrality") == ["s12"]


def test_the_tables_beside_the_edition_are_those_that_it_gives(session):
    """They are what others count in: a change of any cell shows in the history of the data."""
    made = tables_of(session)
    folder = TOP / "data" / "tables"
    assert sorted(made) == sorted(path.name for path in folder.iterdir())
    for name, text in made.items():
        there = (folder / name).read_bytes().decode("utf-8")
        assert text == there, f"{name}: run `python -m analysis tables` and look at what changed"
