"""Run every notebook and store it as any viewer can show it: `make notebooks`.

Values in prose are written by :mod:`book.prose`; outputs are what a kernel shows that is no kernel
of the book's build: pictures, plain tables, links into the built book.  Nothing is stored that
differs from run to run or from machine to machine.
"""

import os
import sys

import nbformat
from sphinx.errors import SphinxError

from analysis import load
from analysis.figures.speakers import course_chart
from analysis.portable import LINKS
from book.notebooks import run_all
from book.prose import TOP, Change, chapters, rewrite_file, with_values, write

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
TIMEOUT = 120  # seconds for a cell
#: The session to scale, on the front page and in the README; and the same for a phone.
COURSE, COURSE_NARROW = TOP / "data" / "course.png", TOP / "data" / "course-narrow.png"


def stored_notebook(name: str, text: str, changes: list[Change]) -> str:
    """A notebook that has been run, as it is stored.  Raises ``ValueError`` as the prose does."""
    notebook = nbformat.reads(text, as_version=4)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "markdown":
            cell.source = with_values(cell.source, f"{name}, cell {cell.id}", changes)
    notebook.metadata = nbformat.from_dict(METADATA)
    return nbformat.writes(notebook) + "\n"


def main() -> int:
    """Store all; 2 where a cell fails or a query has no answer, and then nothing is written."""
    changes: list[Change] = []
    paths = {path.name: path for path in chapters()}
    notebooks = {name: path for name, path in paths.items() if path.suffix == ".ipynb"}
    try:
        prose = [rewrite_file(p, changes) for p in paths.values() if p.suffix == ".md"]
        links = {LINKS: str(TOP / "_build" / "links.json")}
        done = run_all(notebooks, {**os.environ, **links}, TIMEOUT)
        texts = {name: stored_notebook(name, text, changes) for name, text in done.items()}
    except (ValueError, SphinxError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    for write_it in prose:
        write_it()
    for name, text in texts.items():
        write(paths[name], text)
        print(f"{name:<20}{len(text.encode()) / 1000:5,.0f} kB")
    chart = course_chart(load())
    COURSE.write_bytes(chart.picture())
    COURSE_NARROW.write_bytes(chart.picture(narrow=True))
    print(f"{len(changes)} values in prose written anew")
    return 0


if __name__ == "__main__":
    sys.exit(main())
