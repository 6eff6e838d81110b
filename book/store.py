"""Run every notebook and store it as any viewer can show it: `make notebooks`.

Values in prose are written by :mod:`book.prose`; outputs are what a kernel shows that is no kernel
of the book's build: pictures, plain tables, links into the built book.  Nothing is stored that
differs from run to run or from machine to machine.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from book.prose import TOP, Change, chapters, rewrite_file, rewritten, write

#: Lists that the built book has, by address: a chart's table leads to them (see analysis.page).
LINKS = TOP / "_build" / "links.json"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def run(path: Path) -> str:
    """Run a notebook and write it; what became of it, in a line.

    Raises ``ValueError`` where a cell fails or a query has no answer; the file then stays as it is.
    """
    changes: list[Change] = []
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=120, record_timing=False, resources={"metadata": {"path": path.parent}}
    )
    try:
        client.execute()
    except CellExecutionError as error:
        raise ValueError(f"{path.name}: {error.ename}: {error.evalue}\n{error.traceback}") from None
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "markdown":
            cell.source = rewritten(cell.source, f"{path.name}, cell {cell.id}", changes)
    notebook.metadata = nbformat.from_dict(METADATA)
    text = nbformat.writes(notebook) + "\n"
    write(path, text)
    return f"{path.name}: {len(changes)} values anew, {len(text.encode()) / 1000:,.0f} kB"


def main() -> int:
    """Run all; 2 where one fails."""
    os.environ["EVIDENCE_LINKS"] = str(LINKS)
    changes: list[Change] = []
    try:
        for path in chapters():
            if path.suffix == ".md":
                rewrite_file(path, changes)()
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for line in pool.map(run, (p for p in chapters() if p.suffix == ".ipynb")):
                print(line, flush=True)
    except ValueError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
