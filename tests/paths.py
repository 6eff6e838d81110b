"""Where things are."""

from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
EDITION = TOP / "data" / "presidium-1956-11-02.xml"
#: A small edition, made up, with what the project's own lacks.
SECOND = TOP / "tests" / "editions" / "second.xml"
#: The built book.
SITE = TOP / "_build" / "html"
