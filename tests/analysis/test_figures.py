"""Every chart, on the project's edition and on the second one: titles, marks, ids, colours, files."""

import colorsys
import io
import json
import math
import re
from collections import Counter
from functools import cache
from itertools import combinations, islice

import pandas as pd
import pytest
from lxml import etree, html
from matplotlib.legend import Legend
from matplotlib.text import Text
from paths import EDITION, SECOND, TOP, once
from PIL import Image

from analysis import read_session
from analysis.alignment import markup_of
from analysis.ask import with_family
from analysis.chart import Chart
from analysis.citation import citation
from analysis.claims_file import read_claims
from analysis.classroom import judged
from analysis.colours import LIGHTNESSES, colours, lightness, palette, patterns
from analysis.errors import AskError
from analysis.evidence import Evidence, count
from analysis.figures.along import along_chart, bodies_along_chart, keeps_to
from analysis.figures.certainty import curve_chart, ranges_chart
from analysis.figures.chain import chain_chart
from analysis.figures.clocks import clocks_chart
from analysis.figures.compared import compared_chart
from analysis.figures.families import (
    families_chart,
    most_mentioned,
    rates_chart,
    search_chart,
    written_chart,
)
from analysis.figures.map import places_map
from analysis.figures.names import names_chart
from analysis.figures.notes import notes_chart
from analysis.figures.others import others_chart, whose_terms_chart
from analysis.figures.people import matrix_chart
from analysis.figures.places import places_chart, referred_to
from analysis.figures.programme import differences_chart, programme_speakers_chart
from analysis.figures.saying import readable
from analysis.figures.speakers import course_chart, layers_chart, who_follows, who_speaks_chart
from analysis.figures.verdicts import decisions, verdicts
from analysis.figures.voices import voices_chart
from analysis.page import RICH, Shown
from analysis.readings import Reading, readings_of
from analysis.style import drawn
from analysis.svg import SVG, corners
from analysis.tallies import Choice, possible
from analysis.wording import joined, percent

GEOGRAPHY = TOP / "data" / "geography" / "states-1956.json"
NOBODY = Reading(opening="nobody")
RESULTS, CLAIMS = read_claims(TOP / "data" / "claims.toml")
CHARTS = {
    "layers": lambda s: layers_chart(s),
    "words": lambda s: who_speaks_chart(s),
    "sentences": lambda s: who_speaks_chart(s, unit="sentences"),
    "speeches": lambda s: who_speaks_chart(s, unit="speeches"),
    "words of nobody": lambda s: who_speaks_chart(s, reading=NOBODY),
    "course": lambda s: course_chart(s),
    "course of nobody": lambda s: course_chart(s, reading=NOBODY),
    "families": lambda s: families_chart(s),
    "families of nobody": lambda s: families_chart(s, reading=NOBODY),
    "rates": lambda s: rates_chart(s),
    "written": lambda s: written_chart(s),
    "search": lambda s: search_chart(s),
    "along": lambda s: along_chart(s),
    "along, least 20": lambda s: along_chart(s, least=20),
    "along, bodies": lambda s: bodies_along_chart(
        s, bodies=list(s.organisations.organisation)[:12]
    ),
    "people": lambda s: matrix_chart(s),
    "people of nobody": lambda s: matrix_chart(s, reading=NOBODY),
    "bodies": lambda s: matrix_chart(s, kind="organisation", least=2),
    "names": lambda s: names_chart(s, families=list(s.lexicon.families)[:3]),
    "compared": lambda s: compared_chart(s, speaker=s.speeches.speaker.dropna().iloc[:2].iloc[-1]),
    "places": lambda s: places_chart(s),
    "places by speaker": lambda s: places_chart(s, by="speaker"),
    "map": lambda s: places_map(s, geography=GEOGRAPHY),
    "map elsewhere": lambda s: places_map(s, geography=GEOGRAPHY, window=(0, 1, 52, 53)),
    "programme": lambda s: programme_speakers_chart(s),
    "differences": lambda s: differences_chart(s),
    "ranges": lambda s: ranges_chart(s, results={}),
    "voices": lambda s: voices_chart(s),
    "voices of nobody": lambda s: voices_chart(s, reading=NOBODY),
    "others": lambda s: others_chart(s),
    "whose terms": lambda s: whose_terms_chart(s),
    "chain": lambda s: chain_chart(s),
    "clocks": lambda s: clocks_chart(s),
    "clocks and sources": lambda s: clocks_chart(s, sources=True),
    "notes": lambda s: notes_chart(s),
}
ABOUT_IT = {"ranges of its results", "curve of words", "curve of a count"}


