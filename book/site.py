"""What belongs to the site as a whole: its map, cards and search, the data, what to take away."""

import re
import shutil
from pathlib import Path
from typing import Any

from lxml import etree, html
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError

from analysis.opendata import all_files
from analysis.session import the_edition
from analysis.tei import EditionError
from analysis.writing import pack, replace
from book.building import aside, made_from, unfinished, wait_for_all
from book.classroom import NO_PACK, is_for_students
from book.opendata import zip_name
from book.search import write_search_index
from book.session import source

#: Written by extensions for other themes.
LEFT_OUT = ("pygments.css", "mystnb.", "documentation_options")
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def offer(app: Sphinx, pagename: str, template: str, context: dict[str, Any], _: Any) -> None:
    """Tell a page's template what there is to take away."""
    context["edition"] = f"data/{the_edition().name}"
    context["data"] = zip_name(app.config)


def remove_old_pages(app: Sphinx) -> None:
    """Remove the pages that an earlier build has written, and this one would not."""
    begun = unfinished(app).stat().st_mtime_ns
    for path in Path(app.outdir).rglob("*.html"):
        page = path.relative_to(app.outdir).with_suffix("").as_posix()
        if page not in app.env.found_docs and path.stat().st_mtime_ns < begun:
            path.unlink()


def in_order(env: BuildEnvironment) -> list[str]:
    """All pages, in the order of the book."""
    order = [env.config.root_doc]
    for page in order:
        order += [below for below in env.toctree_includes.get(page, []) if below not in order]
    return [*order, *sorted(env.found_docs - set(order))]


def copy_cards(drawn: Path, site: Path, pages: list[str]) -> None:
    """The social cards that pages name; the book's own is that of its first chart."""
    cards, own = site / "cards", []
    for page in pages:
        root = html.parse(str(site / f"{page}.html"))
        named = [Path(name).name for name in root.xpath("//meta[@property='og:image']/@content")]
        own += [name for name in named if name != "book.png"]
    if own:
        cards.mkdir()
    for name in own:
        shutil.copyfile(drawn / name, cards / name)
    if own:
        shutil.copyfile(drawn / own[0], cards / "book.png")


def write_sitemap(site: Path, pages: list[str], base: str) -> None:
    """The addresses of all pages, for search engines."""
    root = etree.Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP})
    for page in pages:
        url = etree.SubElement(root, f"{{{SITEMAP}}}url")
        etree.SubElement(url, f"{{{SITEMAP}}}loc").text = f"{base.rstrip('/')}/{page}.html"
    text = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    (site / "sitemap.xml").write_bytes(text)


def pack_name(project: str) -> str:
    """The name of the pack that :mod:`book.pack` makes, in the site."""
    return f"{project}-pack.zip"


def pack_offline(site: Path, name: str) -> None:
    """The whole site as one file, to read offline."""
    pack(site, site / f"{name}.zip", without=(".buildinfo", ".nojekyll", "objects.inv", "cards"))


def withdraw_pack(site: Path, project: str) -> None:
    """Take a pack out of the site; it was made from pages that may have changed."""
    shutil.rmtree(site / "pack", ignore_errors=True)
    (site / pack_name(project)).unlink(missing_ok=True)
    say_of_pack(site, NO_PACK)


def say_of_pack(site: Path, text: str) -> None:
    """Change what the page of the seminar says of the pack, in its text: to the byte all else of
    the page stays as it was written, which a parser would write anew."""
    path = site / "chapters" / "seminar.html"
    if path.exists():
        page = path.read_text(encoding="utf-8")
        fresh = re.sub(r'<div id="pack">.*?</div>', lambda _: text, page, flags=re.S)
        if fresh != page:
            path.write_text(fresh, encoding="utf-8", newline="\n")


def write_data(app: Sphinx, env: BuildEnvironment) -> None:
    """When all pages are read: begin to write the data."""
    if app.builder.name != "html":
        return
    site, archive = Path(app.outdir), zip_name(app.config)

    def write() -> None:
        shutil.rmtree(site / "data", ignore_errors=True)
        replace(site / "data", all_files(source.session))  # the build has the site for itself
        pack(site / "data", site / archive)

    made_from(app, "data", [app.config.html_baseurl], write, "data", archive)


def index(app: Sphinx) -> list[Any]:
    """When the book's own pages are written: begin to write what the search finds; no page.

    What else the site needs for them is left to the end, and not done where no page is written.
    """
    pages = [page for page in in_order(app.env) if not is_for_students(app.env, page)]
    aside(lambda: write_search_index(Path(app.outdir), pages))
    app.connect("build-finished", finish_pages)
    return []


def finish(app: Sphinx, error: Exception | None) -> None:
    """When all pages are written, and all that was made meanwhile."""
    if error or app.builder.name != "html":
        return
    wait_for_all()
    for path in Path(app.outdir, "_static").iterdir():
        if path.name.startswith(LEFT_OUT):
            path.unlink()


def finish_pages(app: Sphinx, error: Exception | None) -> None:
    """After that, where pages have been written: what is made of all of them."""
    if error or app.builder.name != "html":
        return
    site, pages, name = Path(app.outdir), in_order(app.env), app.config.project
    remove_old_pages(app)
    shutil.rmtree(site / "cards", ignore_errors=True)
    (site / ".nojekyll").touch()  # else a host that serves a branch leaves out _static
    if app.config.html_baseurl:
        copy_cards(Path(app.doctreedir, "cards"), site, pages)
        write_sitemap(site, pages, app.config.html_baseurl)
    withdraw_pack(site, name)
    aside(lambda: pack_offline(site, name))


def read_edition(app: Sphinx, config: Config) -> None:
    """Read the edition before all else; what is wrong with it is told in a line."""
    source.forget()
    try:
        source.session  # noqa: B018
    except EditionError as error:
        raise ConfigError(str(error)) from None


def own_search(app: Sphinx) -> None:
    """Sphinx's index has no sentences, and its search needs a server for excerpts."""
    setattr(app.builder, "search", False)  # noqa: B010 (other builders have none)


def setup(app: Sphinx) -> dict[str, Any]:
    """Finish the site when its pages are written."""
    app.connect("config-inited", read_edition)
    app.connect("builder-inited", own_search)
    app.connect("env-updated", write_data, priority=400)
    app.connect("html-page-context", offer)
    app.connect("html-collect-pages", index, priority=0)
    app.connect("build-finished", finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
