"""What the templates are given for a page, beside what Sphinx gives: how it is described and cited,
where it can be run, its social card, its contents, the scripts that it needs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from lxml import html
from sphinx.application import Sphinx

from book.evidence.markup import fragment, inner_html
from book.mending import contents_of, mend
from book.numbers import lead_to_files
from book.opendata import linked

PHONE = "(max-width: 700px)"  # where book.css shows the narrow drawings
ASSETS = Path(__file__).resolve().parent / "assets"
TEXT_SCRIPTS = ("text.js", "speeches.js")  # cards in the reading text, its speakers
TEXT_STYLE = "text.css"
CLASS_SCRIPTS = ("ballots.js", "classroom.js")  # a student's judgements, and a class's
EXERCISE_SCRIPTS = ("exercises.js",)  # of the class
GUESS_SCRIPTS = ("predict.js",)  # a guess before a chart
LIST_SCRIPTS = (  # to sort and to search a list
    "sortable-tablesort-4.1.7/sortable.min.js",
    "snowball-3.0.1/base-stemmer.js",
    "snowball-3.0.1/english-stemmer.js",
    "find.js",
    "evidence.js",
    "lists.js",
)


#: The names of Dublin Core for what Highwire's tags say.
TERMS = {
    "title": "title",
    "author": "creator",
    "inbook_title": "isPartOf",
    "publication_date": "issued",
    "language": "language",
    "fulltext_html_url": "identifier",
}


def describe(app: Sphinx, pagename: str, doctree: nodes.document | None) -> str:
    """A page's description: its own, or its first paragraph."""
    own = app.env.metadata.get(pagename, {}).get("description")
    if own or doctree is None:
        return own or app.config.html_title
    paragraphs = doctree.findall(nodes.paragraph)
    first = next((p.astext() for p in paragraphs if isinstance(p.parent, nodes.section)), "")
    words = " ".join(first.split()) or app.config.html_title
    return words if len(words) <= 200 else words[:200].rsplit(" ", 1)[0] + " …"


def launch(app: Sphinx, path: str) -> Iterator[tuple[str, str, str]]:
    """Where a notebook can be run, once a repository is named: name, address, what to run first."""
    options = app.config.html_theme_options
    url, branch = options.get("repository_url", "").rstrip("/"), options.get("repository_branch")
    buttons = options.get("launch_buttons", {})
    path = "/".join(filter(None, [options.get("path_to_docs"), path]))
    repository = url.removeprefix("https://github.com/")
    binder, colab = buttons.get("binderhub_url"), buttons.get("colab_url")
    if url and binder:  # it installs requirements.txt, for the Python of runtime.txt
        yield "Binder", f"{binder}/v2/gh/{repository}/{branch}?urlpath=lab/tree/{path}", ""
    if url and colab:  # it opens the notebook alone
        folder = "/content/book"
        first = (
            f"!git clone --depth 1 --branch {branch} {url} {folder}\n"
            f"%cd {folder}/{path.rpartition('/')[0]}\n"
            f"%pip install -q -e {folder}\n"
            "# Then choose Runtime, Restart session, and run the notebook."
        )
        yield "Colab", f"{colab}/github/{repository}/blob/{branch}/{path}", first


def card_of(app: Sphinx, root: html.HtmlElement) -> str:
    """The card of a page: of its first chart that has one, else the book's; none without charts,
    nor without an address of the site."""
    if not app.config.html_baseurl:
        return ""
    drawn = Path(app.doctreedir, "cards")
    charts = root.xpath(".//figure[@class='chart']/@id")
    names = [str(chart).removeprefix("chart-") for chart in charts]
    own = [name for name in names if (drawn / f"{name}.png").exists()]
    return f"cards/{own[0] if own else 'book'}.png" if any(drawn.glob("*.png")) else ""


def cite_as(app: Sphinx, title: str, canonical: str) -> dict[str, Any]:
    """What to cite a page by: ``text`` for people, ``tags`` for programmes as (name, value)."""
    book, year, edition = app.config.html_title, app.config.copyright, app.config.version
    where = f", {canonical}" if canonical else ""
    tags = {
        "title": title,
        "author": app.config.author,
        "inbook_title": book,
        "publication_date": year,
        "language": app.config.language,
        "fulltext_html_url": canonical,
    }
    return {
        "text": f"“{title}”, in {book}, edition {edition}, {year}{where}.",
        "tags": [
            *((f"citation_{name}", value) for name, value in tags.items() if value),
            *((f"dcterms.{TERMS[name]}", value) for name, value in tags.items() if value),
        ],
    }