@cache  # and no fixture: mutmut times what a test calls, and runs what is slow last
def made():
    """Every chart of both editions, each with the session that it is of."""
    session, second = read_session(EDITION), read_session(SECOND)
    charts = [(s, make(s)) for s in (session, second) for make in CHARTS.values()]
    more = [
        ranges_chart(session, results=RESULTS),
        curve_chart(session, result=RESULTS["kadar-words"]),
        curve_chart(session, result=RESULTS["counterrevolution"]),
    ]
    return charts + [(session, chart) for chart in more]


@cache
def drawings():
    """The drawings of every chart that has some: session, chart, SVG."""
    return [
        (session, chart, etree.fromstring(chart.svg(narrow)))
        for session, chart in made()
        if chart.draw
        for narrow in (False, True)
    ]


# What they say ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name, title",
    {
        # 1,099 words before "Munnich:", and seven in "a concrete request: preserve the party cadres."
        "words": "Kádár speaks 86% of the words, if the inference is right",
        "speeches": "Kádár has 2 of the 4 speeches",
        "words of nobody": "85% of the words have no named speaker",
        "course": "Kádár, if the inference is right, fills the record up to word 1,099; then come "
        "Münnich, Kádár and Bata",
        "compared": "Of 26 families 3 are mentioned often enough to compare Münnich with the others, "
        "and no difference can be told from chance",
        "along, least 20": "No family has 20 mentions, too few to say where it comes up",
        "map": "The session names 3 towns, all in Hungary",  # Budapest, Pécs, Szolnok
    }.items(),
)
def test_titles_of_this_session(session, name, title):
    assert CHARTS[name](session).title == title


@pytest.mark.parametrize(
    "name, title",
    {
        "layers": "Of 172 words, 146 are notes of the session",
        "words": "Holt speaks 20% of the words",  # 29 of 146
        "speeches": "Nobody has more than another: 1 speech for each of Marten, Holt, Amos Sayer, "
        "Anna Weir (weir-elder), Anna Weir (weir-younger), Edith Holt and Amos Sayer and nobody "
        "named",
        # 28 words of the unlabelled speech and the seven of the voice
        "words of nobody": "24% of the words have no named speaker",
        "course": "Marten begins; then come Holt, Amos Sayer, Anna Weir (weir-elder) and 3 more",
        "families": "Wall is spoken of most, then rise",  # five times, then four
        "written": "1 mention is cut short, all of committee",  # The comm. promised us money
        "along": "One family has 5 mentions or more: wall from word 14 to 115 of 146",
        "compared": "No family is mentioned often enough to compare Holt with the others",
        "places": "Of 6 references to places, 5 name a place as such",  # the mill does not
        "places by speaker": "Referred to most: Wick (3), then Ashby (lower-ashby), no single place "
        "and Ashby (upper-ashby) (1 each)",
        "map": "No town that is named lies between 8° and 26° east, 44.5° and 50° north",
        "map elsewhere": "The session names 3 towns, all in United Kingdom",
        "ranges": "There are no results to read otherwise",
    }.items(),
)
def test_titles_of_the_second_edition(second, name, title):
    assert CHARTS[name](second).title == title


def test_alternative_text_has_the_numbers(second):
    said = who_speaks_chart(second).alt
    assert "Holt 29; Amos Sayer 28; Marten 24" in said and "5 of them may be doubted" in said
    assert "wall 5, rise 4, water 3" in families_chart(second).alt
    assert "wall 5 times, from word 14 to 115" in along_chart(second).alt


def test_ties_are_said_as_ties():
    assert most_mentioned(pd.Series({"order": 3, "party": 3})).startswith("All families")
    three = pd.Series({"order": 3, "party": 3, "arms": 1})
    assert most_mentioned(three) == "Order and party are spoken of most: 3 mentions each"
    assert most_mentioned(pd.Series({"order": 1})) == (
        "Order is the only family that is mentioned: 1 mention"
    )
    assert most_mentioned(pd.Series({"order": 1}), chosen=True) == "Order is mentioned 1 time"
    assert most_mentioned(pd.Series({"order": 3, "party": 3}), chosen=True) == (
        "These families are mentioned as often as each other: 3 mentions each"
    )
    assert referred_to(pd.Series({"Pécs": 2, "Bonn": 2, "Rome": 1})) == (
        "Referred to most: Pécs and Bonn (2 each), then Rome (1)"
    )
    assert who_follows([("Holt", 1)], 9) == "The whole record is one speech: Holt, 9 words"
    assert who_follows([("Holt", 1), ("Newcome", 4)], 9) == "Holt begins; then comes Newcome"


