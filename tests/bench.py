"""How fast and how light the book is, beside a stock Jupyter Book built in the same run: `make bench`.

Prints, and asserts nothing. Both books are built in a temporary folder with the packages installed
here. The stock book has as many notebooks, each of which imports pandas and matplotlib and draws one
line; its configuration is Jupyter Book's own. On a shared machine take the ratios, not the seconds.
"""

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import slow_phone
from longer import longer
from lxml import etree, html

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))
OURS = [
    sys.executable,
    "-m",
    "sphinx",
    "-c",
    "book",
    "-d",
    "_build/doctrees",
    "-W",
    "-n",
    "--keep-going",
    "-q",
    ".",
    "_build/html",
]
STOCK = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", "."]
LEAVE = shutil.ignore_patterns(
    ".git", ".venv", "_build", "__pycache__", ".ruff_cache", ".hypothesis", ".ipynb_checkpoints"
)
LINE = "import pandas as pd\nimport matplotlib.pyplot as plt\n\npd.Series([1, 2, 3]).plot()"


def seconds(command, folder):
    start = time.perf_counter()
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{run.stdout}{run.stderr}")
    return time.perf_counter() - start


def clean(command, folder):
    """Seconds of a build from nothing."""
    shutil.rmtree(folder / "_build", ignore_errors=True)
    return seconds(command, folder)


def shortest(run, times):
    """The shortest of so many runs, in seconds; one run before, to warm up."""
    run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return min(taken)


def notebook(*sources):
    cells = [
        {
            "cell_type": "code",
            "id": f"c{i}",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": source,
        }
        for i, source in enumerate(sources)
    ]
    cells.insert(0, {"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# A line"})
    return json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "cells": cells,
            "metadata": {
                "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
            },
        }
    )


def stock_book(folder, notebooks):
    """A book as the manual begins one."""
    folder.mkdir(parents=True)
    names = [f"line{i}" for i in range(notebooks)]
    (folder / "_config.yml").write_text("title: A stock book\n", encoding="utf-8")
    (folder / "_toc.yml").write_text(
        "format: jb-book\nroot: index\n"
        + ("chapters:\n" if names else "")
        + "".join(f"  - file: {name}\n" for name in names),
        encoding="utf-8",
    )
    (folder / "index.md").write_text("# A stock book\n\nIts one page of prose.\n", encoding="utf-8")
    for name in names:
        (folder / f"{name}.ipynb").write_text(notebook(LINE), encoding="utf-8")
    return folder


def prose_changed(folder):
    page = folder / "index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nOne sentence more.\n", encoding="utf-8")


def weights(site, name):
    """What a browser gets for a page, by kind: (bytes, bytes gzipped)."""
    root = html.parse(str(site / name)).getroot()
    asked = root.xpath(
        "//link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href | //script/@src | //img/@src"
    )
    paths = {(site / name).resolve()} | {
        (site / name).parent.joinpath(a.partition("?")[0]).resolve()
        for a in asked
        if "//" not in a and "data:" not in a
    }
    kinds = {}
    for path in filter(Path.is_file, paths):
        raw = path.read_bytes()
        before = kinds.get(path.suffix[1:], (0, 0))
        kinds[path.suffix[1:]] = (before[0] + len(raw), before[1] + len(gzip.compress(raw, 6)))
    return kinds


def show(what, ours, stock=None, unit="s"):
    beside = (
        ""
        if stock is None
        else f"   stock {stock:8.1f} {unit}   {ours / stock:5.2f} times the stock"
    )
    print(f"{what:<44}{ours:8.1f} {unit}{beside}", flush=True)


def show_weight(what, kinds):
    parts = ", ".join(
        f"{kind} {raw / 1000:.0f}"
        for kind, (raw, _) in sorted(kinds.items(), key=lambda k: -k[1][0])
    )
    raw, packed = (sum(sizes) for sizes in zip(*kinds.values()))
    print(f"{what:<44}{raw / 1000:8.0f} kB   {packed / 1000:4.0f} kB gzipped   ({parts})")


