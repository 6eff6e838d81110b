"""What a class sees: pages of its own, which lead to no others, and texts to write on.

A page is the class's if its front matter says ``for: students``.  Its contents are the class's
pages, it has no search, no switches and no card (a chart would tell), a sentence leads to the
student's text, and what would lead out of the class's pages is plain text: the answers are the
teacher's.
"""

from html import escape
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from lxml.html import HtmlElement
from lxml.html.builder import E
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from analysis.copies import how_to_read, lines_to_sort, student_copy, where_others_are
from analysis.errors import AskError
from analysis.figures.map import places_map
from analysis.figures.speakers import who_speaks_chart
from analysis.workshop import ballot, classroom
from book.evidence.markup import fragment, inner_html
from book.session import DATA, TEXT, source

#: What stands where the pack is not.
NO_PACK = (
    '<div id="pack"><p id="no-pack">This copy of the book has no pack of prints and slides: '
    "<code>make pack</code> makes it, with Chromium.</p></div>"
)
SEMINAR = "chapters/seminar"  # below it are its plans, its answers, and the class's pages
HOME = "chapters/students"  # where the class begins
#: Where the class finds a sentence, by the letter of its number.
PAGES = {"s": "student-text", "h": "student-text", "n": "student-notes", "a": "student-notes"}
NO_SCRIPTS = ("switches.js",)  # its numbers lead nowhere, and its readings would tell


def is_for_students(env: BuildEnvironment, page: str) -> bool:
    """Whether a page is the class's."""
    return env.metadata.get(page, {}).get("for") == "students"


def of_the_seminar(env: BuildEnvironment) -> list[str]:
    """The pages of the seminar and of the class."""
    found = [SEMINAR]
    for page in found:  # which grows
        found += env.toctree_includes.get(page, [])
    return found


