"""What the search finds: the text as it is printed, in pieces that have an address."""

import json
import re

import pytest
from lxml import html
from paths import SITE

from book.search import pieces

INDEX = SITE / "searchindex.js"


@pytest.fixture(scope="module")
def index():
    """The index as the script has it: [page, title, [[id, text], …]] of each page."""
    text = INDEX.read_text(encoding="utf-8")
    return json.loads(text[text.index("[") : text.rindex("]") + 1])


@pytest.mark.parametrize(
    ("text", "found"),
    {
        # cells, heads, headings, items and lines each end a word
        "<table><tr><td>Leonid Brezhnev</td><td>0</td><td>0</td></tr></table>": [
            "Leonid Brezhnev 0 0"
        ],
        "<dl><dt>gov't</dt><dd>Inner <b>circle</b></dd></dl>": ["gov't", "Inner circle"],
        "<section><h2>One</h2><h3>Two</h3><p>three</p></section>": ["One", "Two", "three"],
        "<ul><li>a<ul><li>b</li><li>c</li></ul></li></ul>": ["b", "c"],
        "<p>one<br>two</p>": ["one two"],
        "<figcaption>A<div>B</div><div>C</div></figcaption>": ["A B C"],
        # two sentences with ids of their own, and what stands between and in them
        "<p><span id='s51'>railroad workers<a class='noteref'>17</a>.</span>"
        "<span id='s52'>Yuri<sup class='whose'>?</sup> Andropov.</span></p>": [
            "railroad workers.",
            "Yuri Andropov.",
        ],
        # emphasis and links end no word
        "<p>Ká<em>dár</em>’<b>s</b> w<a href='x'>ord</a></p>": ["Kádár’s word"],
        "<p>seen</p><pre>code</pre><details><p>folded</p></details><script>no</script>": ["seen"],
    }.items(),
)
def test_words_end_where_a_reader_sees_them_end(text, found):
    root = html.fragment_fromstring(text, create_parent="section")
    assert [piece for _, piece in pieces(root)] == found


def test_a_sentence_is_found_as_it_is_and_by_its_own_address(index, session):
    places = dict(next(found for page, _, found in index if page == "chapters/text.html"))
    for row in session.sentences.itertuples():
        assert places[row.sentence] == row.text
    # s51 "… railroad workers", s52 "Yuri Andropov …": one had run into the other
    whole = INDEX.read_text(encoding="utf-8")
    assert not re.search(
        r"workersYuri|Brezhnev0|gov'tInner|by a certain timeHungarian|neutrality,\?", whole
    )