def stretches(**families):
    rows = {n: (a, b, 9, b - a) for n, (a, b) in families.items()}
    return pd.DataFrame.from_dict(rows, "index", columns=["first", "last", "count", "length"])


def test_where_a_family_keeps_to_is_claimed_only_where_the_numbers_bear_it():
    assert keeps_to(stretches(a=(1, 20), b=(1, 90)), 5, 100).startswith("Some families keep to")
    assert keeps_to(stretches(a=(1, 80), b=(1, 90)), 5, 100) == (
        "Each family with 5 mentions or more runs through more than half of the session: even "
        "a from word 1 to 80 of 100"
    )
    assert "keeps closest together" in keeps_to(stretches(a=(1, 40), b=(1, 60)), 5, 100)


def test_of_families_that_somebody_has_chosen_nothing_is_claimed_about_the_others(session):
    """Government runs from word 49 to 1,292, further than troops, and is mentioned more often than
    fear."""
    some = along_chart(session, families=["fear", "troops"]).title
    assert some.startswith("Of these families with 5 mentions or more, ")
    assert (
        along_chart(session, families="fear").title == "Fear comes up from word 421 to 997 of 1,292"
    )
    assert families_chart(session, families=["fear"]).title == "Fear is mentioned 6 times"
    assert along_chart(session, families=["strike"]).title.startswith(
        "None of these families has 5"
    )
    few = stretches(a=(1, 80), b=(1, 90))
    assert keeps_to(few, 5, 100, chosen=True).startswith("Each of these families with 5 mentions")


def test_thin_lines_are_explained_where_one_is_drawn(session):
    """Whatever an editor decides, fear is mentioned 6 times in this session."""
    assert "Thin line" not in families_chart(session, families=["fear"]).said
    assert "Thin line" in families_chart(session, families=["government"]).said


#: 7 of 1,292 is 0.54%, 100 of 101 is 99.01%; 1 of 8 is 12.5%: a half goes to the even number.
SHARES = (
    (0, 9, "0%"),
    (1, 999, "under 1%"),
    (7, 1292, "under 1%"),
    (1, 101, "under 1%"),
    (1, 100, "1%"),
    (1, 8, "12%"),
    (1, 2, "50%"),
    (99, 100, "99%"),
    (100, 101, "over 99%"),
    (998, 999, "over 99%"),
    (9, 9, "100%"),
    (0, 0, "no share"),
)


def test_lists_and_shares():
    assert [joined("abcdef"[:n], most=4) for n in (1, 2, 4, 6)] == [
        "a",
        "a and b",
        "a, b, c and d",
        "a, b, c and 3 more",
    ]
    for part, whole, says in SHARES:
        assert percent(part, whole) == says


def test_a_title_fits_on_a_page_for_many_speakers():
    begin = [(f"Speaker {n}", 10 * n + 1) for n in range(40)]
    assert len(who_follows(begin, 400)) < 100


# What there is not ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ask, there_is",
    [
        (lambda s: who_speaks_chart(s, unit="terms"), "words, sentences, speeches"),
        (lambda s: places_chart(s, by="layer"), "type, speaker"),
        (lambda s: families_chart(s, family="neutrality"), "families, reading; not family="),
        (lambda s: along_chart(s, "neutrality"), "families, least, reading; not 'neutrality'"),
        (lambda s: families_chart(s, families=["neutralty"]), "neutrality"),
        (lambda s: compared_chart(s), "speaker="),
        (lambda s: compared_chart(s, speaker="nagy-imre"), "kadar"),
        (lambda s: who_speaks_chart(s, reading="nobody"), 'Reading(opening="nobody")'),
        (lambda s: places_map(s, geography=GEOGRAPHY, window=(1, 2)), "west, east, south"),
        (lambda s: curve_chart(s, result=RESULTS["kadar-words"].__class__(
            "doubted", "Doubts", Evidence.of("doubts"))), "no curve"),
        (lambda s: families_chart("the session"), "session"),
        *((lambda s, least=least, chart=chart: chart(s, least=least), f"least= takes a whole number, 1 or more, not {least!r}")
          for chart in (along_chart, rates_chart, matrix_chart, whose_terms_chart) for least in (0, 1.5, "x", None, True)),
        *((lambda s, window=window: places_map(s, geography=GEOGRAPHY, window=window), "west, east, south")
          for window in (None, 5, "abcd", (8, 26, 44.5, math.nan), (8, 8, 44.5, 50), (8, 26, 50, 50, 1))),
        (lambda s: places_map(s, geography="nowhere.json"), "nowhere.json: there is no such file"),
        (lambda s: places_map(s, geography=TOP / "README.md"), "no GeoJSON file of states"),
        (lambda s: places_map(s, geography=TOP / "data"), "a folder, not a GeoJSON file"),
        (lambda s: places_map(s, geography=None), "the path of a GeoJSON file, not None"),
    ],
)  # fmt: skip
def test_who_asks_for_what_there_is_not_is_told_what_there_is(session, ask, there_is):
    with pytest.raises(AskError) as error:
        ask(session)
    assert there_is in str(error.value) and "\n" not in str(error.value)


