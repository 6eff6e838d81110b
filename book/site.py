"""What belongs to the site as a whole: the map, the cards, the copy to take away, the search."""

import re
import shutil
import zipfile
from pathlib import Path

from book.search import write_search_index

LEFT_OUT = (
    "pygments.css",
    "mystnb.",
    "documentation_options",
)  # written by extensions for other themes


written: set[str] = set()  # the pages that this build has written


def write_sitemap(site, pages, base):
    urls = "".join(f"<url><loc>{base.rstrip('/')}/{page}.html</loc></url>\n" for page in pages)
    text = f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
    (site / "sitemap.xml").write_text(text, encoding="utf-8")


def write_offline_copy(site, name):
    """The whole site as one zip, the same bytes for the same site."""
    copy = site / f"{name}.zip"
    copy.unlink(missing_ok=True)
    files = sorted(
        path
        for path in site.rglob("*")
        if path.is_file()
        and path.suffix != ".zip"
        and path.name not in (".buildinfo", "objects.inv")
        and path.parent.name != "cards"
    )
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in files:
            entry = zipfile.ZipInfo(
                f"{name}/{path.relative_to(site).as_posix()}", (2026, 1, 1, 0, 0, 0)
            )
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, path.read_bytes())


def copy_cards(app, site, pages):
    """The social cards that pages name; the book's own is that of its first chart."""
    drawn, cards = Path(app.doctreedir, "cards"), site / "cards"
    shutil.rmtree(cards, ignore_errors=True)
    cards.mkdir()
    names = [
        name
        for page in pages
        for name in re.findall(
            r'"[^"]*cards/([^"/]+)\.png"', (site / f"{page}.html").read_text(encoding="utf-8")
        )
    ]
    own = [name for name in names if name != "book"]
    for name in own:
        shutil.copyfile(drawn / f"{name}.png", cards / f"{name}.png")
    if own:
        shutil.copyfile(drawn / f"{own[0]}.png", cards / "book.png")


def in_order(env):
    """All pages, in the order of the book."""
    order = [env.config.root_doc]
    for page in order:
        order += [below for below in env.toctree_includes.get(page, []) if below not in order]
    return [*order, *sorted(env.found_docs - set(order))]


def remove_old_pages(app):
    """Pages that an earlier build has written, and this one would not."""
    known = {*app.env.found_docs, *written}
    for path in Path(app.outdir).rglob("*.html"):
        if path.relative_to(app.outdir).with_suffix("").as_posix() not in known:
            path.unlink()


def note_page(app, pagename, templatename, context, doctree):
    """Remember the pages that are written beside those of the book's files."""
    written.add(pagename)


def finish(app, error):
    if error or app.builder.format != "html":
        return
    site, pages = Path(app.outdir), in_order(app.env)
    remove_old_pages(app)
    for path in (site / "_static").iterdir():
        if path.name.startswith(LEFT_OUT):
            path.unlink()
    copy_cards(app, site, pages)
    write_search_index(site, pages)
    if app.config.html_baseurl:
        write_sitemap(site, pages, app.config.html_baseurl)
    write_offline_copy(site, app.config.project)


def own_search(app):
    app.builder.search = (
        False  # Sphinx's index has no sentences, and its search needs a server for excerpts
    )


def setup(app):
    app.connect("builder-inited", own_search)
    app.connect("html-page-context", note_page)
    app.connect("build-finished", finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