#: What a process does with an edition: the seconds of each step, and the memory that it came to.
SCALE = """
import resource, sys, time
from analysis import read_session
from analysis.evidence import Evidence
from analysis.tallies import ranges
begin = time.perf_counter()
session = read_session(sys.argv[1])
read = time.perf_counter()
ranges(session, Evidence.of("words"), by="speaker")
print(read - begin, time.perf_counter() - read,
      resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, len(session.words))
"""


def scale(edition, folder, times):
    """How long a session of so many times takes to read and to ask, and in how much memory."""
    path = longer(edition, folder / f"{times} times", times)
    told = subprocess.run(
        [sys.executable, "-c", SCALE, path], cwd=TOP, capture_output=True, text=True, check=True
    ).stdout
    read, asked, memory, words = map(float, told.split())
    print(
        f"{f'{times} times the session, {words:,.0f} words':<44}{read:8.2f} s to read   "
        f"{asked:5.2f} s for the range of who speaks   {memory:4.0f} MB",
        flush=True,
    )


def bench(folder):
    ours = shutil.copytree(TOP, folder / "ours", ignore=LEAVE)
    chapters = sorted((ours / "chapters").glob("*.ipynb"))
    stock, page = stock_book(folder / "stock", len(chapters)), stock_book(folder / "page", 0)

    print(f"{len(chapters)} notebooks, {os.cpu_count()} cores\n")
    taken = [
        (clean(OURS, ours), clean(STOCK, stock)) for _ in range(3)
    ]  # in turn, since a shared machine drifts
    show("clean build, the shortest of three", *map(min, zip(*taken)))
    seconds(STOCK, page)
    prose_changed(ours)
    prose_changed(page)
    show("rebuild after a change of prose, one page", seconds(OURS, ours), seconds(STOCK, page))

    site, its = ours / "_build/html", stock / "_build/html"
    pages = sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html"))
    heaviest = max(pages, key=lambda p: sum(packed for _, packed in weights(site, p).values()))
    print()
    show_weight("first view, the front page", weights(site, "index.html"))
    show_weight(f"first view, the heaviest: {heaviest}", weights(site, heaviest))
    show_weight("first view, a notebook of the stock book", weights(its, "line0.html"))
    for what, where in (("the site", site), ("the stock book's site", its)):
        sizes = [p.stat().st_size for p in where.rglob("*") if p.is_file()]
        print(f"{what:<44}{sum(sizes) / 1e6:8.1f} MB   {len(sizes)} files")

    print()
    slow_phone.measure(site)

    print()
    for chapter in chapters:
        command = [
            sys.executable,
            "-m",
            "jupyter",
            "nbconvert",
            "--to",
            "notebook",
            "--execute",
            "--stdout",
            chapter.name,
        ]
        show(f"run {chapter.name}, alone", seconds(command, chapter.parent))
    show(
        "import analysis, a process",
        shortest(lambda: seconds([sys.executable, "-c", "import analysis"], ours), 3),
    )

    from analysis import read_session
    from analysis.claims import under_every_reading, verdict
    from analysis.claims_file import read_claims

    edition = next((ours / "data").glob("*.xml"))
    raw = edition.read_bytes()
    parse = 1000 * shortest(lambda: etree.fromstring(raw), 20)
    read = 1000 * shortest(lambda: read_session(edition), 10)
    check = 1000 * shortest(lambda: seconds([sys.executable, "-m", "analysis", "check"], ours), 3)
    print()
    show("parse the edition with lxml alone", parse, unit="ms")
    for what, taken in (
        ("read and validate the session, warm", read),
        ("python -m analysis check, a process", check),
    ):
        print(f"{what:<44}{taken:8.1f} ms   {taken / parse:5.0f} times as long as to parse")

    for times in (1, 10, 100):
        scale(edition, folder, times)

    results, claims = read_claims(ours / "data/claims.toml")

    def every_reading():
        session = read_session(edition)
        return [under_every_reading(session, r) for r in results.values()], [
            verdict(session, c) for c in claims.values()
        ]

    tables, verdicts = every_reading()
    asked = sum(map(len, tables)) + sum(v.readings for v in verdicts)
    show(f"every result and claim: {asked:,} answers", shortest(every_reading, 2))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        bench(Path(temporary).resolve())
