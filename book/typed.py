"""*Type a word*: what the box on the page of all lists counts in, under every reading.

The words, what each stands for, whose it is and in which readings are those of the session's
tables; they are written once, to ``words.js``, which the page asks for when the box is first
touched.  The page looks for words as :mod:`analysis.matching` does.
"""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from lxml.html import HtmlElement
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from analysis.colours import colours
from analysis.columns import column
from analysis.concordance import characters, one_line
from analysis.decisions import DECISIONS
from analysis.layers import LAYERS
from analysis.matching import folded, stem
from analysis.measures import speakers
from analysis.readings import walked
from analysis.session import Session
from analysis.tokens import tokens
from analysis.wording import surname_of
from book.building import made_from
from book.evidence.markup import fragment
from book.session import OVERVIEW, source

DATA = "words.js"
SCRIPTS = ("snowball-3.0.1/base-stemmer.js", "snowball-3.0.1/english-stemmer.js", "typed.js")
#: The decisions that change which words there are, and those that change whose they are.
MADE, OWNED = ("words", "apparatus", "abbreviations"), ("reported", "doubts", "opening")
BOX = """<form id="typed" role="search" aria-label="Words of the document">
<label for="typed-word">Type a word</label>
<input id="typed-word" type="search" autocomplete="off" autocapitalize="off" spellcheck="false">
<p>A word, a phrase or a written form, or a beginning with a star: <i>afraid</i>,
<i>two questions</i>, <i>gov't</i>, <i>withdraw*</i>; several parted by commas.</p>
<p role="status"></p>
</form>
<section id="typed-found" aria-label="What was found" hidden></section>
"""


Thing = TypeVar("Thing")


class Known(dict[Thing, int]):
    """A number for each thing that is asked for, in the order of asking."""

    def __missing__(self, key: Thing) -> int:
        return self.setdefault(key, len(self))


def options(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """All options of these decisions."""
    return {name: tuple(DECISIONS[name].options) for name in names}


def owners(session: Session, words: pd.DataFrame, known: Known[str]) -> list[str]:
    """Whose each of these words is, reading by reading: a letter for a speaker, one for each
    combination of the decisions about owners.
    """
    read = session.changed({"words": lambda frame, old, new: words})
    whose = [column(last, "words", "speaker") for _, last in walked(read, options(OWNED))]
    letters = [[chr(ord("a") + known[name]) for name in some] for some in whose]
    return list(map("".join, zip(*letters)))


def for_page(session: Session) -> dict[str, Any]:
    """All that the page has to know, as JSON has it.

    ``sentences`` are [name, text, which, variants]: for each combination of the decisions that make
    words a letter says which variant is read; a variant is its layer, then for each word the
    numbers of its form and of its owners.
    """
    names = {name: number for number, name in enumerate([*speakers(session), "none"])}
    known, owned = Known(names), Known[str]()
    forms = Known[tuple[str, str]]()
    frames = [read.table("words") for _, read in walked(session, options(MADE))]
    stacked = pd.concat(frames, ignore_index=True)
    where = np.repeat(np.arange(len(frames)), [len(frame) for frame in frames])
    columns = (stacked[name].to_numpy(object) for name in ("sentence", "layer", "form", "norm"))
    # sentence -> combination -> the layer, then the words
    found: dict[str, dict[int, list[str | int]]] = defaultdict(dict)
    for at, sentence, layer, form, norm, who in zip(
        where, *columns, owners(session, stacked, known)
    ):
        if isinstance(sentence, str):  # a label stands in none
            said = found[sentence].setdefault(at, [layer])
            said += [forms[form, norm], owned[who]]
    show, sentences = characters(session), []
    for row in session.sentences[session.sentences.sentence.isin(found)].itertuples():
        variants = Known[tuple]()
        each = [tuple(found[row.sentence].get(at, [row.layer])) for at in range(len(frames))]
        which = "".join(chr(ord("a") + variants[said]) for said in each)
        text = one_line("".join(show[row.start : row.end])).strip()
        sentences.append([row.sentence, text, which, list(variants)])
    read = [(form, tokens(norm), folded(form)) for form, norm in forms]
    heard: set[str] = {token for _, meant, written in read for token in (*meant, written)}
    tint = colours(session)
    return {
        "made": [[name, len(DECISIONS[name].options)] for name in MADE],
        "owned": [[name, len(DECISIONS[name].options)] for name in OWNED],
        "speakers": [[surname_of(session, who), tint.get(who)] for who in known],
        "layers": {name: layer.where for name, layer in LAYERS.items()},
        "forms": read,
        "stems": {token: stem(token) for token in sorted(heard) if stem(token) != token},
        "owners": list(owned),
        "sentences": sentences,
    }


# In a build ---------------------------------------------------------------------------------------


def write(app: Sphinx, env: BuildEnvironment) -> None:
    """The script that the page asks for, before pages are written, side by side."""

    def tell() -> None:
        data = json.dumps(for_page(source.session), ensure_ascii=False, separators=(",", ":"))
        Path(app.outdir, DATA).write_text(f"words({data});\n", encoding="utf-8")

    if app.builder.name == "html":
        made_from(app, "typed", [], tell, DATA)


def add_box(app: Sphinx, page: str, context: dict[str, Any], root: HtmlElement) -> None:
    """Put the box on the page of all lists, below its first paragraph."""
    if page == OVERVIEW:
        intro = root.find(".//p")
        for part in reversed(fragment(BOX)):
            intro.addnext(part)
        for script in SCRIPTS:
            app.add_js_file(script, loading_method="defer")


def setup(app: Sphinx) -> dict[str, Any]:
    """Write the words before the pages, and add the box before its page is prepared."""
    app.connect("env-updated", write, priority=400)
    app.connect("page-parsed", add_box)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