def test_only_the_families_that_are_asked_for(second):
    assert families_chart(second, families=["water"]).title == "Water is mentioned 3 times"
    assert families_chart(second, families="wall").name == "families-wall"


def test_no_chart_of_a_session_of_ones_own_has_the_name_of_another(second):
    """On one page, and as a file of numbers, each would stand for the other."""
    mine = with_family(second, "my words", "wall, dam")
    assert families_chart(mine).name == "families-my-words"
    assert families_chart(mine, families=["my words"]).name == "families-my-words"
    speakers = [who_speaks_chart(judged(second, {"s1": who})) for who in ("holt", "sayer")]
    names = {chart.name for chart in [*speakers, who_speaks_chart(second)]}
    assert len(names) == 3 and all(re.fullmatch("who-speaks(-[0-9a-f]{8})?", n) for n in names)


@pytest.mark.parametrize("name", CHARTS)
def test_a_session_with_next_to_nothing(bare, name):
    chart = CHARTS[name](bare)
    assert chart.title and chart.text and not re.search(r"\bnan\b|\binf\b", chart.title + chart.alt)


@pytest.mark.parametrize("name", CHARTS)
def test_a_session_with_every_mark(third, name):
    chart = CHARTS[name](third)
    said = f"{chart.title} {chart.alt} {chart.caption} {chart.table.text}"
    assert not re.search(r"\bnan\b|\bNone\b(?! (of|in) )|\binf\b", said)
    assert not chart.draw or chart.svg(narrow=True)


def test_who_is_left_out_of_a_chart_is_not_said_not_to_be(second, third):
    # the crew is named once and fears once; of three mentions of the ferry one is another's word
    none = matrix_chart(third, kind="organisation", least=3)
    assert none.title == "Nobody is listed, heard or named often enough to be drawn"
    assert none.draw is None and none.caption.startswith("All have fewer than 3, ")
    assert whose_terms_chart(third, least=4).title == (
        "No term with 4 mentions or more stands in somebody else's words"
    )
    assert whose_terms_chart(second).title == "No term stands in somebody else's words"


def test_a_speech_of_nobody_is_told_as_what_it_is(second, third):
    # “Let them run from the bank.” is said by a voice; Anna Weir's father has four of her 22 words
    assert "None in Crane’s 21 words and the 6 words of the speech from s10. " in (
        others_chart(third).caption
    )
    assert others_chart(third, reading=NOBODY).title == (
        "Of the 41 words of the opening speech from 12% to 44% are somebody else’s, depending on "
        "what counts as reported"
    )
    assert others_chart(second).title == (
        "Of Anna Weir (weir-elder)’s 22 words 18% are somebody else’s, whatever counts as reported"
    )


def test_who_speaks_of_a_body_is_told_where_that_is_nobody(third):
    # of the crew Pole speaks, if the opening is his; of the council Crane, who has a label
    bodies = ["crew", "council"]
    assert bodies_along_chart(third, bodies=bodies, reading=NOBODY).title == (
        "The crew: nobody named 1; Ferry Council: Crane 1"
    )


def test_a_chart_without_a_picture_says_so(second):
    with pytest.raises(AskError, match="there is no picture: No passage of the session is dated"):
        clocks_chart(second).picture()


