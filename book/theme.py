"""The look of the book: a small theme that works offline, without scripts, and for everyone.

Pages are plain HTML with one style sheet and one short script. Jupyter Book, MyST-NB
and Sphinx do the rest; this file mends what they write and adds what they lack.
"""

import itertools
import os
import re
import zlib
from functools import cache
from html import escape, unescape
from pathlib import Path

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

HERE = Path(__file__).resolve().parent
MADE_FROM = (
    "analysis",
    "book",
    "data",
)  # folders; and requirements.txt, since other packages may draw otherwise


# -- notes in the margin -----------------------------------------------------


class Margin(SphinxDirective):
    """``{margin}``: a remark set beside the text, or below it where there is no room."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self):
        note = nodes.admonition(classes=["margin"])
        if self.arguments:
            inlines, _ = self.state.inline_text(self.arguments[0], self.lineno)
            note += nodes.title("", "", *inlines)
        self.state.nested_parse(self.content, self.content_offset, note)
        return [note]


class Answer(SphinxDirective):
    """``{answer}``: text behind its title, closed until it is asked for; open on paper."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True

    def run(self):
        inside = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, inside)
        head = f'<details class="key"><summary>{escape(self.arguments[0])}</summary>'
        return [
            nodes.raw("", head, format="html"),
            *inside.children,
            nodes.raw("", "</details>", format="html"),
        ]


class FootnotesBesideText(SphinxPostTransform):
    """Move each footnote from the foot of the page to the block that first refers to it."""

    default_priority = 900

    def run(self, **kwargs):
        notes = {id: note for note in self.document.findall(nodes.footnote) for id in note["ids"]}
        for reference in list(self.document.findall(nodes.footnote_reference)):
            note = notes.pop(reference["refid"], None)
            if note is None:
                continue
            block = reference
            while not isinstance(block.parent, (nodes.section, nodes.document)):
                block = block.parent
            note.parent.remove(note)
            place = block.parent.index(block) + 1
            while place < len(block.parent) and isinstance(block.parent[place], nodes.footnote):
                place += 1
            block.parent.insert(place, note)
            if (
                len(block.astext()) > 150
            ):  # of two lines or more: book.css sets the note beside them
                note["classes"].append("lifted")


# -- formulas without a script -----------------------------------------------


def formula(translator, node, block=False):
    translator.body.append(tex2mathml(node.astext(), as_block=block))
    raise nodes.SkipNode


def displayed_formula(translator, node):
    formula(translator, node, block=True)


# -- mending the HTML --------------------------------------------------------

TABLE = re.compile(r"<table.*?</table>", re.S)
ROW = re.compile(r"<tr.*?</tr>", re.S)
CELL = re.compile(r"<t([hd])\b([^>]*)>(.*?)</t\1>", re.S)
NUMBER = re.compile(r"[-−+]?[\d.,\u2009]*\d\s?%?|[-–—]?")


def mend_table(match):
    """Say what each header heads, set numbers flush right, and let a wide table scroll."""
    table = match[0]
    head, _, body = table.partition("<tbody")
    rows = [
        [re.sub("<.*?>", "", cell[2]).strip() for cell in CELL.findall(row)]
        for row in ROW.findall(body)
    ]
    plain = rows and "span=" not in table and len({len(row) for row in rows}) == 1
    numeric = [
        plain and any(column) and all(map(NUMBER.fullmatch, column)) for column in zip(*rows)
    ]

    def mend_row(row, scope):
        columns = iter(numeric)

        def mend_cell(cell):
            kind, attributes, text = cell.groups()
            if next(columns, False):
                attributes += " data-number"
            if not re.sub("<.*?>", "", text).strip():
                kind = "d"  # an empty header heads nothing
            elif kind == "h" and "scope" not in attributes:
                attributes += f' scope="{scope}"'
            return f"<t{kind}{attributes}>{text}</t{kind}>"

        return CELL.sub(mend_cell, row[0])

    head = ROW.sub(lambda row: mend_row(row, "col"), head)
    body = ROW.sub(lambda row: mend_row(row, "row"), body)
    return f'<div class="scroll">{head}{_}{body}</div>'


