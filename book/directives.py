"""What authors may write beyond MyST: remarks in the margin, answers to unfold, and footnotes."""

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

TWO_LINES = 150  # characters of a block from which book.css sets its note beside it


class Margin(SphinxDirective):
    """``{margin}``: a remark set beside the text, or below it where there is no room."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """The remark, with its title if it has one."""
        note = nodes.admonition(classes=["margin"])
        if self.arguments:
            inlines, _ = self.state.inline_text(self.arguments[0], self.lineno)
            note += nodes.title("", "", *inlines)
        self.state.nested_parse(self.content, self.content_offset, note)
        return [note]


class Answer(SphinxDirective):
    """``{answer}``: text behind its title, closed until it is asked for; open on paper."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """The text, between the tags of what unfolds."""
        inside = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, inside)
        head = f'<details class="key"><summary>{escape(self.arguments[0])}</summary>'
        return [
            nodes.raw("", head, format="html"),
            *inside.children,
            nodes.raw("", "</details>", format="html"),
        ]


class FootnotesBesideText(SphinxPostTransform):
    """Move each footnote from the foot of the page to the block that first refers to it."""

    default_priority = 900

    def run(self, **_: Any) -> None:
        """Change the page."""
        notes = {id: note for note in self.document.findall(nodes.footnote) for id in note["ids"]}
        for reference in list(self.document.findall(nodes.footnote_reference)):
            note = notes.pop(reference["refid"], None)
            if note is None:
                continue
            block = reference
            while not isinstance(block.parent, (nodes.section, nodes.document)):
                block = block.parent
            note.parent.remove(note)
            place = block.parent.index(block) + 1
            while place < len(block.parent) and isinstance(block.parent[place], nodes.footnote):
                place += 1
            block.parent.insert(place, note)
            if len(block.astext()) > TWO_LINES:
                note["classes"].append("lifted")


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directives, and move the footnotes."""
    app.add_directive("margin", Margin)
    app.add_directive("answer", Answer)
    app.add_post_transform(FootnotesBesideText)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
