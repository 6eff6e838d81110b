"""Plain links whose title is a query: ``[12](… "count: terms family=troops")`` is a ``{count}``.

Such a link can be read wherever Markdown can.  Here neither its text nor its target counts: both
are worked out anew from the title, so that a stored number is never shown when it is old.  Only a
quotation is taken from the text of the link, and looked up.
"""

import re

from docutils import nodes
from sphinx.addnodes import download_reference, pending_xref
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from .domain import evidence_of
from .source import Source

TITLE = re.compile(r"(?P<role>\w+)(?:: *(?P<query>.*))?", re.S)
LINKS = (nodes.reference, pending_xref, download_reference)


def query_of(source: Source, title: str) -> tuple[str, str] | None:
    """(role, query) of a link's title; none where the title is not a query."""
    found = TITLE.fullmatch(title.strip())
    if found is None or found["role"] not in source.roles:
        return None
    return found["role"], (found["query"] or "").strip()


class LinksWithQueries(SphinxTransform):
    """Put the domain's cross reference in the place of each link whose title is a query."""

    default_priority = 200  # before Sphinx or MyST look for what the link leads to

    def apply(self, **_: object) -> None:
        """Change the page; a query that has no answer is an error with file and line."""
        domain = evidence_of(self.env)
        for node in [n for n in self.document.findall(nodes.Element) if isinstance(n, LINKS)]:
            title = node.get("reftitle") or node.get("title") or ""
            query = query_of(domain.source, title)
            if query is None:
                continue
            try:
                node.replace_self(domain.answered(*query, node.astext(), self.env.docname))
            except ValueError as error:
                node.replace_self(
                    self.document.reporter.error(f"the link “{title}”: {error}", base_node=node)
                )


def setup(app: Sphinx) -> None:
    """Add the transform."""
    app.add_transform(LinksWithQueries)