def mend(page):
    """Put right what screen readers and keyboards stumble over in stock HTML."""
    page = TABLE.sub(mend_table, page)
    # A fixed label hides the words that the reader sees.
    page = page.replace('<summary aria-label="Toggle hidden content">', "<summary>")
    # A landmark around landmarks; the inner ones are enough.
    page = page.replace('<aside class="footnote-list brackets">', '<div class="footnote-list">')
    return page.replace("</aside>\n</aside>", "</aside>\n</div>")


CURRENT = re.compile(r'<a class="current reference internal"(.*?</a>)', re.S)
SECTIONS = re.compile(r"</a>\s*(<ul>.*</ul>)\s*</li>\s*</ul>", re.S)

# -- pages -------------------------------------------------------------------


def describe(app, pagename, doctree):
    """A page's description: its own, or its first paragraph."""
    own = app.env.metadata.get(pagename, {}).get("description")
    if own or doctree is None:
        return own or app.config.html_title
    first = next(
        (p for p in doctree.findall(nodes.paragraph) if isinstance(p.parent, nodes.section)), ""
    )
    words = " ".join(first.astext().split()) if first else app.config.html_title
    return words if len(words) <= 200 else words[:200].rsplit(" ", 1)[0] + " …"


def launch(app, path):
    """Where a notebook can be run in the browser, once a repository is named: (name, address, what to run there first)."""
    options = app.config.html_theme_options
    url, branch = (
        options.get("repository_url", "").rstrip("/"),
        options.get("repository_branch", ""),
    )
    buttons, path = (
        options.get("launch_buttons", {}),
        "/".join(filter(None, [options.get("path_to_docs"), path])),
    )
    repository = url.removeprefix("https://github.com/")
    if url and buttons.get(
        "binderhub_url"
    ):  # it installs requirements.txt, for the Python of runtime.txt
        yield (
            "Binder",
            f"{buttons['binderhub_url']}/v2/gh/{repository}/{branch}?urlpath=lab/tree/{path}",
            "",
        )
    if url and buttons.get("colab_url"):  # it opens the notebook alone
        folder = "/content/book"
        yield (
            "Colab",
            f"{buttons['colab_url']}/github/{repository}/blob/{branch}/{path}",
            (
                f"!git clone --depth 1 --branch {branch} {url} {folder}\n%cd {folder}/{path.rpartition('/')[0]}\n"
                f"%pip install -q -e {folder}"
            ),
        )


FIGURE = re.compile(r'<figure class="chart" id="([^"]+)"')


def card_of(app, body):
    """The card of a page: of its first chart that has one, else of the book's first chart; none without charts."""
    folder = Path(app.doctreedir, "cards")
    own = [name for name in FIGURE.findall(body) if (folder / f"{name}.png").exists()]
    return f"cards/{own[0] if own else 'book'}.png" if any(folder.glob("*.png")) else ""


def citation(app, title, canonical):
    """What to cite a page by: for people, and for programmes as (name, value)."""
    book, year, edition = app.config.html_title, app.config.copyright, app.config.version
    text = (
        f"“{title}”, in {book}, edition {edition}, {year}"
        + (f", {canonical}" if canonical else "")
        + "."
    )
    tags = {
        "title": title,
        "inbook_title": book,
        "publication_date": year,
        "language": app.config.language,
        "fulltext_html_url": canonical,
    }
    return {
        "text": text,
        "tags": [(f"citation_{name}", value) for name, value in tags.items() if value],
    }


def is_ours(asset):
    """Whether a style sheet or script is one of book/assets."""
    name = str(getattr(asset, "filename", None) or asset).partition("?")[0].removeprefix("_static/")
    return (HERE / "assets" / name).is_file()


LIST_SCRIPTS = (  # to sort and to search a list
    "sortable-tablesort-4.1.7/sortable.min.js",
    "snowball-3.0.1/base-stemmer.js",
    "snowball-3.0.1/english-stemmer.js",
    "find.js",
    "evidence.js",
)


