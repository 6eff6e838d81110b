"""Tables and pages as viewers get them: numbers, CSV, and what no viewer takes away."""

import csv
import io
import math
import re

import bleach
import pandas as pd
import pytest
from IPython.lib.pretty import pretty
from lxml import html

from analysis import portable as viewers
from analysis.errors import AskError
from analysis.page import RICH, Page, Shown, Table, decimals, slug, values_shown
from analysis.portable import portable

FRAME = pd.DataFrame(
    {
        "family": ["wall", "=1+1"],
        "count": [1200, 3],
        "ratio": [0.328, math.inf],
        "evidence": ["evidence:terms?family=wall", ""],
    }
)


@pytest.mark.parametrize(
    "values, places",
    [
        ([0.328, 0.408, 0.5, 0.283, 0.374], 2),  # .33 .41 .50 .28 .37
        ([1.0, 2.0], 1),
        ([0.5, 0.5], 1),
        ([0.1234, 0.1233], 4),
        ([0.12341, 0.12342], 1),  # no reader is served by a fifth decimal
        ([math.inf, 0.31, 0.33], 2),
        ([], 1),
    ],
)
def test_as_many_decimals_as_tell_the_values_apart(values, places):
    assert decimals(values) == places


def test_names_in_any_script_stay_apart_in_an_address():
    assert slug("Socialism & Communism (sense)") == "socialism-communism-sense"
    # а and б are the letters 1072 and 1073, é is 233: 430, 431 and e9 to the base of sixteen
    assert [slug(name) for name in ("Аб", "б", "béke", "b-ke", "—")] == [
        *("430-431", "431", "b-e9-ke", "b-ke", ""),
    ]


def test_how_values_are_written():
    assert values_shown(pd.Series([-1.5, 2.3, math.inf, -math.inf, float("nan")])) == (
        ["−1.5", "2.3", "∞", "−∞", ""],
        True,
    )
    assert values_shown(pd.Series([1200, 7])) == (["1,200", "7"], True)
    assert values_shown(pd.Series(["a", None], dtype=object)) == (["a", ""], False)
    assert values_shown(pd.Series([True, False])) == (["True", "False"], False)


def test_a_table_links_its_counts_and_explains_what_has_no_bound():
    root = html.fromstring(Table(FRAME, "Walls").text)
    assert root.xpath("//td/a/@href") == ["evidence:terms?family=wall"]
    assert root.xpath("string(//td/a)") == "1,200"
    assert "∞: without bound" in root.text_content() and root.xpath("string(//caption)") == "Walls"
    assert [h.get("scope") for h in root.xpath("//th")] == ["col"] * 3
    assert "without bound" not in Table(FRAME.head(1)).text


def test_what_is_written_by_others_is_escaped():
    odd = pd.DataFrame({"<b>": ["<script>"], "count": [1], "evidence": ['evidence:x?a="']})
    text = Table(odd, "<i>").text
    assert "<script" not in text and "<b>" not in text and 'a="' not in text


def test_csv_as_others_read_it_and_as_excel_does(tmp_path):
    table = Table(FRAME)
    assert table.csv() == "family,count,ratio\nwall,1200,0.328\n=1+1,3,inf\n"
    assert table.csv(excel=True).startswith("\ufefffamily") and "\n'=1+1," in table.csv(excel=True)
    path = table.save(tmp_path / "walls.csv", excel=True)
    assert path.read_bytes().startswith(b"\xef\xbb\xbffamily,") and b"\r" not in path.read_bytes()
    with pytest.raises(AskError, match=r"\.csv, not as \.xlsx"):
        table.save(tmp_path / "walls.xlsx")
    with pytest.raises(AskError, match=r"\.csv, not as a file without an ending"):
        table.save(tmp_path / "walls")


