"""Claims in prose: {holds}`kadar-most` says in how many readings a claim of data/claims.toml holds.

The link leads to the claim in the chapter on certainty, with the readings in which it does not hold.
A claim that does not hold as the edition reads the document stops the build.
"""

import re
from functools import cache
from pathlib import Path

from docutils import nodes

from analysis.claims import read_claims, verdict
from book.evidence import role, session

CHAPTER = "chapters/certainty"  # the chapter that lists every claim
LINK = re.compile(r'href="claim:([^"]+)"')


@cache
def claims():
    """The claims of the book, by name."""
    return read_claims(Path(__file__).resolve().parent.parent / "data" / "claims.toml")[1]


@cache
def verdict_on(name):
    """In which readings a claim holds; ``ValueError`` for no such claim, or one that is not true."""
    if name not in claims():
        raise ValueError(f"no such claim; there are: {', '.join(claims())}")
    return verdict(session(), claims()[name])


def holds(name):
    found = verdict_on(name)
    if not found.fails:
        return nodes.reference("", f"in all {found.readings} readings", refuri=f"claim:{name}", classes=["holds"])
    return nodes.reference("", f"in {len(found.holds)} of {found.readings} readings", refuri=f"claim:{name}", classes=["holds"])


def rewrite(app, pagename, templatename, context, doctree):
    """Turn a claim's address into a link to the chapter that lists it."""
    uri = "" if pagename == CHAPTER else app.builder.get_relative_uri(pagename, CHAPTER)
    context["body"] = LINK.sub(rf'href="{uri}#claim-\1"', context.get("body") or "")


def setup(app):
    app.add_role("holds", role(holds))
    app.connect("html-page-context", rewrite, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