def bring_scripts(app, pagename, body):
    """The scripts that a page needs beside the common one."""
    if "data-citation=" in body:
        app.add_js_file("text.js", loading_method="defer")
    if 'class="evidence"' in body:
        for script in LIST_SCRIPTS:
            app.add_js_file(script, loading_method="defer")


def prepare_page(app, pagename, templatename, context, doctree):
    body = mend(context.get("body", ""))
    if (
        doctree is not None
    ):  # each paragraph has an address, for the search and for citing; p1 is the edition's
        number = itertools.count(1)
        body = re.sub("<p>", lambda _: f'<p id="par{next(number)}">', body)
    context["body"] = body
    bring_scripts(app, pagename, body)
    source = str(app.env.doc2path(pagename, base=False)) if doctree is not None else ""
    context["notebook"] = source.endswith(".ipynb")
    context["launch"] = list(launch(app, source))
    context["description"] = describe(app, pagename, doctree)
    base = app.config.html_baseurl and app.config.html_baseurl.rstrip("/") + "/"
    context["canonical"] = (
        base and pagename not in app.config.html_additional_pages and f"{base}{pagename}.html"
    )
    card = card_of(app, body)
    context["card"] = card and (base + card if base else context["pathto"](card, 1))
    if pagename not in app.config.html_additional_pages:
        context["cite"] = citation(
            app, unescape(re.sub("<.*?>", "", context["title"])), context["canonical"]
        )
    context["offline"] = f"{app.config.project}.zip"

    contents = (
        context["toctree"](collapse=True, maxdepth=3, includehidden=True, titles_only=False) or ""
    )
    # The sections of this page stand under its title in the contents.
    sections = SECTIONS.search(context.get("toc") or "")
    context["contents"] = CURRENT.sub(
        lambda link: f'<a aria-current="page"{link[1]}{sections[1] if sections else ""}',
        contents.replace(' role="heading"', ""),
    )

    # What other extensions bring is for other themes.
    context["css_files"] = list(filter(is_ours, context["css_files"]))
    context["script_files"] = list(filter(is_ours, context["script_files"]))
    if pagename == "404":
        context["style"] = (HERE / "assets/book.css").read_text(encoding="utf-8")
        context["html_baseurl"] = base


def set_paths(app, config):
    # From wherever the configuration lies, so that `sphinx-build -c book` and `jupyter-book build` find the same files.
    config.html_static_path.append(os.path.relpath(HERE / "assets", app.confdir))
    config.html_additional_pages |= {"404": "404.html", "search": "search.html"}
    config.html_math_renderer = "mathml"
    config.myst_footnote_transition = False  # there is no list of notes to set off
    # It numbers chapters once all are read, so reading in parallel cannot disturb it.
    app.extensions["sphinx_multitoc_numbering"].parallel_read_safe = True


@cache
def fingerprint():
    """A number for all that pages are made from beside their own text.

    Sphinx reads every page anew, and runs its notebook, whenever this number is another.
    """
    top, sum = HERE.parent, 0
    for path in [
        top / "requirements.txt",
        *sorted(path for folder in MADE_FROM for path in (top / folder).rglob("*")),
    ]:
        if path.is_file() and "__pycache__" not in path.parts:
            sum = zlib.crc32(
                path.read_bytes(), zlib.crc32(path.relative_to(top).as_posix().encode(), sum)
            )
    return sum


def setup(app):
    app.add_html_theme("book", str(HERE / "templates"))
    app.add_html_math_renderer(
        "mathml", inline_renderers=(formula, None), block_renderers=(displayed_formula, None)
    )
    app.add_config_value("comments_config", {}, "")  # Jupyter Book always sets it
    app.add_js_file("book.js", loading_method="defer")
    app.add_directive("margin", Margin)
    app.add_directive("answer", Answer)
    app.add_post_transform(FootnotesBesideText)
    app.connect("config-inited", set_paths)
    app.connect("html-page-context", prepare_page, priority=900)
    return {"env_version": fingerprint(), "parallel_read_safe": True, "parallel_write_safe": True}
