"""The switches of a page: what each number, share and verdict becomes under every reading.

All of it is counted when the book is built (:mod:`analysis.grids`), and written once, to
``readings.js``, which a page asks for when a reader first touches a switch.  In a page, ``data-n``
says which of these values a number is.
"""

import json
from collections.abc import Callable, Iterable
from hashlib import sha1
from pathlib import Path
from typing import Any

from lxml import html
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from analysis.decisions import DECISIONS
from analysis.evidence import Evidence
from analysis.grids import Grid, grid_of_shares, grid_of_verdicts, grids_of_counts
from analysis.readings import choices
from book.building import made_from
from book.evidence.domain import EvidenceDomain, evidence_of
from book.lists import as_json, script_of_text, scripts
from book.session import TEXT, SessionSource, source

DATA, SPEECHES = "readings", "speeches"


def all_asked(domain: EvidenceDomain) -> set[str]:
    """What the numbers of the book depend on."""
    claims = {f"claim:{name}" for name in source.claims}
    return domain.all_asked() | source.overview().addresses | claims


def grids(book: SessionSource, asked: Iterable[str]) -> dict[str, Grid]:
    """What becomes of each of these under every reading: addresses of evidence, ``ADDRESS /
    ADDRESS`` for a share, ``claim:NAME``; only those that a reading can change.

    Whatever is asked under a reading of its own stays as it is.
    """
    sides, found = {}, {}
    for ask in sorted(asked):
        if ask.startswith("claim:"):
            name = ask.removeprefix("claim:")
            found[ask] = grid_of_verdicts(book.session, book.verdict_on(name))
        elif ask.startswith("evidence:"):
            some = tuple(map(Evidence.parse, ask.split(" / ")))
            if not any(evidence.reading.options for evidence in some):
                sides[ask] = some
    counts = grids_of_counts(book.session, (e for some in sides.values() for e in some))
    for ask, (part, *whole) in sides.items():
        found[ask] = grid_of_shares(counts[part], counts[whole[0]]) if whole else counts[part]
    return {ask: grid for ask, grid in found.items() if grid.axes}


class Named:
    """The values of the book, each once, by the name that a page knows it by.

    It is named by what it is: a page that a later build leaves as it is still means the same.
    """

    def __init__(self, found: dict[str, Grid]):
        self.names: dict[str, str] = {}
        self.values: dict[str, str] = {}
        for ask, grid in found.items():
            value = as_json(grid)
            self.names[ask] = sha1(value.encode()).hexdigest()[:8]
            if self.values.setdefault(self.names[ask], value) != value:
                raise ValueError(f"two values have the name {self.names[ask]}: make names longer")

    def script(self) -> str:
        """The script that a page asks for: the decisions, and the values of all numbers."""
        decisions = [
            {
                "name": decision.name,
                "question": decision.question,
                "options": [[name, what.says] for name, what in decision.options.items()],
            }
            for decision in DECISIONS.values()
        ]
        told = json.dumps(decisions, ensure_ascii=False, separators=(",", ":"))
        values = ",".join(f'"{name}":{value}' for name, value in self.values.items())
        return f"readings({told},\n{{{values}}});\n"


# In a build ---------------------------------------------------------------------------------------


class Switches:
    """What a build has counted for the switches of its pages."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}  # of the values of what is asked
        self.named: Callable[[], dict[str, str]] | None = None  # gives them, once they are there
        self.scripted: set[str] = set()  # the pages of lists, each of which has a script beside it

    def count_all(self, app: Sphinx, env: BuildEnvironment) -> None:
        """When all pages are read: begin to count all values, and to write their scripts."""
        if app.builder.name != "html":
            return
        domain = evidence_of(env)
        asked = sorted(all_asked(domain))
        listed = sorted(domain.all_addresses() | source.overview().addresses)
        parts = sorted(domain.all_parts())
        self.scripted = {page for page, _ in source.choices_of(listed)}

        def count() -> dict[str, str]:
            named = Named(grids(source, asked))
            write(app, {DATA: named.script(), SPEECHES: script_of_text(source)})
            return named.names

        def list_all() -> None:
            for old in Path(app.outdir, "evidence").glob("*.js"):  # of a page that is no more
                old.unlink()
            write(app, scripts(source, listed, parts))

        def find_choices() -> None:
            for _, some in source.choices_of(listed):
                for evidence in some:
                    choices(source.session, evidence.reads)  # which remembers them

        self.named = made_from(app, "switches", [asked], count, f"{DATA}.js", first=find_choices)
        files = (f"{page}.js" for page in self.scripted)
        made_from(app, "lists", [listed, parts], list_all, *files)

    def before_pages(self, app: Sphinx, builder: Builder) -> None:
        """Before pages are written: the names of the values."""
        if self.named:
            self.names = self.named()

    def number(
        self, app: Sphinx, page: str, context: dict[str, Any], root: html.HtmlElement
    ) -> None:
        """Name the value of each number of a page that a reading can change."""
        for element in root.xpath(".//*[@data-asks]"):
            known = self.names.get(element.attrib.pop("data-asks"))
            if known:
                element.set("data-n", known)
        context["readings"] = context["pathto"](f"{DATA}.js", 1)
        if page == TEXT:
            context["speeches"] = context["pathto"](f"{SPEECHES}.js", 1)
        if page in self.scripted:
            context["lists"] = context["pathto"](f"{page}.js", 1)


def write(app: Sphinx, found: dict[str, str]) -> None:
    """Write scripts, each beside the page of its name."""
    for page, script in found.items():
        path = Path(app.outdir, f"{page}.js")
        path.parent.mkdir(exist_ok=True)
        path.write_text(script, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Count before pages are written, and number each page before it is prepared."""
    switches = Switches()
    app.connect("env-updated", switches.count_all, priority=450)  # after all that is quickly begun
    app.connect("write-started", switches.before_pages)
    app.connect("page-parsed", switches.number, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
