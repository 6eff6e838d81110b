"""Where things are, and how long what tests share is kept."""

import os
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
EDITION = TOP / "data" / "presidium-1956-11-02.xml"
#: A small edition, made up, with what the project's own lacks.
SECOND = TOP / "tests" / "editions" / "second.xml"
#: One page, made up, with one or two of every kind of mark.
THIRD = TOP / "tests" / "editions" / "third" / "third.xml"
#: The built book.
SITE = TOP / "_build" / "html"


def once(fixture_name, config):
    """The scope of what is made once; anew for each test while mutmut asks what a test runs."""
    return "function" if os.environ.get("MUTANT_UNDER_TEST") == "stats" else "session"
