"""The numbers behind charts as files.

A chart brings them along in an address of its own, since in a notebook there is no file beside it.
In the book each is a file, so that a page does not carry what few readers ask for.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml.html import HtmlElement
from sphinx.application import Sphinx

FOLDER = "numbers"
#: How a page names one; to look for it in the text of all pages takes a tenth of parsing them.
NAMED = re.compile(rf'href="(?:\.\./)*{FOLDER}/([^"/]+)"')


def lead_to_files(app: Sphinx, root: HtmlElement, pathto: Callable[[str, int], str]) -> None:
    """Write the numbers that a page's charts bring along, and have their links lead there."""
    folder = Path(app.outdir, FOLDER)
    for link in root.xpath(".//figure//a[@download][starts-with(@href, 'data:text/csv')]"):
        folder.mkdir(exist_ok=True)
        name, text = link.get("download"), unquote(link.get("href").partition(",")[2])
        (folder / name).write_text(text, encoding="utf-8", newline="")
        link.set("href", pathto(f"{FOLDER}/{name}", 1))


def remove_old(app: Sphinx, error: Exception | None) -> None:
    """Remove the files that no page leads to, of charts that an earlier build had."""
    if error or app.builder.name != "html":
        return
    pages = Path(app.outdir).rglob("*.html")
    named = {name for page in pages for name in NAMED.findall(page.read_text(encoding="utf-8"))}
    for path in Path(app.outdir, FOLDER).glob("*"):
        if path.name not in named:
            path.unlink()


def setup(app: Sphinx) -> dict[str, Any]:
    """Tidy up before the site is packed."""
    app.connect("build-finished", remove_old, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
