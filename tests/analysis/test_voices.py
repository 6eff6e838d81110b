"""Voices, clocks, chain and notes: counts made by hand, with their sentences."""

from collections import Counter

import matplotlib
import pandas as pd
import pytest
from lxml import html
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis.chart import NARROW, WIDE
from analysis.clocks import beside, chain, closer, contradictions, dated, story
from analysis.errors import AskError
from analysis.evidence import Evidence
from analysis.figures.chain import chain_chart
from analysis.figures.clocks import clocks_chart
from analysis.figures.field import Scale
from analysis.figures.notes import with_and_without
from analysis.figures.others import whose_terms_chart
from analysis.figures.voices import voices_chart
from analysis.readings import Reading
from analysis.style import STYLE
from analysis.voices import (
    RECKONINGS,
    hand_name,
    hands,
    in_lanes,
    passages,
    stretches,
    terms_of_others,
    words_of_others,
)

ALL = Reading(reported="all aside")


def every_address_counts_its_row(session, table):
    for row in table.itertuples():
        if row.evidence:
            assert Evidence.parse(row.evidence).count(session) == row.count, row


# Whose words ------------------------------------------------------------------------------------


def test_every_passage_is_there_once_and_leads_to_itself(edition):
    table = passages(edition)
    assert len(table) == len(edition.reported) + len(edition.demands)
    every_address_counts_its_row(edition, table)
    for row in table.itertuples():
        assert list(Evidence.parse(row.evidence).rows(edition).text) == [row.text]


def test_who_heard_what(session):
    table = passages(session).set_index("passage")
    # s47 “They reported that Soviet troops had crossed the border in transport vehicles.”
    assert table.way["q5"] == ("a report", "the Hungarian government")
    # s52 “Hungarians at the border sent back telegrams saying that …”
    assert table.way["q8"] == ("telegrams", "the Hungarian government")
    # s51, s57: “Andropov said that …”, “He responded: …”: nobody says that Kádár was there
    assert list(table[table.source == "andropov"].knows) == ["open", "open"]
    # s6 “I personally took part in one meeting … and no one wanted counterrevolution”; s8; s28; s62;
    # s63, s67, s70, s71, s72 in the government and the inner cabinet
    there = table[table.knows == "present"]
    assert list(there.sentence) == ["s6", "s8", "s28", "s62", "s63", "s67", "s70", "s71", "s72"]
    # s47, s49, s52, s53: the border, and what should be done
    assert list(table[table.knows == "told"].sentence) == ["s47", "s49", "s52", "s53"]


def test_what_kind_of_words_a_passage_is(session, second):
    """q1 and o9 of s10: “we'll starve …” in his or her own words, “the withdrawal of troops”."""
    table = passages(session).set_index("passage")
    assert table.loc["q1", ["said", "kind"]].to_list() == ["own wording", "quotation"]
    assert table.loc["o9", ["said", "kind"]].to_list() == ["noun", "demand"]
    assert set(table.kind[table.said == "clause"]) == {"clause"}
    (only,) = passages(second).astype(object).fillna("").itertuples(index=False)
    assert only == (
        *("q1", "", "own wording", "quotation", "", "", (), "s14", "sp4", "weir-elder"),
        *("build on the hill", 1, "evidence:reported?reported=q1"),
    )


def test_lanes_of_one_source_and_of_one_way_lie_together(edition):
    table = passages(edition)
    lanes = in_lanes(table)
    assert sorted(lanes.passage) == sorted(table.passage)
    assert list(lanes.index) == list(range(len(table)))
    assert list(lanes) == [*table, "last"]
    assert list(lanes["last"]) == [way[-1] if way else "" for way in lanes.way]
    assert len(stretches(list(lanes.source))) == lanes.source.nunique()
    for _, mine in lanes.groupby("source"):
        assert len(stretches(list(map(str, mine.way)))) == mine.way.nunique()


def test_what_serves_several_sources_is_drawn_as_one(session):
    # the government stands between nobody, Andropov, Tildy (s59) and the speaker
    lanes = in_lanes(passages(session))
    runs = stretches(["government" in last for last in lanes["last"]])
    assert len(runs) == 1
    first, last = runs[0]
    assert set(lanes.source[first : last + 1]) == {"none", "andropov", "tildy"}


def test_stretches_by_hand():
    assert stretches(["a", "a", "", "b", "b", "a"]) == [(0, 1), (3, 4), (5, 5)]
    assert stretches([]) == [] and stretches(["", ""]) == []


def test_the_hands_between_the_room_and_the_page(session, second):
    assert hands(session) == ["malin", "translator"]
    assert [hand_name(session, h) for h in hands(session)] == ["Malin", "the translator"]
    assert hands(second) == ["clerk"]


def test_each_reckoning_sets_more_aside_than_the_one_before(edition):
    table = words_of_others(edition)
    for _, mine in table.groupby("speech"):
        assert list(mine.reckoning) == list(RECKONINGS)
        assert list(mine["count"]) == sorted(mine["count"]) and (mine["count"] <= mine.of).all()
    every_address_counts_its_row(edition, table)


