"""The look of the book: a small theme that works offline, without scripts, and for everyone.

Pages are plain HTML with one style sheet and a few short scripts.  Jupyter Book, MyST-NB and
Sphinx do the rest; ``directives``, ``mending``, ``numbers`` and ``pages`` mend what they write and
add what they lack.
"""

import os
import re
import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.config import Config

from book import directives, numbers, pages

HERE = Path(__file__).resolve().parent


def formula(translator: Any, node: nodes.Element, block: bool = False) -> None:
    """A formula as MathML, which browsers draw without a script."""
    translator.body.append(tex2mathml(node.astext(), as_block=block))
    raise nodes.SkipNode


def displayed_formula(translator: Any, node: nodes.Element) -> None:
    """A formula on a line of its own."""
    formula(translator, node, block=True)


def copy_assets(folder: Path) -> Path:
    """A copy of what pages ask for, its style sheets without their comments: no reader needs them,
    and they are a tenth of what is sent."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / "assets", folder)
    for sheet in folder.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        bare = re.sub(r"/\*.*?\*/\s*", "", text, flags=re.S)
        sheet.write_text(bare, encoding="utf-8", newline="\n")
    return folder


def configure(app: Sphinx, config: Config) -> None:
    """What _config.yml need not say; paths hold wherever the configuration lies."""
    lean = copy_assets(Path(app.doctreedir, "assets"))
    config.html_static_path.append(os.path.relpath(lean, app.confdir))
    config.html_additional_pages |= {"404": "404.html", "search": "search.html"}
    config.html_math_renderer = "mathml"
    config.myst_footnote_transition = False  # there is no list of notes to set off
    # It numbers chapters once all are read, so that reading side by side cannot disturb it.
    app.extensions["sphinx_multitoc_numbering"].parallel_read_safe = True


def escape(app: Sphinx) -> None:
    """Have the engine escape what templates print, unless they call it safe."""
    if app.builder.format == "html":
        app.builder.templates.environment.autoescape = True


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the theme, and what goes with it."""
    app.add_html_theme("book", str(HERE / "templates"))
    app.add_html_math_renderer(
        "mathml", inline_renderers=(formula, None), block_renderers=(displayed_formula, None)
    )
    app.add_config_value("comments_config", {}, "")  # Jupyter Book always sets it
    app.add_js_file("book.js", loading_method="defer")
    app.add_js_file("switches.js", loading_method="defer")
    app.add_js_file("beside.js", loading_method="defer")
    app.add_js_file("walk.js", loading_method="defer")
    app.connect("config-inited", configure)
    app.connect("builder-inited", escape)
    for part in (directives, numbers, pages):
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
