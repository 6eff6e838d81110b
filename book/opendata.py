"""What the book offers to take along, and what a page tells programmes of itself.

``{data-files}`` lists the files of the folder that the site publishes as ``data/``
(:mod:`analysis.opendata`); the pages carry schema.org's JSON-LD.
"""

import json
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from analysis.opendata import contents
from book.session import source

PAGE = "chapters/data"  # the one that the folder has for its page


def zip_name(config: Any) -> str:
    """The name of the folder as one file, in the site."""
    return f"{config.project}-data.zip"


class DataFiles(SphinxDirective):
    """``{data-files}``: the zip, and a list of its files with what each is."""

    def run(self) -> list[nodes.Node]:
        """A link for each file."""
        up = "../" * self.env.docname.count("/")
        name = zip_name(self.config)
        rows = "".join(
            f'<dt><a href="{up}data/{escape(row.path)}" download>{escape(row.path)}</a></dt>'
            f"<dd>{escape(row.what)}</dd>"
            for row in contents(source.session).itertuples()
        )
        text = (
            f'<p>All of it in one file: <a href="{up}{name}" download>{name}</a>.</p>'
            f'<dl class="resting files">{rows}</dl>'
        )
        return [nodes.raw("", text, format="html")]


def linked(config: Any, page: str, title: str, description: str, canonical: str) -> str:
    """What a page is, as schema.org's JSON-LD: a chapter or a page of the book, or the data."""
    author = {"@type": "Organization", "name": config.author}
    book: dict[str, Any] = {
        "@type": "Book",
        "name": config.html_title,
        "author": author,
        "bookEdition": config.version,
        "datePublished": config.copyright,
        "inLanguage": config.language,
    }
    kind = "Chapter" if page.startswith("chapters/") else "WebPage"
    about: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind,
        "name": title,
        "description": description,
        "inLanguage": config.language,
        "isPartOf": book,
    }
    if page == config.root_doc:
        about |= {**book, "@type": "Book", "description": description}
        del about["isPartOf"]
    if page == PAGE:
        about |= {"@type": "Dataset", "creator": author, "version": config.version}
        about["license"] = "https://creativecommons.org/licenses/by/4.0/"
        about["conditionsOfAccess"] = (
            "The licence is for the encoding and the annotation. For the translation, its notes "
            "and the archive's record, which are the work of others, no licence is known."
        )
        about["distribution"] = {
            "@type": "DataDownload",
            "encodingFormat": "application/zip",
            "contentUrl": f"../{zip_name(config)}",
        }
    if canonical:
        about["url"] = canonical
    return json.dumps(about, ensure_ascii=False).replace("</", "<\\/")


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("data-files", DataFiles)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