def test_words_of_others_by_hand(session):
    table = words_of_others(session).set_index(["speech", "reckoning"])["count"]
    # s10 “we'll starve in the process, but the troops must be withdrawn” (11), s13 “we will go back
    # to work” (6), s34 “we are creating … but we can't struggle on the basis of the old program” (17)
    assert table["sp1", "direct aside"] == 11 + 6 + 17
    # s101 “the regime exists and is preserved only through the support of the USSR” (13), “Certainty
    # that” (2)
    assert (table["sp2", "all aside"], table["sp2", "with framing"]) == (13, 15)
    # s110 “the withdrawal of Soviet troops” (5), “The question is pointedly raised about” (6)
    assert (table["sp4", "clauses aside"], table["sp4", "all aside"]) == (0, 5)
    assert table["sp4", "with framing"] == 11
    # s109 “a concrete request: preserve the party cadres” is Kádár's own
    assert table["sp3", "with framing"] == 0


def test_withdrawals_by_hand(session):
    table = terms_of_others(session).set_index(["family", "whose"])
    every_address_counts_its_row(session, table.reset_index())
    theirs = Evidence.parse(table.evidence["withdrawal", "others"]).rows(session)
    # s4, s8, s10 twice (“a demand for the withdrawal …”, “must be withdrawn”), s28, s57 the wounded,
    # s72 the question from the UN, s110
    assert list(theirs.sentence) == ["s4", "s8", "s10", "s10", "s28", "s57", "s72", "s110"]
    mine = Evidence.parse(table.evidence["withdrawal", "own"]).rows(session)
    # s80 “withdraw Soviet troops”, “the decision on the withdrawal of troops”; s104 “are withdrawn”
    assert list(mine.sentence) == ["s80", "s80", "s104"]


def test_a_reading_leaves_to_the_reckoning_whose_reported_words_are(session):
    read = Reading(reported="direct aside")
    for ask in (words_of_others, terms_of_others):
        with pytest.raises(AskError, match="leave reported= out of it"):
            ask(session, reading=read)
    whole = words_of_others(session, reading=Reading(doubts="all aside"))
    assert set(whole.reckoning) == set(RECKONINGS)


def test_own_and_others_terms_are_all_terms(edition):
    for reckoning in RECKONINGS:
        table = terms_of_others(edition, reckoning=reckoning)
        assert table["count"].sum() == Evidence.of("terms").count(edition)
    with pytest.raises(AskError, match="all aside"):
        terms_of_others(edition, reckoning="everything")


def test_the_second_edition_has_one_voice(second):
    # “My father said: build on the hill.”
    chart = voices_chart(second)
    assert chart.title == (
        "Of 1 passage in others’ words, the speaker was there for none, as we read it; 1 names nobody"
    )
    assert "not said 1" in chart.alt


# When -------------------------------------------------------------------------------------------


def test_every_dated_passage_is_there_once_in_the_order_of_telling(session):
    table = dated(session)
    every_address_counts_its_row(session, table)
    assert table["at"].is_monotonic_increasing
    assert set(table.date) == set(session.dates.date) - {"t1"}  # t1 stands in the heading


def noon():
    return pd.Timestamp("1956-11-01T12:00")


def test_the_order_of_the_story_draws_a_day_closer(session):
    limits = closer(session)
    # s50 “They summoned Andropov”, s51, s52 come before s53 “Then they reported …” of s54 “at noon”
    assert [limits[t][1] for t in ("t23", "t24", "t25", "t26", "t27")] == [noon()] * 5
    assert limits["t25"][0] == pd.Timestamp("1956-11-01")
    # s55 the nervous state, s56 “They summoned Andropov”, s57 “He responded” come after it
    assert [limits[t][0] for t in ("t29", "t30", "t31")] == [noon()] * 3
    # s63: after no hour; s43, s45: last, and are left as they are
    assert limits["t35"][0] == pd.Timestamp("1956-11-01")
    assert limits["t22"] == (pd.Timestamp("1956-10-30"), pd.Timestamp("1956-11-01T23:59:59"))


def test_limits_only_draw_closer(edition):
    for date, (first, last) in closer(edition).items():
        row = edition.dates.set_index("date").loc[date]
        assert pd.isna(row.earliest) or first >= pd.Timestamp(row.earliest)
        assert pd.isna(row.latest) or last <= pd.Timestamp(row.latest)
        assert pd.isna(first) or pd.isna(last) or first <= last


def test_what_does_not_go_together(session):
    table = contradictions(session)
    homes = dict(zip(session.dates.date, session.dates.sentence))
    pairs = [(homes[r.first], homes[r.second]) for r in table.itertuples()]
    assert pairs == [
        ("s28", "s53"),  # the noon of 1 November is mild, and full of tanks
        ("s28", "s71"),  # nothing final at noon (n8.3)
        ("s12", "s11"),  # a Declaration spoken of before it was adopted
        ("s42", "s47"),  # “organized departure of troops”; “had crossed the border”
        ("s51", "s52"),  # “railroad workers”; “definitely are not railroad workers”
        ("s65", "s66"),  # “Everyone supported it.” “I was a supporter of the view that no …”
        ("s68", "s71"),  # “two hours” from noon, and the evening
        ("s74", "s25"),  # the party renamed; “it has ceased to exist”
        ("s112", "s3"),  # fire on Soviet troops; “When the uprising ended”
    ]
    for row in table.itertuples():
        assert Evidence.parse(row.evidence).count(session) == 2