def test_a_map_of_polygons_is_the_map_of_the_same_as_multipolygons(third, tmp_path):
    square = [[[0, 52], [1, 52], [1, 53], [0, 53], [0, 52]]]  # round Eastbank, 52.1 north, 0.2 east
    drawn = []
    for kind, coordinates in (("Polygon", square), ("MultiPolygon", [square])):
        state = {"type": "Feature", "properties": {"name": "Ferryland", "label": [0.1, 52.5]}}
        state["geometry"] = {"type": kind, "coordinates": coordinates}
        (tmp_path / "states.json").write_text(json.dumps({"features": [state]}), encoding="utf-8")
        chart = places_map(third, geography=tmp_path / "states.json", window=(-2, 4, 51, 54))
        drawn.append(chart.svg())
    assert drawn[0] == drawn[1] and "Ferryland" in drawn[0]
    assert chart.caption.startswith("Towns that are named. ")  # the file does not say which borders
    (tmp_path / "states.json").write_text('{"features": [{"geometry": null}]}', encoding="utf-8")
    with pytest.raises(AskError, match="this is no GeoJSON file of states"):
        places_map(third, geography=tmp_path / "states.json", window=(-2, 4, 51, 54))


@pytest.fixture(scope=once)
def bare(tmp_path_factory):
    """One speech of one sentence, no name in it, and a lexicon without a family."""
    folder = tmp_path_factory.mktemp("bare")
    source = TOP / "tests" / "editions"
    text = (source / "second.xml").read_text(encoding="utf-8")
    first, last = text.index('<s xml:id="s2">'), text.index('<sp xml:id="sp7">')
    end = text.index("</sp>", last) + len("</sp>")
    text = text[:first] + "</p></sp>" + text[end:]
    text = re.sub(r"<certainty .*?</certainty>", "", text, flags=re.S)
    transcript = (source / "second.txt").read_text(encoding="utf-8")
    transcript = transcript[: transcript.index("It stands a foot")]
    (folder / "second.txt").write_text(transcript, encoding="utf-8")
    (folder / "second.toml").write_text("", encoding="utf-8")
    text = re.sub(r" sha256 <idno.*?</idno>", "", text)
    (folder / "second.xml").write_text(text, encoding="utf-8")
    from analysis import read_session

    return read_session(folder / "second.xml")


# What they draw ---------------------------------------------------------------------------------


def test_every_mark_leads_to_what_it_counts_and_is_called_so():
    for session, chart, root in drawings():
        links = root.findall(f".//{SVG}a")
        assert links, chart.name
        for link in links:
            assert link.get("aria-label") != "what this counts", (chart.name, link.get("href"))
            Evidence.parse(link.get("href")).count(session)


def test_a_drawing_is_as_large_as_its_chart_says(second):
    """Its box is in pixels, and it is never shown larger."""
    chart = who_speaks_chart(second)
    for narrow, width in ((False, 720), (True, 324)):
        root = etree.fromstring(chart.svg(narrow))
        box = f"0 0 {width} {chart.height[narrow]}"
        assert root.get("viewBox") == box and root.get("style") == f"max-width:{width}px"
        assert root.get("width") is root.get("height") is root.get("version") is None
        styles = [e.get("style", "") for e in root.iterdescendants()]
        assert any("currentColor" in style for style in styles)  # the page's, light or dark
        assert not any("#000000" in style or "font:" in style for style in styles)
        assert any(re.search(r"font-size:\d+px", style) for style in styles)
        drawn = [e.get("d") or e.get("transform") or "" for e in root.iterdescendants()]
        assert any(re.search(r"\d\.\d\b", one) for one in drawn)  # no finer than can be seen
        assert not any(re.search(r"\d\.\d\d", one) for one in drawn)


def test_only_marks_are_read_out():
    for _, chart, root in drawings():
        assert root.get("role") == "group" and root.get("aria-label") == chart.alt
        assert all(text.get("aria-hidden") == "true" for text in root.iter(SVG + "text"))
        leads = [e for e in root.iterdescendants() if not e.get("href", "#").startswith("#")]
        assert {e.tag for e in leads} == {SVG + "a"}  # all else points into the drawing
        named = [e.tag for e in root.iterdescendants() if e.get("aria-label")]
        assert set(named) == {SVG + "a"} and len(named) == len(root.findall(f".//{SVG}a"))


def test_every_id_is_one_of_a_kind_and_somebody_points_at_it():
    every = [i for _, _, root in drawings() for i in root.xpath("//@id")]
    names = {(id(session), chart.name) for session, chart, _ in drawings()}
    assert len({chart.name for s, chart, _ in drawings() if s is drawings()[0][0]}) * 2 == sum(
        s is drawings()[0][0] for s, *_ in drawings()
    )
    assert names
    first = [i for s, _, root in drawings() if s is drawings()[0][0] for i in root.xpath("//@id")]
    assert len(first) == len(set(first)) and every
    for _, chart, root in drawings():
        text = etree.tostring(root, encoding="unicode")
        for name in root.xpath("//@id"):
            assert f"#{name}" in text and name.startswith(chart.name)


