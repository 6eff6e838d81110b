"""What leaves the book to be run: links into it for notebooks, and a folder that runs by itself.

``_build/links.json`` says which lists the built book has and where, for kernels that show tables
(see ``book/lab/config.py``).  The zip holds the notebooks with all that they need, and the built
book, to which the numbers in their prose lead.
"""

import json
import re
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from book.building import aside
from book.evidence.domain import evidence_of
from book.prose import TOP, link_from_outside
from book.session import source

#: What a folder of notebooks needs, from the project's top.
PARTS = ("analysis", "book", "chapters", "data", "index.md", "pyproject.toml", "LICENSE*")
LEFT_OUT = {"__pycache__", ".ipynb_checkpoints"}
README = """\
{title}
The notebooks

This folder holds the notebooks of the book, with all that they need, for Windows, macOS and Linux.
To set them up takes some minutes, once, with a connection, and 700 MB of room. You need to know no
Python. The book itself, to be read without any of this, is _build/html/index.html.

1. Unpack the zip, if you have not done so, and open the folder in which this file lies.

2. Get Python {least} or later (before {before}) from python.org, if you have none.

3. Open a terminal in this folder.
   Windows: click into the address bar of the folder's window, type powershell and press Enter.
   macOS and Linux: open Terminal, type cd and a blank, drag the folder into the window and press
   Enter.

4. Copy these lines into the terminal, one after the other, and press Enter after each. The second
   writes a great deal, and is done when it says "Successfully installed".

   Windows:

       py -m venv .venv
       .venv\\Scripts\\python -m pip install -r requirements.txt
       .venv\\Scripts\\python -m jupyter lab --config=book\\lab\\config.py

   macOS and Linux:

       python3 -m venv .venv
       .venv/bin/python -m pip install -r requirements.txt
       .venv/bin/python -m jupyter lab --config=book/lab/config.py

5. JupyterLab opens in the browser, on the front page. If it does not, copy the address that the
   last lines in the terminal name into the browser. Click on "Ask your own question": this chapter
   begins with how to run a notebook.

Leave the terminal open while you work. At the end save, and choose Shut Down in the menu File. The
next time step 3 and the last line of step 4 are enough, without a connection.


If it does not work

- The terminal knows no py, or no python3: Python is not there (step 2). Get it, and open a new
  terminal.
- "requires a different Python": this Python is too old or too new. Get another (step 2), delete
  the folder .venv, and go on with step 3. Where there are several, name one, as in
  python3.13 -m venv .venv
- "Could not open requirements file": the terminal is not in this folder (step 3).
- A message about ensurepip, on Debian and Ubuntu: run the command in it, and then step 4 again.


A question without a notebook

After step 4, in the terminal, on macOS and Linux, and on Windows:

    .venv/bin/python -m analysis ask "afraid, alarmed"
    .venv\\Scripts\\python -m analysis ask "afraid, alarmed"
"""


def zip_name(config: Config) -> str:
    """The name of the zip, in the site."""
    return f"{config.project}-notebooks.zip"


def links(app: Sphinx) -> dict[str, str]:
    """Where each address of the book can be opened from a notebook."""
    domain = evidence_of(app.env)
    listed = domain.source.overview().addresses
    sentences = {f"sentence:{name}" for name in source.session.sentences.sentence}
    return {a: link_from_outside(a) for a in sorted(domain.all_addresses() | listed | sentences)}


def requirements() -> tuple[str, str]:
    """What is installed to run notebooks, and the versions that it is held to."""
    pins = re.findall(r"^\S+==.*$", (TOP / "requirements.txt").read_text(encoding="utf-8"), re.M)
    return "-c versions.txt\n-e .[lab]\n", "\n".join(pins) + "\n"


def files(app: Sphinx) -> Iterator[tuple[str, bytes]]:
    """The files of the zip, by name."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    least, before = re.findall(r"3\.\d+", project["requires-python"])
    text = README.format(title=app.config.html_title, least=least, before=before)
    yield "README.txt", text.encode()
    for name, content in zip(("requirements.txt", "versions.txt"), requirements()):
        yield name, content.encode()
    for part in PARTS:
        for found in sorted(TOP.glob(part)):
            for path in sorted(found.rglob("*")) if found.is_dir() else [found]:
                if path.is_file() and not LEFT_OUT & set(path.parts):
                    yield path.relative_to(TOP).as_posix(), path.read_bytes()
    site = Path(app.outdir)
    for path in sorted(site.rglob("*")):
        inside = path.relative_to(site)
        if (
            path.is_file()
            and ".zip" not in path.suffixes  # nor one that is being written
            and inside.parts[0] not in ("_sources", "cards", "pack")
            and not inside.name.startswith(".")
        ):
            yield f"_build/html/{inside.as_posix()}", path.read_bytes()
    yield "_build/links.json", written(links(app)).encode()


def written(found: dict[str, str]) -> str:
    """Links as JSON, one a line."""
    return json.dumps(found, indent=0, ensure_ascii=False) + "\n"


def write(app: Sphinx, error: Exception | None) -> None:
    """When the site is whole: begin to write the zip into it, and the links beside it."""
    if not error and app.builder.name == "html":
        aside(lambda: pack_notebooks(app))


def pack_notebooks(app: Sphinx) -> None:
    """The links beside the site, and the zip; the same bytes for the same book."""
    (Path(app.outdir).parent / "links.json").write_text(written(links(app)), encoding="utf-8")
    folder = f"{app.config.project}-notebooks"
    with zipfile.ZipFile(Path(app.outdir, zip_name(app.config)), "w") as archive:
        for name, content in files(app):
            entry = zipfile.ZipInfo(f"{folder}/{name}", (2026, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content, compresslevel=9)


def name_it(app: Sphinx, page: str, template: str, context: dict[str, Any], _: object) -> None:
    """Tell a page how the zip is called."""
    context["notebooks"] = zip_name(app.config)


def setup(app: Sphinx) -> dict[str, bool]:
    """Write when the site is whole."""
    app.connect("html-page-context", name_it)
    app.connect("build-finished", write, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
