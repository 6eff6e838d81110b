"""How works are labelled: by author and year, the same in the text and in the bibliography."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pybtex.database import Entry
from pybtex.plugin import register_plugin
from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.labels import BaseLabelStyle
from sphinx.application import Sphinx

from analysis.works import label_of, read_works

WORKS = Path(__file__).resolve().parent.parent / "data" / "context" / "references.bib"


#: How far a work was read, in the order of the lists in chapters/bibliography.md.
LISTS = ("whole", "part")


def works() -> dict[str, Entry]:
    """The works of the bibliography, by their keys."""
    return read_works(WORKS)


def entry_id(key: str) -> str:
    """The id of a work's entry, which names the list that it stands in (see ``_config.yml``)."""
    return f"work-{LISTS.index(works()[key].fields['keywords']) + 1}-{key}"


class AuthorYearLabels(BaseLabelStyle):
    """The labels for Pybtex."""

    def format_labels(self, entries: Iterable[Entry]) -> Iterator[str]:
        """The label of each entry."""
        return map(label_of, entries)


class Style(PlainStyle):
    """Entries as Pybtex's plain style writes them, under labels that a reader can read."""

    default_label_style = AuthorYearLabels


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the style under the name ``authoryear``."""
    register_plugin("pybtex.style.formatting", "authoryear", Style)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