def test_a_notebook_is_told_in_full_where_a_file_lies(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert pretty(Table(FRAME).save("walls.csv")) == f"saved as {tmp_path.resolve() / 'walls.csv'}"


@pytest.mark.parametrize("first", [*"=+-@\t\r\n", *"＝＋－＠"])
def test_a_text_that_a_spreadsheet_would_compute_stays_a_text(first, monkeypatch):
    frame = pd.DataFrame({f"{first}A1": [f"{first}1+1", "", "a=b", None], "count": [-1, 2, 3, 4]})
    text = Table(frame).csv(excel=True)
    assert text.startswith("\ufeff")
    [head, *rows] = csv.reader(io.StringIO(text[1:], newline=""))
    first_there = first.replace("\r", "\n")
    assert rows == [[f"'{first_there}1+1", "-1"], ["", "2"], ["a=b", "3"], ["", "4"]]
    assert head == [f"'{first_there}A1", "count"]
    copied = []
    monkeypatch.setattr(
        pd.DataFrame, "to_clipboard", lambda self, **how: copied.append((self, how))
    )
    Table(frame).copy()
    ((text, how),) = copied
    assert how == {"index": False}
    assert text.iloc[0].to_list() == [f"'{first}1+1", -1] and frame.iloc[0, 0] == f"{first}1+1"


def test_a_clipboard_that_is_not_there_is_said(monkeypatch):
    def none(self, **options):
        raise pd.errors.PyperclipException

    monkeypatch.setattr(pd.DataFrame, "to_clipboard", none)
    with pytest.raises(AskError, match="save the table"):
        Table(FRAME).copy()


# For viewers that trust nobody ------------------------------------------------------------------

RICHLY = (
    '<section id="x"><h3>Head</h3><p class="a">One <cite>two</cite><svg><text>0</text></svg> & '
    '<a href="evidence:words">3</a></p><style>b{}</style><dl><dt>d</dt><dd>e</dd></dl>'
    '<table><caption>C</caption><tr><th scope="col">f</th></tr><tr><td>g</td></tr></table></section>'
)


def test_portable_html_is_left_as_it_is_by_who_trusts_nobody():
    text = portable(RICHLY)
    tags = [*bleach.ALLOWED_TAGS, "div", "span", "table", "tr", "td"]  # nbconvert --sanitize-html
    cleaned = bleach.clean(text, tags=tags, attributes={"td": ["role"], "a": ["href"]})
    # tbody is put in by its parser; sides and margins are taken away
    assert re.sub("&lt;/?tbody&gt;", "", cleaned) == re.sub(' style="[^"]*"', "", text)
    assert html.fromstring(text).text_content() == "HeadOne two & 3deCfg"
    assert "<a" not in text  # it would lead nowhere
    assert portable("a &lt;b&gt; <i>c</i>") == "a &lt;b&gt; <i>c</i>"


def test_links_lead_to_where_they_open(monkeypatch):
    monkeypatch.setattr(viewers, "links", lambda path: {"evidence:words": "../book#words"})
    assert '<a href="../book#words">3</a>' in portable(RICHLY)
    assert portable('<a href="https://a.b/">c</a>') == '<a href="https://a.b/">c</a>'
    assert portable('<a href="http://a.b/">c</a>') == '<a href="http://a.b/">c</a>'
    assert portable('<a href="javascript:x">c</a>') == portable("<a>c</a>") == "c"


def test_a_page_and_a_table_are_shown_whole_or_plainly(monkeypatch):
    for shown in (Page(RICHLY, "a page"), Table(FRAME, "Walls")):
        bundle = shown._repr_mimebundle_()
        assert set(bundle) == {"text/html", "text/plain"} and bundle["text/plain"] == repr(shown)
        assert shown._repr_html_() == bundle["text/html"] == portable(shown.text)
        with monkeypatch.context() as patch:
            patch.setattr(Shown, "whole", True)
            assert shown._repr_mimebundle_() == {RICH: shown.text, "text/plain": repr(shown)}


def test_numbers_stand_at_the_right_and_texts_at_the_left_with_their_heads():
    root = html.fromstring(portable(Table(FRAME, "Walls").text))
    rows = [[c.get("style") for c in row.findall("td")] for row in root.iter("tr")]
    assert rows == [["text-align:left", "text-align:right", "text-align:right"]] * 3
    kwic = '<table><tbody><tr><td class="left">a</td><td class="right">b</td></tr></tbody></table>'
    assert re.findall(r"text-align:(\w+)", portable(kwic)) == ["right", "left"]


def test_of_a_folded_list_a_few_items_are_shown_and_the_rest_counted():
    items = "".join(f"<li>{n}</li>" for n in range(30))
    told = portable(f"<details><summary>Which</summary><ol>{items}</ol></details>")
    shown = [item.text for item in html.fromstring(told).iter("li")]
    assert shown == [*map(str, range(12))]
    assert told.endswith("</ol><div>and 18 more, which the book lists</div></div>")
    assert portable(f"<ol>{items}</ol>").count("<li>") == 30  # a list that a page shows