def test_other_sources_stand_beside_a_passage_each(session):
    table = beside(session)
    assert set(table.passage) <= set(session.dates.date)
    assert set(session.elsewhere.date) - set(table.date) == {"u7"}  # Angyal's death: note 4 only
    against = table[table.relation == "contradicts"]
    assert list(zip(against.date, against.passage)) == [
        ("u2", "t35"),
        ("u2", "t17"),
        ("u5", "t10"),
        ("u9", "t35"),
    ]


def test_a_scale_of_time_by_hand():
    times = pd.DataFrame(
        {"earliest": ["1925-01-01", "1956-11-01"], "latest": ["1925-12-31", "1956-11-01"]}
    ).apply(pd.to_datetime)
    scale = Scale.of(times)
    assert [name for *_, name in scale.marks()] == ["1925", "⋮", "1 Nov"]
    assert scale.at(pd.Timestamp("1925-01-01")) == 0
    a, b, _ = scale.marks()[-1]
    assert scale.at(pd.Timestamp("1956-11-01T12:00")) == pytest.approx((a + b) / 2)
    assert scale.at(pd.Timestamp("1999-01-01")) == scale.width


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_no_label_of_a_dated_passage_is_cut(session, narrow):
    """Every word stands there, in “s77 the Rajk affair” and where a label takes three lines, and on
    the sheet."""
    chart = clocks_chart(session)
    drawn = " ".join(html.fromstring(chart.svg(narrow)).itertext()).split()
    told = [word for r in dated(session).itertuples() for word in [r.sentence, *r.event.split()]]
    assert not Counter(told) - Counter(drawn)
    assert "…" not in "".join(drawn)
    width = NARROW if narrow else WIDE
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(width / 72, chart.height[narrow] / 72))
        FigureCanvasAgg(figure)
        chart.draw(figure, narrow)
        boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    assert min(box.x0 for box in boxes) >= 0 and max(box.x1 for box in boxes) <= width


def test_titles_of_the_two_clocks(session, second):
    assert clocks_chart(session).title == (
        "50 passages can be dated, 3 of them to the hour; 9 pairs are hard to fit together"
    )
    assert clocks_chart(session, sources=True).title == (
        "4 of 12 comparisons with other sources are hard to square with what is told"
    )
    assert clocks_chart(second).title == "No passage of the session is dated"


# Because and then -------------------------------------------------------------------------------


def test_the_chain_to_neutrality_by_hand(session):
    table = chain(session, first="s41", last="s73")
    every_address_counts_its_row(session, table)
    # s45 “movements of Sov. troops, which alarmed the gov't and masses”
    assert list(table[table.link == "because"]["first"]) == ["s45"]
    assert list(table[table.link == "because"]["count"]) == [1]
    thens = table[table.link == "then"]
    assert list(thens["second"]) == [
        *("s50", "s51", "s52", "s53", "s55", "s56", "s57"),  # from report to answer
        *("s63", "s65"),  # “In this atmosphere the idea of neutrality arose.”
        *("s68", "s69", "s70", "s71", "s73"),  # “When Andropov left”
    ]
    assert set(thens["count"]) == {2}


def test_a_part_of_the_story(session):
    assert story(session, first="s50", last="s52") == ["s50", "s51", "s52"]
    assert list(chain(session, first="s50", last="s52")["second"]) == ["s51", "s52"]
    assert story(session)[0] == "s45" and story(session)[-1] == "s73"
    with pytest.raises(AskError, match="no sentence"):
        chain(session, first="s118")


def test_titles_of_the_chain(session, second):
    assert chain_chart(session, first="s41", last="s73").title == (
        "1 cause is stated, and 14 steps in time; 15 of 33 sentences stand alone"
    )
    assert chain_chart(second).title == "No two sentences are told as cause or as sequence"


# The notes --------------------------------------------------------------------------------------


def test_the_text_without_its_notes_beside_what_they_add(session):
    page = html.fromstring(with_and_without(session, first="s1", last="s5").text)
    rows = page.xpath("//tbody/tr")
    texts = [row.xpath("string(td[1])") for row in rows]
    assert texts[0].split() == ["s1", "An", "assessment."] and len(rows) == 5
    # note 2 at s1, note 3 at s2, note 4 at s3; neither Angyal's death (n4.3) nor the book (n4.4)
    assert [row.xpath("td[2]/p/a/text()") for row in rows] == [
        ["n2.1", "n2.2"],
        ["n3.1", "n3.2", "n3.3", "n3.4", "n3.7"],
        ["n4.1", "n4.2"],
        [],
        [],
    ]


def test_terms_of_others_say_what_they_leave_out(second):
    assert "none does" in whose_terms_chart(second, least=3).caption
