"""The last chapter of the whole book: for each of its numbers the sentences that it counts."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement
from lxml.html.builder import E

Target = tuple[str, str]  # a page, and a name on it
TEXT = "../chapters/text.html#"
RUN = 4  # so many sentences in a row are said as the first and the last


class Lists:
    """What the linked numbers count, and where in this chapter each of them leads."""

    page = "evidence/numbers"

    def __init__(self, site: Path, targets: Iterable[Target], *, whole: bool) -> None:
        wanted: dict[str, list[str]] = {}
        for page, name in targets:
            if page.startswith("evidence/") and name:
                wanted.setdefault(page, []).append(name)
        self.names: dict[Target, str] = {}
        title = "What the numbers count" if whole else "Where the numbers lead"
        said = (
            "Every list that a number in this book counts, line by line."
            if whole
            else "For every number in this book, the sentences that it counts; "
            "in brackets, how often, where it is more than once."
        )
        self.root = E.div(E.section(E.h1(title), E.p(said), id="numbers"))
        pages = {page: html.parse(str(site / f"{page}.html")).getroot() for page in wanted}
        for page in sorted(wanted, key=lambda page: heading(pages[page], "h1").casefold()):
            self.add(page, pages[page], set(wanted[page]), whole)

    def place(self, target: Target) -> Target | None:
        """Where a link to a list leads; None if it leads to no list of this chapter."""
        return (self.page, self.names[target]) if target in self.names else None

    def add(self, page: str, root: HtmlElement, wanted: set[str], whole: bool) -> None:
        """Add the lists of a page that are linked."""
        part = E.section(E.h2(heading(root, "h1")))
        for section in root.find_class("evidence"):
            # The same list under other conditions stands in boxes around it.
            boxes = [section, *section.iterancestors("div")]
            names = [box.get("id") for box in boxes if box.get("id") in wanted]
            if not names:
                continue
            own = f"list-{len(self.names) + 1}"
            self.names |= {(page, name): own for name in names}
            part.append(lines(section, own) if whole else where(section, own))
        if len(part) > 1:
            self.root[0].append(part)


def heading(root: HtmlElement, tag: str) -> str:
    """The words of a heading."""
    return " ".join(root.find(f".//{tag}").text_content().split())


def title_of(section: HtmlElement) -> str:
    """What a list is of, and how many lines it has."""
    return " ".join(section.xpath("string(./h2 | ./h3)").split())


def lines(section: HtmlElement, name: str) -> HtmlElement:
    """A list with its lines."""
    tables = section.xpath("./div[@class='scroll'] | ./ul | ./p[not(@class)]")
    return E.section(E.h3(title_of(section)), *tables, id=name)


def where(section: HtmlElement, name: str) -> HtmlElement:
    """A list as the numbers of its sentences."""
    line = E.p(E.b(title_of(section)), {"class": "where"}, id=name)
    links = section.xpath(f"(.//tr | .//li)//a[starts-with(@href, '{TEXT}')]/@href")
    parts = list(in_short([str(link).removeprefix(TEXT) for link in links]))
    line[-1].tail = " " if parts else "."
    for number, (first, last, times) in enumerate(parts):
        line.append(E.a(first, href=TEXT + first))
        if last != first:
            line[-1].tail = "–"
            line.append(E.a(last, href=TEXT + last))
        line[-1].tail = (f" ({times})" if times > 1 else "") + (
            ", " if number < len(parts) - 1 else ""
        )
    return line


def in_short(sentences: list[str]) -> Iterator[tuple[str, str, int]]:
    """Sentences as (first, last, how often each): those in a row together, if they are many."""
    counted = [(name, len(list(same))) for name, same in groupby(sentences)]
    row: list[tuple[str, int]] = []
    for name, times in [*counted, ("", 0)]:
        if row and not (times == row[-1][1] and follows(row[-1][0], name)):
            if len(row) >= RUN:
                yield row[0][0], row[-1][0], row[0][1]
            else:
                yield from ((one, one, often) for one, often in row)
            row = []
        row.append((name, times))


def follows(one: str, other: str) -> bool:
    """Whether a sentence stands right after another, by their numbers."""
    before, after = (re.fullmatch(r"(.*?)(\d+)", name) for name in (one, other))
    if not before or not after or before[1] != after[1]:
        return False
    return int(before[2]) + 1 == int(after[2])
