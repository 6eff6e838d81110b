"""Claims in prose: {claim}`kadar-most` says in how many readings a claim of data/claims.toml holds.

The link leads to the claim in the chapter on certainty, with the readings in which it does not hold.
A claim that does not hold as the edition reads the document stops the build.
"""

import os
import re
import sys
from functools import cache
from pathlib import Path

from docutils import nodes

from analysis.claims import read_claims, verdict
from book.evidence import role, session
from book.theme import kept

CHAPTER = "chapters/certainty"  # the chapter that lists every claim
LINK = re.compile(r'href="claim:([^"]+)">[^<]*<')


@cache
def claims():
    """The claims of the book, by name."""
    return read_claims(Path(__file__).resolve().parent.parent / "data" / "claims.toml")[1]


def holds(name):
    """A link to a claim; what it says is filled in when the page is written, since it takes all readings."""
    if name not in claims():
        raise ValueError(f"no such claim; there are: {', '.join(claims())}")
    if not claims()[name].holds(session()):
        raise ValueError(f"“{claims()[name].says}” does not hold as the edition reads the document")
    return nodes.reference("", "in some readings", refuri=f"claim:{name}", classes=["holds"])


def in_how_many(app, name):
    """“in 72 of 216 readings”."""

    def say():
        found = verdict(session(), claims()[name])
        return (
            f"in {len(found.holds)} of {found.readings} readings"
            if found.fails
            else f"in all {found.readings} readings"
        )

    return kept(app, ("claim", name), say)


def rewrite(app, pagename, templatename, context, doctree):
    """Turn a claim's address into a link to the chapter that lists it, and say in how many readings it holds."""
    uri = "" if pagename == CHAPTER else app.builder.get_relative_uri(pagename, CHAPTER)
    context["body"] = LINK.sub(
        lambda link: f'href="{uri}#claim-{link[1]}">{in_how_many(app, link[1])}<',
        context.get("body") or "",
    )


def think_ahead(app):
    """Ask the claims in a process of their own, while the notebooks run."""
    if sys.platform == "linux" and not os.fork():
        try:
            for name in claims():
                in_how_many(app, name)
        finally:
            os._exit(0)  # what went wrong goes wrong again, and is told, when a page is written


def setup(app):
    app.add_role("claim", role(holds))
    app.add_role("holds", role(holds))  # the name of before
    app.connect("builder-inited", think_ahead)
    app.connect("html-page-context", rewrite, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
