"""How the bibliography is labelled: by author and year, the same in the text and in the list."""

from collections.abc import Iterable, Iterator
from typing import Any

from pybtex.database import Entry
from pybtex.plugin import register_plugin
from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.labels import BaseLabelStyle
from sphinx.application import Sphinx


class AuthorYearLabels(BaseLabelStyle):
    """Labels such as “Malin, 3 November 1956”, from an entry's first persons and its year."""

    def format_labels(self, entries: Iterable[Entry]) -> Iterator[str]:
        """The label of each entry."""
        for entry in entries:
            persons = entry.persons.get("author") or entry.persons["editor"]
            names = [" ".join(p.last_names).strip("{}") for p in persons]
            yield f"{' and '.join(names)}, {entry.fields['year']}"


class Style(PlainStyle):
    """Entries as Pybtex's plain style writes them, under labels that a reader can read."""

    default_label_style = AuthorYearLabels


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the style under the name ``authoryear``."""
    register_plugin("pybtex.style.formatting", "authoryear", Style)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
