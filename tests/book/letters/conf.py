"""A book of three pages on the letters of five words: all that `book/evidence` needs of a book."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "Letters"
extensions = ["myst_parser", "evidence"]
evidence_source = "letters.source"
primary_domain = "evidence"  # so that its roles need no prefix
html_theme = "basic"


def setup(app):
    """Note each page that is written, by whichever process."""

    def note(app, name, *_):
        with (app.outdir / "written.txt").open("a", encoding="utf-8") as notes:
            notes.write(f"{name}\n")

    app.connect("html-page-context", note)
