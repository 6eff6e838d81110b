"""Values in stored prose, as plain links that any viewer shows: what `make notebooks` writes.

An author writes a role, {count}`terms family=troops`, or the link that it becomes::

    [31](/static/evidence/terms-troops.html#terms-family-troops "count: terms family=troops")

The title is the query; text and target follow from it, here as in the build of the book, where
:mod:`book.evidence.markdown` works the same links out anew.  ``python -m book.prose`` writes them
into the front page and all chapters, ``python -m book.prose --check`` names those that differ.
"""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import yaml

from analysis.files import read_once
from book.session import source

TOP = Path(__file__).resolve().parent.parent

#: Where JupyterLab shows the built book: book/lab says so to its server.
IN_LAB = "/static/"

ROLES = "|".join(source.roles)
PIECES = re.compile(
    r"^(?P<fence>```+|~~~+)(?P<info>[^\n]*)\n(?P<inside>.*?)^(?P=fence)"
    r"|(?P<ticks>``+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
    rf"|\{{(?P<role>{ROLES})\}}`(?P<asked>[^`]+)`"
    r"|\[(?P<text>(?:\\.|[^\[\]\\])*)\]"
    rf'\((?P<target>[^()\s]*) "(?P<title>(?:{ROLES})(?::[^"]*)?)"\)',
    re.S | re.M,
)
#: What Markdown would take for mark-up in a text of letters, digits and punctuation.
SPECIAL = re.compile(r"([\\`*_\[\]<>|])")


@dataclass(frozen=True)
class Change:
    """A value in prose that is not stored as it should be."""

    where: str  # the file, and the cell of a notebook
    stored: str
    right: str


@read_once
def home(path: Path = TOP / "_config.yml") -> str:
    """Where links lead: to the published book, once the configuration names its address."""
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    base = config.get("html", {}).get("baseurl") or ""
    return f"{base.rstrip('/')}/" if base else IN_LAB


def link_from_outside(address: str) -> str:
    """The link to an address of the book from outside the book."""
    place = source.place(address)
    return f"{home()}{place.page}.html" + (f"#{place.fragment}" if place.fragment else "")


def stored(role: str, query: str, text: str = "") -> str:
    """The Markdown for a query: a link with today's value, and the query in its title.

    ``text`` is what the link shows now.  Raises ``ValueError`` for a query without an answer.
    """
    answer = source.roles[role](query, text)
    if role == "quote":
        query = query.partition(" ")[0]  # its words are the text of the link
    title = f"{role}: {query}" if query and role != "concordances" else role
    shown = SPECIAL.sub(r"\\\1", answer.text)
    return f'[{shown}]({link_from_outside(answer.address)} "{title}")'


def with_values(markdown: str, where: str, changes: list[Change]) -> str:
    """Markdown with every role and every link with a query as :func:`stored` has it.

    What differs is added to ``changes``.  Raises ``ValueError`` that names the place.
    """

    def piece(match: re.Match[str]) -> str:
        was = match[0]
        if match["info"] and match["info"].startswith("{"):  # a directive: prose
            inside = with_values(match["inside"], where, changes)
            return f"{match['fence']}{match['info']}\n{inside}{match['fence']}"
        if match["fence"] or match["ticks"]:  # code
            return was
        try:
            if match["role"]:
                right = stored(match["role"], match["asked"])
            else:
                role, _, query = match["title"].partition(":")
                right = stored(role, query.strip(), re.sub(r"\\(.)", r"\1", match["text"]))
        except ValueError as error:
            raise ValueError(f"{where}: {was}: {error}") from None
        if right != was:
            changes.append(Change(where, was, right))
        return right

    return PIECES.sub(piece, markdown)


def rewrite_file(path: Path, changes: list[Change]) -> Callable[[], None]:
    """Collect what differs in a chapter; gives what writes it as it should be."""
    if path.suffix == ".md":
        text = with_values(path.read_text(encoding="utf-8"), path.name, changes)
        return lambda: write(path, text)
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = with_values(cell.source, f"{path.name}, cell {cell.id}", changes)
    return lambda: write(path, nbformat.writes(notebook) + "\n")


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    unfinished = path.with_name(f".{path.name}.new")
    unfinished.write_text(text, encoding="utf-8", newline="\n")
    unfinished.replace(path)


def chapters() -> Iterator[Path]:
    """The files that hold prose: the front page and the chapters."""
    yield TOP / "index.md"
    yield from sorted(p for p in (TOP / "chapters").iterdir() if p.suffix in (".md", ".ipynb"))


def main(arguments: list[str]) -> int:
    """Write all values, or with ``--check`` name what differs (1); 2 where a query has no
    answer."""
    changes: list[Change] = []
    try:
        writers = [rewrite_file(path, changes) for path in chapters()]
    except ValueError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if "--check" in arguments:
        for change in changes:
            print(f"{change.where}: {change.stored} should be {change.right}")
        return bool(changes)
    for write_it in writers:
        write_it()
    print(f"{len(changes)} values in prose written anew")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
