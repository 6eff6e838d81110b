"""A book of two pages with this project's data and code, to be built, changed, ended and broken."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from paths import TOP

LEAVE = shutil.ignore_patterns(
    ".*", "_build", "__pycache__", "*.egg-info", "htmlcov", "node_modules", "mutants"
)
COMMAND = [sys.executable, "-m", "sphinx", "-c", "book", "-W", "-n", "--keep-going", "-q"]
#: Every way to other machines is shut.
SHUT = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}

TEXT = """
from analysis import load
from analysis.evidence import Evidence
from analysis.figures.speakers import who_speaks_chart
from analysis.text import reading_text
session = load()
reading_text(session, 'session')
""".strip()
COUNTED = """
print('A notebook counts', Evidence.of('terms', family='troops').count(session), 'troops,',
      Evidence.of('people').count(session), 'people')
""".strip()


def notebook(*cells: str) -> str:
    """A notebook with a title and these cells of code, as JSON."""
    code = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    title = {"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# The text"}
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    made = [{**code, "id": f"c{i}", "source": source} for i, source in enumerate(cells)]
    return json.dumps(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": [title, *made]}
    )


def small_book(top: Path, *cells: str, prose: str = "People: {count}`people`.\n") -> Path:
    """Make the folder of such a book: a front page of prose, and a notebook of these cells."""
    shutil.copytree(TOP, top, ignore=LEAVE)
    shutil.rmtree(top / "chapters")
    (top / "chapters").mkdir()
    toc = "format: jb-book\nroot: index\nchapters:\n- file: chapters/text\n"
    (top / "_toc.yml").write_text(toc, encoding="utf-8")
    (top / "index.md").write_text(f"# A small book\n\n{prose}", encoding="utf-8")
    (top / "chapters/text.ipynb").write_text(notebook(*cells), encoding="utf-8")
    return top


def run(top: Path, *options: str, folders=("-d", "_build/doctrees", ".", "_build/html")):
    """Run a build of a folder; what came of it."""
    return subprocess.run(
        [*COMMAND, *options, *folders],
        cwd=top,
        capture_output=True,
        text=True,
        env={**os.environ, **SHUT, "PYTHONPATH": str(top)},
    )


def build(top: Path, *options: str) -> Path:
    """Build the book of a folder, as `make book` does; its site."""
    done = run(top, *options)
    assert not done.returncode, done.stderr
    return top / "_build/html"


def contents(site: Path) -> dict[str, bytes]:
    """Every file of a site."""
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def change(path: Path, old: str, new: str) -> None:
    """Change a file in one place."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} has no {old!r} to change"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
