"""The built pages as chapters in a row: without what only a screen has, links staying inside."""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader
from lxml import html
from lxml.html import HtmlElement
from lxml.html.builder import E

from book.evidence.markup import fragment, inner_html
from book.prose import TOP
from book.whole.lists import Lists, heading

#: Pages that are not of the whole book, each with those below it, and why.
LEFT_OUT = {
    "chapters/slides": "they are shown, and printed by themselves",
    "chapters/classroom": "a form that counts on a screen",
    "chapters/students": "the class's copies of what other chapters have, printed by themselves",
}
#: What only a screen has, or only a page of its own: by class or name, and by tag.
OF_THE_SCREEN = {
    *("headerlink", "lights", "tools", "off-paper", "for-paper", "copy", "hide"),
    *("pack", "typed", "typed-found"),
}
WORKED = {"form", "input", "label", "button", "script", "style"}
READINGS = 16  # as many of a list of readings are kept
#: Attributes that name an element of the same page.
NAMES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
KEPT = ("id", "class", "style", "aria-label")  # of a link that leads nowhere

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True
)
#: Where a place in the book stands: from which chapter one comes, the chapter, the name there.
Address = Callable[[str, str, str], str]


@dataclass(frozen=True)
class Chapter:
    """A page of the book: its path without ``.html``, how deep it lies, its heading, its body."""

    page: str
    depth: int
    title: str
    root: HtmlElement
    #: What is named on it; links to a name that is not there lead to the chapter's beginning.
    names: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Its name in a file of all chapters."""
        return self.page.rpartition("/")[2]


def settings(top: Path = TOP) -> dict[str, Any]:
    """What the configuration says of the book: title, author, year, edition, address, language, and
    what its files are called after."""
    said = yaml.safe_load((top / "_config.yml").read_text(encoding="utf-8"))
    config = said["sphinx"]["config"]
    return {
        "title": said["title"],
        "author": said["author"],
        "year": said["copyright"],
        "edition": config["version"],
        "language": config["language"],
        "base": said["html"]["baseurl"],
        "project": config["project"],
    }


def pages_of(top: Path = TOP) -> Iterator[tuple[str, int]]:
    """The pages of the whole book, in order, each with its depth."""
    contents = yaml.safe_load((top / "_toc.yml").read_text(encoding="utf-8"))

    def below(entries: list[dict[str, Any]], depth: int) -> Iterator[tuple[str, int]]:
        for entry in entries:
            if entry["file"] not in LEFT_OUT:
                yield entry["file"], depth
                yield from below(entry.get("sections", []), depth + 1)

    yield contents["root"], 0
    yield from below(contents["chapters"], 0)


def chapter(site: Path, page: str, depth: int, *, drawn: str) -> Chapter:
    """A built page as a chapter; ``drawn`` is the size of its charts that is kept."""
    body = html.parse(str(site / f"{page}.html")).getroot().find(".//div[@class='body']")
    root = fragment(inner_html(body))
    for element in list(root.iter("source", "picture")):  # lxml takes a source to hold its image
        element.drop_tag()
    for element in list(root.iter(html.etree.Element)):
        if is_of_the_screen(element):
            element.drop_tree()
    for chart in root.find_class("chart"):
        sizes = {size: chart.find(f"./div[@class='{size}']") for size in ("wide", "narrow")}
        if None in sizes.values():
            continue
        for size, box in sizes.items():
            if size != drawn:
                box.drop_tree()
        sizes[drawn].attrib.pop("style", None)
    for readings in root.find_class("readings"):
        shorten(readings)
    for reference in root.find_class("noteref"):
        reference.set("role", "doc-noteref")
    for paragraph in root.xpath(".//p[not(node())]"):
        paragraph.drop_tree()
    names = {e.get("id") for e in root.iter() if e.get("id")}
    return Chapter(page, depth, heading(root, "h1"), root, names)


def shorten(readings: HtmlElement) -> None:
    """Cut a long list of readings short, and say how many more there are."""
    more = readings.findall("./li")[READINGS:]
    for item in more:
        item.drop_tree()
    if more:
        readings.append(E.li(f"and {len(more):,} more"))


def is_of_the_screen(element: HtmlElement) -> bool:
    """Whether an element is for a screen alone, or for one that has the site."""
    named = {element.get("id"), *element.get("class", "").split()}
    if element.getparent() is None:
        return False
    if element.get("display") == "none":  # a mark that only another reading has
        return True
    if element.xpath("ancestor::svg"):
        return False
    csv = "download" in element.attrib and next(element.iterancestors("figure"), None) is not None
    hidden = "hidden" in element.attrib  # until a reading, or a guess, shows it
    return element.tag in WORKED or bool(named & OF_THE_SCREEN) or csv or hidden


def whole_book(
    site: Path, *, address: Address, drawn: str = "wide", evidence: bool = False, base: str = ""
) -> list[Chapter]:
    """All chapters, and as the last one what their numbers count.

    ``evidence``: whether that has the lines of each list, or only the numbers of its sentences.
    A link to what is not in the book leads to the site at ``base``; without one it is plain words.
    """
    chapters = [chapter(site, page, depth, drawn=drawn) for page, depth in pages_of()]
    linked = [
        target
        for one in chapters
        for link in one.root.iter("a")
        if (target := target_of(one.page, link.get("href", ""))) and target[1]
    ]
    lists = Lists(site, dict.fromkeys(linked), whole=evidence)
    chapters.append(
        Chapter(lists.page, 0, heading(lists.root, "h1"), lists.root, set(lists.names.values()))
    )
    by_page = {one.page: one for one in chapters}
    for one in chapters:
        for link in list(one.root.iter("a")):
            target = target_of(one.page, link.get("href", ""))
            if target is None:
                continue
            page, name = lists.place(target) or target
            if page in by_page:
                known = name if name in by_page[page].names else ""
                link.set("href", address(one.name, by_page[page].name, known))
            elif base:
                end = f"#{name}" if name else ""
                path = page if "." in page.rpartition("/")[2] else f"{page}.html"
                link.set("href", f"{base.rstrip('/')}/{path}{end}")
            else:
                unlink(link)
    return chapters


def target_of(page: str, href: str) -> tuple[str, str] | None:
    """The page and the name that a link on a page leads to; None if it leaves the book."""
    if not href or re.match(r"[a-z]+:", href):
        return None
    path, _, name = href.partition("#")
    if not path:
        return page, name
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    return path.removesuffix(".html"), name


def unlink(link: HtmlElement) -> None:
    """Turn a link into plain words, or into a plain part of a drawing."""
    link.tag = "g" if next(link.iterancestors("svg"), None) is not None else "span"
    for attribute in set(link.attrib) - set(KEPT):
        del link.attrib[attribute]
    if link.tag == "span":
        link.attrib.pop("aria-label", None)  # a name for a link alone


def prefix_names(one: Chapter) -> None:
    """Let what a chapter names be its own in a document of all chapters."""
    for element in one.root.iter(html.etree.Element):
        if element.get("id"):
            element.set("id", f"{one.name}--{element.get('id')}")
        for attribute in NAMES:
            if attribute in element.attrib:
                names = element.get(attribute).split()
                element.set(attribute, " ".join(f"{one.name}--{name}" for name in names))
        if element.tag == "use":
            for attribute, value in element.attrib.items():
                if attribute.endswith("href") and value.startswith("#"):
                    element.set(attribute, f"#{one.name}--{value[1:]}")
        for attribute, value in element.attrib.items():
            if "url(#" in value:
                element.set(attribute, value.replace("url(#", f"url(#{one.name}--"))