class StudentCopy(SphinxDirective):
    """``{student-copy}``: a layer of the document as a class gets it, or a part of it."""

    required_arguments = 1
    option_spec = {  # noqa: RUF012 (so Sphinx has it)
        "first": directives.unchanged,
        "last": directives.unchanged,
        "telling": lambda value: directives.choice(value, ("yes", "no")) == "yes",
        "beside": directives.flag,
        "notes": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """The text; ``beside`` offers to set the notes beside it, once on a page."""
        options = dict(self.options)
        beside = options.pop("beside", 0) != 0
        page = options.pop("notes", "")
        try:
            copy = student_copy(
                source.session,
                self.arguments[0],
                beside=beside,
                notes_at=f"{page}.html" if page else "",
                **options,
            )
        except AskError as error:
            raise self.error(str(error)) from None
        offer = beside and "notes-beside" not in self.env.temp_data
        if offer:
            self.env.temp_data["notes-beside"] = True
        text = (BESIDE if offer else "") + str(copy.text)
        if "telling" in options:
            text = str(where_others_are(source.session, telling=options["telling"]).text) + text
        return [nodes.raw("", text, format="html")]


BESIDE = (
    '<p class="off-paper choose"><label><input type="checkbox" id="notes-beside"> Set the notes '
    "beside the text, without those that name the speaker</label></p>"
)


class ToSort(SphinxDirective):
    """``{to-sort}``: the lines of some families of terms, mixed, to be sorted by a class."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """A table for each family."""
        families = [family.strip() for family in self.arguments[0].split(",")]
        try:
            lists = [lines_to_sort(source.session, family).text for family in families]
        except ValueError as error:
            raise self.error(str(error)) from None
        return [nodes.raw("", text, format="html") for text in lists]


class Ballot(SphinxDirective):
    """``{ballot}``: what a student judges; ``{classroom}``: where a class's ballots are counted."""

    def run(self) -> list[nodes.Node]:
        """The form."""
        make = ballot if self.name == "ballot" else classroom
        return [nodes.raw("", make(source.session).text, format="html")]


#: Charts that a page in Markdown may show, by name.
CHARTS = {
    "map": lambda session: places_map(session, geography=DATA / "geography" / "states-1956.json"),
    "who-speaks": who_speaks_chart,
}


class Drawn(SphinxDirective):
    """``{drawn}``: a chart of the book, on a page that is no notebook."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The chart."""
        name = self.arguments[0]
        if name not in CHARTS:
            raise self.error(f"no chart {name!r}; there are: {', '.join(CHARTS)}")
        return [nodes.raw("", CHARTS[name](source.session).text, format="html")]


class PackLink(SphinxDirective):
    """``{pack}``: where the pack of prints and slides is, once it has been made (book.pack)."""

    def run(self) -> list[nodes.Node]:
        """A line that :mod:`book.pack` changes in the built page."""
        return [nodes.raw("", NO_PACK, format="html")]


def tell_heads(root: HtmlElement) -> None:
    """Have a worksheet's cells say what stands above them: on a phone they stand in one column."""
    for table in root.xpath(".//section[starts-with(@id, 'sheet-')]//table"):
        heads = [" ".join(head.text_content().split()) for head in table.xpath("./thead/tr/*")]
        for row in table.iterfind("tbody/tr"):
            for number, cell in enumerate(row):
                if cell.text_content().strip():
                    cell.set("data-head", heads[number] if number else "")


def keep_entries(root: HtmlElement) -> None:
    """Keep each word of a list in columns with what it means."""
    for term in root.xpath(".//*[contains(@class, 'dense')]//dt"):
        entry, meaning = E.div(), term.getnext()
        term.addprevious(entry)
        entry.extend([term, meaning])


def tell_how(root: HtmlElement) -> None:
    """Say before the first copy of a page how its numbers are read."""
    for copy in root.find_class("student")[:1]:
        how = how_to_read(notes=bool(root.find_class("noteref"))).text
        copy.addprevious(fragment(how)[0])


def in_class(root: HtmlElement, page: str, pages: set[str]) -> None:
    """Let a page's links lead to the class's pages alone: ``pages``, each without its ``.html``."""
    folder = page.rpartition("/")[0]
    here = {element.get("id") for element in root.iter() if element.get("id")}
    for link in list(root.iter("a")):
        href = link.get("href", "")
        path, _, name = href.partition("#")
        if not href or not path or "://" in path:
            continue
        target = path.removesuffix(".html")
        if f"{folder}/{target}" == TEXT and name[:1] in PAGES:
            link.set("href", f"#{name}" if name in here else f"{PAGES[name[0]]}.html#{name}")
        elif f"{folder}/{target}" not in pages:
            link.tag = "span"
            for attribute in set(link.attrib) - {"id"}:
                del link.attrib[attribute]


def add_style(app: Sphinx, pagename: str, *_: Any) -> None:
    """Give a page of the seminar the style sheet that only these need."""
    if pagename in of_the_seminar(app.env):
        app.add_css_file("class.css")


def students_view(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Make a page of the class one that leads to no others."""
    env = app.env
    if not is_for_students(env, pagename):
        return
    pages = [HOME, *env.toctree_includes.get(HOME, [])]
    root = fragment(context["body"])
    in_class(root, pagename, set(pages))
    tell_heads(root)
    tell_how(root)
    keep_entries(root)
    entry = '<li><a href="{}"{}>{}</a></li>'.format
    contents = "".join(
        entry(
            app.builder.get_relative_uri(pagename, page) or "#",
            ' aria-current="page"' if page == pagename else "",
            escape(env.titles[page].astext()),
        )
        for page in pages
    )
    context |= {
        "students": HOME,
        "card": "",
        "body": inner_html(root),
        "contents": f"<ul>{contents}</ul>",
        "prev": None,
        "next": None,
        "script_files": [s for s in context["script_files"] if not is_left_out(s)],
    }


def is_left_out(script: Any) -> bool:
    """Whether a script is not for a class's page."""
    return str(getattr(script, "filename", script)).endswith(NO_SCRIPTS)


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directives; turn the class's pages when all others have had their say."""
    app.add_directive("student-copy", StudentCopy)
    app.add_directive("to-sort", ToSort)
    app.add_directive("ballot", Ballot)
    app.add_directive("classroom", Ballot)
    app.add_directive("drawn", Drawn)
    app.add_directive("pack", PackLink)
    app.connect("html-page-context", add_style)
    app.connect("html-page-context", students_view, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
