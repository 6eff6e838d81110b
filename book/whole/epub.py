"""The whole book as EPUB 3: a file for each chapter, read on a phone and without a network."""

import zipfile
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lxml import etree
from lxml.html import HtmlElement

from book.whole.chapters import TEMPLATES, Chapter, settings, whole_book

VOID = {"area", "br", "col", "hr", "img", "wbr"}
SVG, MATHML = "http://www.w3.org/2000/svg", "http://www.w3.org/1998/Math/MathML"
FOLDER = "book"  # where in the file all of it lies
ROW, GAP = 44, 2  # signs that a table's row has on a phone, and between two columns
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # so that the same book is the same file


def address(here: str, chapter: str, name: str) -> str:
    """Where a place stands: in the chapter's file."""
    file = "" if here == chapter else f"{chapter}.xhtml"
    return f"{file}#{name}" if name else f"{chapter}.xhtml"


def write_epub(site: Path, path: Path, *, evidence: bool = False) -> None:
    """Write the whole book as EPUB, its charts in the size for phones."""
    said = settings()
    chapters = whole_book(
        site, address=address, drawn="narrow", evidence=evidence, base=said["base"]
    )
    said |= {
        "identifier": uuid5(NAMESPACE_URL, f"{said['base'] or said['title']} {said['edition']}"),
        "modified": f"{said['year']}-01-01T00:00:00Z",
    }
    pictures = take_pictures(site, chapters)
    files = {f"{one.name}.xhtml": page(one, said) for one in chapters}
    entries = [
        {
            "name": one.name,
            "title": one.title,
            "depth": one.depth,
            "properties": " ".join(
                name
                for name, space in (("mathml", MATHML), ("svg", SVG))
                if f'xmlns="{space}"' in files[f"{one.name}.xhtml"]
            ),
        }
        for one in chapters
    ]
    templates = {"package.opf", "contents.xhtml", "title.xhtml"}
    files |= {
        name: TEMPLATES.get_template(name).render(
            chapters=entries, pictures=sorted(pictures), **said
        )
        for name in templates
    }
    for text in files.values():
        etree.fromstring(text.encode())  # an error where it is no XML
    files["epub.css"] = TEMPLATES.get_template("epub.css").render()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        # The first entry says what the file is, and is not compressed.
        add(archive, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        container = TEMPLATES.get_template("container.xml").render(folder=FOLDER)
        add(archive, "META-INF/container.xml", container.encode())
        for name in sorted(files):
            add(archive, f"{FOLDER}/{name}", files[name].encode())
        for name in sorted(pictures):
            add(archive, f"{FOLDER}/{name}", pictures[name].read_bytes())


def add(
    archive: zipfile.ZipFile, name: str, content: bytes, how: int = zipfile.ZIP_DEFLATED
) -> None:
    """Add a file, always with the same date."""
    archive.writestr(zipfile.ZipInfo(name, LONG_AGO), content, how)


def take_pictures(site: Path, chapters: list[Chapter]) -> dict[str, Path]:
    """The pictures of all chapters, by their names in the file, to which the chapters then lead."""
    found = {}
    for one in chapters:
        for image in one.root.iter("img"):
            source = (site / one.page).parent / image.get("src")
            found[source.name] = source
            image.set("src", source.name)
    return found


def page(one: Chapter, said: dict[str, Any]) -> str:
    """A chapter as a file of XHTML."""
    for drawing in one.root.iter("svg"):
        drawing.set("xmlns", SVG)
        drawing.attrib.pop("role", None)
        for part in [drawing, *drawing.iter("a")]:
            name_part(part)
    for table in one.root.iter("table"):
        if "kwic" not in table.get("class", "") and is_wide(table):
            table.set("class", f"{table.get('class', '')} as-list".strip())
            tell_heads(table)
    body = xhtml(one.root)
    return TEMPLATES.get_template("chapter.xhtml").render(said | {"title": one.title, "body": body})


def is_wide(table: HtmlElement) -> bool:
    """Whether the longest words of its columns do not fit beside each other on a phone."""
    rows = [[cell.text_content().split() or [""] for cell in row] for row in table.iter("tr")]
    columns = zip(*(row for row in rows if len(row) == len(rows[0])))
    return sum(GAP + max(len(word) for cell in column for word in cell) for column in columns) > ROW


def tell_heads(table: HtmlElement) -> None:
    """Have each cell but the first of its row say what stands above it."""
    heads = [" ".join(head.text_content().split()) for head in table.xpath("./thead/tr[1]/*")]
    for row in table.iterfind("tbody/tr"):
        for head, cell in list(zip(heads, row))[1:]:
            if head:
                cell.set("data-head", head)


def name_part(part: HtmlElement) -> None:
    """Say what a drawing or a part of it is in an element of its own, which all readers know."""
    if part.get("aria-label"):
        title = part.makeelement("title")
        title.text, title.tail, part.text = part.attrib.pop("aria-label"), part.text, None
        part.insert(0, title)


def xhtml(root: HtmlElement) -> str:
    """What stands in an element, as XML."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            element.drop_tree()
            continue
        if element.tag == "math":
            element.set("xmlns", MATHML)
        if element.tag not in VOID and not len(element) and not element.text:
            element.text = ""  # `<p></p>`: a reader that takes it for HTML would not close `<p/>`
    return (root.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in root)
