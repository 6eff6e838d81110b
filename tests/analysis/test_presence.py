"""Who is listed, heard, quoted, spoken of: counted by hand, with the sentences beside the counts."""

import pandas as pd
import pytest
from paths import once

from analysis.errors import AskError
from analysis.evidence import Evidence
from analysis.figures.along import bodies_along_chart
from analysis.figures.names import names_chart
from analysis.figures.people import matrix_chart
from analysis.presence import WAYS, feared, grouped, names_by_hand, presence
from analysis.readings import Reading

READINGS = [
    Reading(),
    Reading(opening="nobody"),
    Reading(reported="all aside"),
    Reading(doubts="all aside", opening="confirmed"),
]

#: Sentences of the session in which somebody is named, as often as he is named in them.
NAMED = {
    # s50 They summoned Andropov. s51 Andropov said … s56 They summoned Andropov. s66 … without having
    # spoken with Andropov. s70 They told Andropov … s71 and s73 When Andropov left, …
    "andropov": "s50 s51 s56 s66 s70 s71 s73",
    # s31 Tildy and other cdes. are afraid … s33 Tildy is afraid …, but he's better than Tildy
    # s59 Tildy requested … s64 The initiator of it was Zoltan Tildy.
    "tildy": "s31 s33 s33 s59 s64",
    # s2 supporters of Nagy; s21 in solidarity with Nagy; s22 Nagy's policy; s58 Nagy was convinced
    "nagy-imre": "s2 s21 s22 s58",
    # s33 Tildy is afraid of Kovacs; s34 Kovacs gave a speech in Pecs
    "kovacs-bela": "s33 s34",
    # s67 The whole cabinet, other than Kadar, … s73 … Kadar voted for neutrality, too.
    "kadar": "s67 s73",
    "nagy-ferenc": "s31",  # afraid of Ferenc Nagy
    "dudas": "s2",  # including Dudas, an engineer
    "rakosi": "s3",  # the Rakosi clique
    "mindszenty": "s23",  # freed Cardinal Mindszenty
    "maleter": "s60",  # Maleter, Kovacs, and Kiraly
    "kovacs-istvan": "s60",
    "kiraly": "s60",
    "rajk": "s77",  # The Rajk affair
}
HOSTS = [
    "bulganin",
    "voroshilov",
    "kaganovich",
    "mikoyan",
    "molotov",
    "saburov",
    "suslov",
    "brezhnev",
]
#: Whose words stand in a speech, with the passage: those with a name, then those without.
QUOTED = {
    "andropov": ["these are railroad workers", "the withdrawal of wounded soldiers"],
    "tildy": ["Hungarian tanks approach the parliament"],
    "nagy-imre": ["a strike against Budapest is being prepared"],
    "kovacs-bela": [
        "we are creating a Smallholders party, but we can't struggle on the basis of the old program"
    ],
    "none": [
        "we'll starve in the process, but the troops must be withdrawn",
        "we will go back to work",
        "Soviet troops had crossed the border in transport vehicles",
        "What should be done—to shoot or not to shoot?",
        "these definitely are not railroad workers",
        "Soviet tanks are moving into Szolnok",
        "the regime exists and is preserved only through the support of the USSR",
    ],
}


def sums(table, way):
    """How much there is of a way for each."""
    rows = table[table.way == way]
    return rows.groupby("who", sort=False)["count"].sum().to_dict()


def texts(session, table, way, who):
    """The texts or sentences that the marks of a cell lead to."""
    rows = table[(table.way == way) & (table.who == who)]
    return [
        row
        for address in rows.evidence
        for row in Evidence.parse(address).rows(session).itertuples()
    ]


@pytest.fixture(scope=once)
def people(session):
    return presence(session)


def test_who_is_named_in_which_sentences(session, people):
    assert sums(people, "spoken of") == {who: len(s.split()) for who, s in NAMED.items()}
    for who, sentences in NAMED.items():
        found = sorted((r.start, r.sentence) for r in texts(session, people, "spoken of", who))
        assert [sentence for _, sentence in found] == sentences.split(), who


def test_who_is_listed_and_no_host_is_ever_named(people):
    # "Bulganin, Voroshilov, Kaganovich, Mikoyan, Molotov, Saburov, Suslov, Brezhnev. Cdes. Munnich,
    # Kadar, and Bata"
    assert list(sums(people, "listed")) == [*HOSTS, "munnich", "kadar", "bata"]
    others = people[people.who.isin(HOSTS) & (people.way != "listed")]
    assert others.empty


