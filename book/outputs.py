"""What a notebook shows whole, the book shows whole: charts with their links, tables, pages.

myst-nb asks installed packages for such renderers; this one is handed to it here, so that the book
also builds where the package is only lying there.
"""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from myst_nb.core import render
from sphinx.application import Sphinx

from analysis.page import RICH


class Whole(render.MimeRenderPlugin):
    """Takes the type that :mod:`analysis.page` gives, before any other that an output has."""

    mime_priority_overrides: ClassVar = [("*", RICH, 0)]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        if data.mime_type != RICH or inline:
            return None
        return [nodes.raw(text=data.content, format="html")]


def setup(app: Sphinx) -> dict[str, bool]:
    render.load_mime_renders = lambda: [Whole()]
    return {"parallel_read_safe": True, "parallel_write_safe": True}
