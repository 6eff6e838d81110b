"""What a book has to offer so that its numbers can lead to what they count: a :class:`Source`.

The configuration names it as ``evidence_source = "package.module.name"``; nothing else in this
package knows where numbers come from, or how an address is written after its scheme.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Protocol

from sphinx.errors import ConfigError


@dataclass(frozen=True)
class Answer:
    """What a query comes to: what a reader sees, and the address of what stands behind it.

    ``of`` is the address of what a share is a share of; ``fixed`` says that the query names a
    reading of its own, so that the text stays what it is when the page is read otherwise.
    """

    text: str
    address: str
    of: str = ""
    fixed: bool = False

    @property
    def asks(self) -> str:
        """What the text depends on, for who wants to ask it otherwise: ``ADDRESS [/ ADDRESS]``;
        nothing, where it is fixed.
        """
        if self.fixed:
            return ""
        return f"{self.address} / {self.of}" if self.of else self.address


@dataclass(frozen=True)
class Place:
    """Where an address leads: a page without its ``.html``, a fragment, and how many items.

    ``varies`` says of a place without a count that what leads to it depends on what is counted.
    """

    page: str
    fragment: str
    count: int | None = None
    varies: bool = False


@dataclass(frozen=True)
class List:
    """A list of items on a page of lists; every id leads to it.

    ``lines`` is HTML, in which links may be addresses; ``also`` says what else comes to the same.
    """

    ids: tuple[str, ...]
    title: str
    also: str
    lines: str
    asks: str = ""  # what its number depends on, see :class:`Answer`


@dataclass(frozen=True)
class ListPage:
    """A page of lists: those that speak for themselves, and below ``heading`` those of one line.

    ``intro`` stands at its top; ``box`` is what a box says that a script of the book may follow.
    """

    name: str
    title: str
    lists: tuple[List, ...]
    one_by_one: tuple[List, ...] = ()
    heading: str = "One by one"
    intro: str = "Each list holds exactly what a number in the book counts."
    box: str = ""


@dataclass(frozen=True)
class Counts:
    """Numbers on the page that leads to every list: ``rows`` are (label, number, address)."""

    title: str
    rows: tuple[tuple[str, int, str], ...]
    part_of: str = ""  # the heading over several groups


@dataclass(frozen=True)
class Overview:
    """The page that leads to every list: its name, its title and its numbers."""

    name: str
    title: str
    counts: tuple[Counts, ...] = ()
    intro: str = "Every list of the book, each behind its number."

    @property
    def addresses(self) -> set[str]:
        """The addresses that it leads to."""
        return {address for counts in self.counts for _, _, address in counts.rows}


class Source(Protocol):
    """Where the numbers of a book come from."""

    #: The schemes of its addresses: ``evidence`` for ``evidence:terms?family=troops``.
    schemes: tuple[str, ...]

    #: By the name of a role: from its text, and from the words that the link now has (or ""), to an
    #: answer.  Raises ``ValueError`` with one line that says what is wrong.
    roles: Mapping[str, Callable[[str, str], Answer]]

    def place(self, address: str) -> Place:
        """Where an address leads."""

    def pages(self, addresses: Iterable[str]) -> Iterable[ListPage]:
        """The pages that these addresses lead to.

        Asked more than once for a book, each time with all addresses of some of its pages, those
        on the page of all lists among them.
        """

    def overview(self) -> Overview:
        """The page that leads to every list."""


@cache
def source_named(name: str) -> Source:
    """The source that the configuration names."""
    module, _, attribute = name.rpartition(".")
    try:
        return getattr(import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise ConfigError(f"evidence_source: there is no {name!r} ({error})") from error