def test_who_is_heard_and_how_surely(people):
    heard = people[people.way == "heard"].set_index(["who", "standing"])["count"].to_dict()
    assert heard == {
        ("kadar", "inferred"): 1017,
        (
            "kadar",
            "doubted",
        ): 89,  # "a concrete request: preserve the party cadres." is doubted, too
        ("munnich", "labelled"): 67,
        ("munnich", "doubted"): 31,
        ("bata", "labelled"): 82,
        ("bata", "doubted"): 6,  # "Change the policy of the government."
    }
    assert ("kadar", "labelled") not in heard


def test_who_is_quoted_with_which_words(session, people):
    assert sums(people, "quoted") == {
        who: len(words) for who, words in sorted(QUOTED.items(), key=lambda item: item[0] != "none")
    }
    for who, words in QUOTED.items():
        assert [r.text for r in texts(session, people, "quoted", who)] == words


def test_two_are_feared_and_one_of_them_is_quoted(session, people):
    # s31 Tildy and other cdes. are afraid of Ferenc Nagy. s33 Tildy is afraid of Kovacs, …
    # s32 "they're afraid of them" names nobody
    table = feared(session).set_index("who")
    assert table.fears.to_dict() == {"nagy-ferenc": "tildy", "kovacs-bela": "tildy"}
    assert sums(people, "feared") == {"nagy-ferenc": 1, "kovacs-bela": 1}
    assert {"kovacs-bela"} == set(sums(people, "feared")) & set(sums(people, "quoted"))


def test_wishes_are_told_of_tildy_kovacs_and_of_nobody(session, people):
    # Tildy: afraid of Ferenc Nagy, afraid of Kovacs, the idea of neutrality; Kovács: against the
    # return of the landowners and capitalists
    assert sums(people, "wishes") == {"none": 11, "tildy": 3, "kovacs-bela": 1}
    assert [r.text for r in texts(session, people, "wishes", "tildy")] == [
        "Ferenc Nagy",
        "Kovacs",
        "the idea of neutrality",
    ]


def test_who_is_named_elsewhere_only(people):
    rows = people[people.way == "outside"]
    found = {(r.who, r.layer): r.count for r in rows.itertuples(index=False)}
    assert found == {
        ("malin-vn", "notes"): 4,  # n2.1 and n2.2, n3.7, n8.2
        ("malin-vn", "archive"): 1,  # compiled by V. N. Malin
        ("angyal", "notes"): 4,
        ("eorsi", "notes"): 1,
        ("kethly", "notes"): 1,
        ("rainer", "notes"): 2,
        ("fischer", "notes"): 1,
    }


def test_the_order_speaks(session, people):
    groups = grouped(session, people)
    assert groups["heard"] == ["kadar", "munnich", "bata"]
    assert groups["spoken of, not listed"][:3] == ["andropov", "tildy", "nagy-imre"]
    assert groups["listed, not heard"] == HOSTS
    assert groups["named outside the session only"][:2] == ["malin-vn", "angyal"]
    assert groups["nobody named"] == ["none"]


def test_bodies(session):
    table = presence(session, kind="organisation")
    spoken = sums(table, "spoken of")
    assert list(dict(sorted(spoken.items(), key=lambda item: -item[1])).items())[:5] == [
        ("army-su", 21),
        ("gov-hu", 14),
        ("army-hu", 7),
        ("hwp", 6),
        ("gov-su", 5),
    ]
    # "the Sov. gov't is deceiving the Hungarian gov't", "they'll be taking this step", "If these are
    # just maneuvers, …"
    assert sums(table, "quoted") == {"gov-hu": 2, "inner-cabinet": 3}
    assert "presidium" not in spoken and sums(table, "outside")["presidium"] == 4
    assert set(table.way) <= set(WAYS) - {"listed", "heard", "feared"}


@pytest.mark.parametrize(
    "body, by",
    [
        ("army-su", {"kadar": 16, "munnich": 1, "bata": 4}),
        ("army-hu", {"kadar": 4, "bata": 3}),
        ("gov-hu", {"kadar": 12, "bata": 2}),
        ("gov-su", {"kadar": 5}),
        ("inner-cabinet", {"kadar": 2}),
    ],
)
def test_whose_troops_and_whose_government(session, body, by):
    # Bata: "the withdrawal of Soviet troops" (s110), "Soviet and Hungarian troops" (s111, s115),
    # "a Hungarian unit opened fire on Soviet troops" (s112); "the gov't is laying the groundwork",
    # "Change the policy of the government". Münnich: "if the troops are withdrawn" (s104).
    table = presence(session, kind="organisation")
    rows = table[(table.who == body) & (table.way == "spoken of")]
    assert rows.groupby("speaker")["count"].sum().to_dict() == by
    assert bodies_along_chart(session, bodies=body).title.count(str(max(by.values()))) == 1