def test_the_same_chart_is_drawn_in_the_same_bytes(session, second):
    for make in (who_speaks_chart, along_chart):
        assert make(second).text == make(second).text
        assert make(session).picture() == make(session).picture()


def test_ticks_are_written_whole(session):
    chart = rates_chart(session)

    def draw(figure, narrow):
        figure.add_subplot().set_xticks([0.025, 0.125], ["0.025", "0.125"])

    text = Chart("t", "c", "a", chart.table, draw, (100, 100), {}, "ticks").svg()
    assert ">0.025<" in text and ">0.125<" in text
    assert not re.search(r' d="[^"]*\.\d\d', text)


def test_alike_charts_have_names_of_their_own(session):
    names = [
        who_speaks_chart(session).name,
        who_speaks_chart(session, unit="speeches").name,
        who_speaks_chart(session, reading=NOBODY).name,
        who_speaks_chart(session, reading=Reading(opening="confirmed", doubts="all aside")).name,
    ]
    assert names == [
        "who-speaks",
        "who-speaks-speeches",
        "who-speaks-opening-nobody",
        "who-speaks-doubts-all-aside-opening-confirmed",
    ]


# Colours ----------------------------------------------------------------------------------------


def rgb(colour):
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))


def contrast(colour, page):
    a, b = (((lightness(rgb(c)) + 16) / 116) ** 3 + 0.05 for c in (colour, page))
    return max(a, b) / min(a, b)


def test_there_are_colours_for_any_number_of_speakers(second):
    many = list(islice(palette(), 60))
    assert len(set(many)) == 60
    assert all(contrast(c, "#ffffff") > 3 and contrast(c, "#191817") > 3 for c in many)
    # beyond the palette: red, then 0.618034 round the circle each time, dark, light, middling
    assert many[9:12] == ["#b53c3c", "#758fd1", "#62872d"]
    for place, colour in enumerate(many[9:]):
        hue, _, saturation = colorsys.rgb_to_hls(*rgb(colour))
        away = abs(hue - place * 0.618034 % 1)
        assert min(away, 1 - away) < 0.01 and saturation == pytest.approx(0.5, abs=0.02)
        assert lightness(rgb(colour)) == pytest.approx(LIGHTNESSES[place % 3], abs=0.4)
    # of white, black, sRGB's red and a dark grey, by the tables of CIELAB
    known = {(1, 1, 1): 100, (0, 0, 0): 0, (1, 0, 0): 53.24, (0.03, 0.03, 0.03): 2.1}
    assert {c: lightness(c) for c in known} == pytest.approx(known, abs=0.01)
    assert len(colours(second)) == 7 and len(set(colours(second).values())) == 7


def test_grey_print_tells_speakers_apart(second, session):
    """Two speakers differ in lightness by 7 of 100 at least, or in pattern."""
    for of in (session, second):
        looks = {s: (lightness(rgb(c)), patterns(of)[s]) for s, c in colours(of).items()}
        for a, b in combinations([looks[s] for s in looks if s != "none"], 2):
            assert abs(a[0] - b[0]) > 7 or a[1] != b[1]
    assert min(abs(a - b) for a, b in combinations(LIGHTNESSES, 2)) > 7


def test_the_smallest_of_many_speakers_are_put_together():
    rows = [(f"s{n:02}", "labelled", 20 - n) for n in range(12)]
    table = pd.DataFrame(rows, columns=["speaker", "standing", "count"])
    table["evidence"] = [Evidence.of("words", speaker=s).address for s in table.speaker]
    few = readable(table, most=8)
    assert list(few.speaker) == [f"s{n:02}" for n in range(7)] + ["others"]
    assert few["count"].sum() == table["count"].sum()
    assert few.evidence.iloc[-1] == "evidence:words?" + "&".join(
        f"speaker=s{n:02}" for n in range(7, 12)
    )


