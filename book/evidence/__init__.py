"""Every number leads to the rows that it counts: a Sphinx extension that knows no document.

A book names a *source* in its configuration (``evidence_source``, see :mod:`.source`).
The source says which roles there are, what a query comes to, where an address leads and what stands
there.  This package does the rest, and needs nothing of the project that it stands in:
copy it beside another book, add it to its extensions, name its source, and let its domain be the
``primary_domain``, so that a role is {count} and not {evidence:count} (``tests/book/letters`` is
such a book).  Its parts:

- ``domain`` has the roles, and resolves their cross references as Sphinx does any other;
- ``markdown`` takes a plain link whose title is a query, ``[12](… "count: terms family=troops")``,
  for the same thing as the role, so that a notebook can be read anywhere and is never stale here;
- ``links`` turns the addresses in raw HTML (charts, tables) into links;
- ``pages`` writes the pages of lists that all these lead to.

What cannot be counted, and a quotation that is not there, is an error of the build, with file and
line.
"""

from typing import Any

from sphinx.application import Sphinx

from . import domain, links, markdown, pages


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the domain, the transform of links with a query, and the pages of lists."""
    app.add_config_value("evidence_source", "", "env", str)
    for part in (domain, markdown, links, pages):
        part.setup(app)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