def test_names_for_the_event_by_hand(session):
    families = ["counterrevolution", "events", "uprising", "rebels", "revolution"]
    table = names_by_hand(session, families=families)
    hands = table.speaker.mask(table.layer != "session", table.layer)
    counts = table.groupby([table.family, hands])["count"].sum()
    assert {f: counts[f].to_dict() for f in families} == {
        # none: "no one wanted counterrevolution" (s6), "don't want counterrev." (s30); the archive's
        # "armed counterrevolutionary groups" (a8)
        "counterrevolution": {"kadar": 7, "munnich": 2, "none": 2, "archive": 1},
        # s37 situation, s94 circumstances, s98 and s99 situation, s107 events; h4 Situation
        "events": {"kadar": 2, "munnich": 3, "heading": 1},
        "uprising": {"kadar": 1, "notes": 1},  # s3, n3.1
        "rebels": {"kadar": 1, "notes": 5},  # s3; n3.2, n3.3, n4.1, n4.2, n9.1
        "revolution": {"notes": 2},  # n7.4, n16.4; in the session only in names
    }
    assert "in the notes only: revolution" in names_chart(session, families=families).title


def test_titles_follow_from_the_table(session):
    assert matrix_chart(session).title == (
        "Most spoken of: Yuri Andropov (7), who is not listed; of 11 who are listed, 8 are neither "
        "heard nor named"
    )
    assert bodies_along_chart(session, bodies=["army-su", "army-hu"]).title == (
        "Soviet troops: Kádár 16, Bata 4 and Münnich 1; Hungarian troops: Kádár 4 and Bata 3"
    )


@pytest.mark.parametrize("reading", READINGS, ids=str)
@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_each_number_counts_what_its_address_chooses(edition, kind, reading):
    table = presence(edition, kind=kind, reading=reading)
    for row in table.itertuples():
        assert Evidence.parse(row.evidence).count(edition) == row.count, row
    assert not table.duplicated(["who", "way", "speaker", "standing", "layer"]).any()
    whole = Evidence.of("mentions", kind=kind).count(edition)
    assert table["count"][table.way == "spoken of"].sum() == whole
    if kind == "person":
        assert table["count"][table.way == "heard"].sum() == Evidence.of("words").count(edition)
        sources = Evidence.of("reported").rows(edition).source
        named = sources.isna() | sources.isin(edition.people.person)
        assert table["count"][table.way == "quoted"].sum() == named.sum()
    everybody = [who for members in grouped(edition, table, kind).values() for who in members]
    assert sorted(everybody) == sorted(set(table.who))


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_names_add_up_under_each_reading(edition, reading):
    table = names_by_hand(edition, reading=reading)
    for row in table.itertuples():
        assert Evidence.parse(row.evidence).count(edition) == row.count, row
    said = table[table.layer == "session"]
    assert said["count"].sum() == Evidence.of("terms").count(edition)


def test_each_mark_is_called_by_what_its_list_holds(edition):
    charts = [matrix_chart(edition), matrix_chart(edition, kind="organisation")]
    charts += [names_chart(edition), matrix_chart(edition, reading=READINGS[1])]
    for chart in charts:
        for address, label in chart.labels.items():
            number = Evidence.parse(address).count(edition)
            assert label.endswith(f": {number:,}"), (address, label)
        if chart.draw:
            told = {*chart.table.frame.evidence}
            if chart.table.otherwise is not None:  # what other readings alone have
                told |= {*chart.table.otherwise.evidence}
            assert set(chart.labels) <= told and chart.labels


def test_nobody_who_speaks_is_feared_by_less_than_his_name(second):
    assert feared(second).empty and isinstance(feared(second), pd.DataFrame)
    assert presence(second, kind="organisation").empty
    assert matrix_chart(second).title == "No person is spoken of by name"


def test_what_there_is_not_is_told(session):
    for ask in (
        lambda: presence(session, kind="place"),
        lambda: matrix_chart(session, kind="place"),
        lambda: bodies_along_chart(session, bodies=["army"]),
        lambda: names_chart(session, families=["revolt"]),
    ):
        with pytest.raises(AskError) as error:
            ask()
        assert "There are" in str(error.value)