# Files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_a_chart_is_saved_for_an_essay(session, tmp_path, ending):
    chart = who_speaks_chart(session, reading=NOBODY)
    path = chart.save(tmp_path / f"kadar.{ending}")
    raw = path.read_bytes()
    if ending == "png":
        with Image.open(path) as picture:
            assert round(picture.info["dpi"][0]) == 300 and picture.size[0] == 3000
    if ending == "svg":  # letters are drawn, so that no font is missed
        assert b"<text" not in raw and chart.title.encode() in raw and b"evidence:" not in raw
    if ending == "pdf":
        assert b"/FontFile2" in raw
    assert chart.save(tmp_path / f"again.{ending}").read_bytes() == raw


def test_a_saved_chart_tells_of_no_mark_that_it_has_not(session):
    """All of fear (s31, s32, s33, s45, s55, s86) stands in the opening, which is inferred, and in
    no sentence whose speaker may be doubted."""

    def told(chart):
        with drawn("c"):
            poster = chart.poster(dpi=50)
        (legend,) = poster.findobj(Legend)
        says = [text.get_text() for text in poster.findobj(Text)]
        return [text.get_text() for text in legend.texts], " ".join(" ".join(says).split())

    key, says = told(families_chart(session, families=["fear"]))
    assert key == ["Kádár", "inferred"] and "Hatched: the speaker is inferred." in says
    assert "doubted" not in says and "nobody named" not in says
    key, says = told(along_chart(session, families=["fear"]))
    assert key == ["Kádár"] and "Thin marks: the speaker is inferred." in says
    assert "Broken" not in says and "Thick" not in says
    key, says = told(families_chart(session, families=["fear"], reading=Reading(opening="nobody")))
    assert key == ["nobody named"] and "Hatched" not in says
    assert "nobody named" not in told(course_chart(session))[0]
    assert "nobody named" in told(course_chart(session, reading=Reading(opening="nobody")))[0]


def test_what_a_saved_chart_says_below(session):
    chart = who_speaks_chart(session, reading=NOBODY)
    assert chart.source.endswith("read otherwise (opening: nobody).") and "1956" in chart.source


def test_a_chart_in_an_essay_cites_the_edition_and_the_words_of_a_family_of_ones_own(session):
    mine = with_family(session, "duty", "must, should, necessary")
    cited = along_chart(mine, families=["duty", "fear"]).cited
    assert citation(session) in cited and "as the edition reads it." in cited
    assert cited.endswith(" “duty”: must, should, necessary.")
    assert "duty" not in along_chart(mine, families=["fear"]).cited
    assert who_speaks_chart(session, reading=NOBODY).cited.endswith("(opening: nobody).")


def test_a_chart_is_saved_with_a_title_of_ones_own_or_without(session, tmp_path):
    chart = who_speaks_chart(session)
    usual, own, none = (
        chart.save(tmp_path / f"{n}.svg", **given)
        for n, given in enumerate(({}, {"title": "Who speaks?"}, {"title": ""}))
    )
    assert "<dc:title>Who speaks?</dc:title>" in own.read_text("utf-8")
    assert chart.title in none.read_text("utf-8")  # what the file is called, not what it shows
    high = [
        float(re.search(r'height="([\d.]+)pt"', p.read_text("utf-8"))[1]) for p in (usual, none)
    ]
    assert high[0] - high[1] >= 24  # the line of the title


@pytest.mark.parametrize("name", ["kadar.jpg", "kadar"])
def test_an_ending_that_there_is_not_is_told(session, tmp_path, name):
    with pytest.raises(AskError, match=r"\.png, \.svg, \.pdf"):
        who_speaks_chart(session).save(tmp_path / name)
    assert not list(tmp_path.iterdir())


# Notebooks --------------------------------------------------------------------------------------


def test_below_a_picture_stands_the_beginning_of_a_long_table(session):
    """Where nothing can be folded a table of every mention would fill five screens."""
    chart = along_chart(session)
    rows = html.fromstring(f"<div>{chart.beneath}</div>").xpath("//tbody/tr")
    mentions = len(session.terms[session.terms.layer == "session"])
    assert len(rows) == 30 and f"and {mentions - 30} rows more: " in chart.beneath
    assert "more" not in who_speaks_chart(session).beneath


def test_a_notebook_gets_the_chart_whole_and_as_a_picture(session, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, **more: shown.append((data, more)))
    chart = who_speaks_chart(session)
    chart._ipython_display_()
    (whole, more), (beneath, also) = shown
    assert set(whole) == {"image/png", "text/plain"} and set(beneath) == {"text/html", "text/plain"}
    assert more["raw"] and also == {"raw": True}
    assert more["metadata"]["image/png"]["alt"] == chart.alt
    assert len(whole["image/png"]) < 60_000
    assert "<svg" not in beneath["text/html"] and "1,017" in beneath["text/html"]
    monkeypatch.setattr(Shown, "whole", True)
    shown.clear()
    chart._ipython_display_()
    ((whole, more),) = shown
    assert set(whole) == {RICH, "text/plain"} and "<svg" in whole[RICH] and more == {"raw": True}