def is_ours(asset: Any) -> bool:
    """Whether a style sheet or script is one of book/assets; others are for other themes."""
    name = str(getattr(asset, "filename", None) or asset).partition("?")[0]
    return (ASSETS / name.removeprefix("_static/")).is_file()


def size_of(png: Path) -> tuple[str, str]:
    """The width and height of a PNG, in pixels."""
    head = png.read_bytes()[16:24]
    return str(int.from_bytes(head[:4], "big")), str(int.from_bytes(head[4:], "big"))


def size_images(app: Sphinx, root: html.HtmlElement) -> None:
    """Say how large each PNG is, so that nothing jumps when it comes."""
    files = {name: path for path, (_, name) in app.env.images.items() if path.endswith(".png")}
    for image in list(root.iter("img")):
        path = files.get(image.get("src", "").rpartition("/")[2])
        if path and "width" not in image.attrib:
            width, height = size_of(Path(app.srcdir, path))
            image.set("width", width)
            image.set("height", height)
            offer_narrow(app, image, Path(app.srcdir, path))


def offer_narrow(app: Sphinx, image: html.HtmlElement, path: Path) -> None:
    """Where a picture has a narrow one beside it, ``NAME-narrow.png``, show that on phones."""
    narrow = path.with_stem(f"{path.stem}-narrow")
    if not narrow.exists():
        return
    copied = Path(app.outdir, "_images", narrow.name)
    copied.parent.mkdir(exist_ok=True)
    copied.write_bytes(narrow.read_bytes())
    width, height = size_of(narrow)
    address = f"{image.get('src').rpartition('/')[0]}/{narrow.name}"
    source = image.makeelement(
        "source", {"media": PHONE, "srcset": address, "width": width, "height": height}
    )
    both = image.makeelement("picture")
    both.tail, image.tail = image.tail, None
    image.getparent().replace(image, both)
    both.extend([source, image])


def prepare(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Fill in what the templates are given."""
    additional = pagename in app.config.html_additional_pages
    base = app.config.html_baseurl and app.config.html_baseurl.rstrip("/") + "/"
    root = fragment(context.get("body", ""))
    app.emit("page-parsed", pagename, context, root)
    mend(root, paragraphs=doctree is not None)
    styles = [style for style in root.iter("style") if not style.xpath("ancestor::svg")]
    for style in styles:  # a notebook brings its own along; in a page they belong to the head
        context["metatags"] = f"{context.get('metatags') or ''}\n<style>{style.text}</style>"
        style.drop_tree()
    size_images(app, root)
    lead_to_files(app, root, context["pathto"])
    context["body"] = inner_html(root)
    needed = [
        *(TEXT_SCRIPTS if root.xpath(".//@data-citation") else ()),
        *(CLASS_SCRIPTS if root.xpath(".//@data-questions") else ()),
        *(EXERCISE_SCRIPTS if root.xpath(".//*[@class='exercise']") else ()),
        *(GUESS_SCRIPTS if root.xpath(".//*[contains(@class, 'predict')]") else ()),
        *(LIST_SCRIPTS if root.xpath(".//section[@class='evidence']") else ()),
    ]
    for script in needed:
        app.add_js_file(script, loading_method="defer")
    if TEXT_SCRIPTS[0] in needed:
        app.add_css_file(TEXT_STYLE)
    source = str(app.env.doc2path(pagename, base=False)) if doctree is not None else ""
    card, canonical = (
        card_of(app, root),
        f"{base}{pagename}.html" if base and not additional else "",
    )
    contents = context["toctree"](collapse=True, maxdepth=3, includehidden=True, titles_only=False)
    title = html.fragment_fromstring(context.get("title", ""), create_parent="div").text_content()
    description = describe(app, pagename, doctree)
    context |= {
        "notebook": source.endswith(".ipynb"),
        "launch": list(launch(app, source)),
        "description": description,
        "linked": "" if additional else linked(app.config, pagename, title, description, canonical),
        "canonical": canonical,
        "card": card and base + card,
        "cite": None if additional else cite_as(app, title, canonical),
        "offline": f"{app.config.project}.zip",
        "contents": contents_of(contents or "", context.get("toc") or ""),
        "css_files": list(filter(is_ours, context["css_files"])),
        "script_files": list(filter(is_ours, context["script_files"])),
    }
    if pagename == "404":  # at whatever depth it is shown, it brings what it needs
        context["style"] = (ASSETS / "book.css").read_text(encoding="utf-8")
        context["html_baseurl"] = base


def setup(app: Sphinx) -> dict[str, Any]:
    """Prepare each page after all others have had their say; who has something to say of its tree
    listens to ``page-parsed`` (app, name of the page, context, tree)."""
    app.add_event("page-parsed")
    app.connect("html-page-context", prepare, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