@pytest.mark.parametrize("make", [voices_chart, matrix_chart, who_speaks_chart])
def test_a_small_picture_keeps_the_colour_of_each_speaker(session, make):
    """Münnich and Bata have a mark each among Kádár's, and are orange and green there."""
    picture = Image.open(io.BytesIO(make(session).picture())).convert("RGB")
    kept = {colour for _, colour in picture.getcolors(100_000)}
    for name in ("kadar", "munnich", "bata"):
        wanted = tuple(bytes.fromhex(colours(session)[name].removeprefix("#")))
        assert min(max(abs(a - b) for a, b in zip(wanted, one)) for one in kept) <= 8, name


def test_claims_and_decisions_are_pages(session):
    page = html.fromstring(verdicts(session, claims=CLAIMS).text)
    assert len(page.xpath("//section[@class='verdict']")) == len(CLAIMS)
    assert "Kádár" in page.text_content()
    assert "opening: Whose" in html.fromstring(decisions().text).text_content()


def test_the_last_of_the_programmes_speakers_is_compared_with_himself(session, second):
    assert "“Cde. Bata” has 88 words" in programme_speakers_chart(session).caption or (
        "labels no speech" in programme_speakers_chart(session).caption
    )
    # "A voice:" is the last label in both, and after it comes nothing
    assert "“A voice” has 7 words in both" in programme_speakers_chart(second).caption
    assert markup_of(second.edition.transcript)


@pytest.mark.parametrize("name", ["a|b", "$x_$", "<b> & c"])
def test_a_family_of_any_name_is_drawn_and_its_link_leads_to_its_rows(session, name):
    mine = with_family(session, name, "troops")
    chart = families_chart(mine, families=[name])
    assert name in "".join(html.fromstring(chart.svg()).itertext())
    evidence = Evidence.of("terms", family=name)
    assert Evidence.parse(evidence.short) == Evidence.parse(evidence.address) == evidence
    assert evidence.count(mine) == Evidence.of("terms", family="troops").count(mine) > 0


# What they come to under other readings -----------------------------------------------------------


def test_a_chart_knows_what_it_may_come_to(second):
    by = ["speaker", "standing"]
    table = count(second, "words", by)
    every, spans = possible(second, table, Evidence.of("words"), by)
    assert every.iloc[: len(table)].equals(table)
    plain = {}  # the slow way, one reading after the other
    for reading in readings_of(second, Choice(Evidence.of("words"), ("speaker", "standing")).reads):
        for row in count(second, "words", by, reading=reading).itertuples():
            plain.setdefault((row.speaker, row.standing), {})[reading] = row.count
    assert set(plain) == set(every[by].itertuples(index=False, name=None))
    assert len(plain) > len(table)  # Nobody named, where an opening is nobody's
    for speaker, (_, most) in spans.items():
        sums = Counter()
        for (who, _), numbers in plain.items():
            sums.update(numbers if who == speaker else {})
        assert max(sums.values()) == most, speaker


def test_marks_say_how_they_follow_and_those_of_other_readings_are_hidden(session):
    chart = who_speaks_chart(session)
    root = etree.fromstring(chart.svg())
    for group in root.iterfind(f".//{SVG}g[@data-line]"):
        (link,) = group.iter(SVG + "a")
        counted = Evidence.parse(link.get("href")).count(session)
        assert (group.get("display") == "none") == (counted == 0)
        left, _, right, _ = corners(link[0].get("d"))
        each = float(group.get("data-each"))
        assert (right - left) / each == pytest.approx(counted, abs=0.11 / each)  # of a pixel
    assert root.findall(f".//{SVG}g[@display='none']")
    # a picture, and a reading of its own, have none of them
    assert "display" not in who_speaks_chart(session, reading=NOBODY).svg()
    assert not who_speaks_chart(session, reading=NOBODY).plain and chart.plain


def test_words_outside_the_speeches_are_told_where_they_count(session):
    # 48 words of heading, and the speakers' labels, which are their own
    chart = who_speaks_chart(session, reading=Reading(apparatus="counted"))
    assert "48 of them outside the speeches." in chart.alt
