"""What authors may write beyond MyST: remarks in the margin, answers to unfold, footnotes, and the
people of the glossary."""

from html import escape
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from analysis.lives import SENTENCE, lives, sentence_case
from analysis.wording import name_of
from book.session import DATA, source

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


class People(SphinxDirective):
    """``{people}``: an entry of the glossary for each person of the register, from what is known of
    him: name, office, and how he came into the text."""

    def run(self) -> list[nodes.Node]:
        """The glossary."""
        session = source.session
        self.env.note_dependency(str(DATA / "context" / "people.toml"))
        lines = ["```{glossary}"]
        for person, life in lives(session).items():
            if not life.also:
                said = " ".join(map(sentence_case, filter(None, (life.office, life.came))))
                text = SENTENCE.sub(r"{sentence}`\g<0>`", said)
                lines += [name_of(session, person), f"  {text}", ""]
        content = StringList([*lines, "```"], source="people")
        node = nodes.container()
        self.state.nested_parse(content, 0, node)
        return list(node.children)


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
    app.add_directive("people", People)
    app.add_post_transform(FootnotesBesideText)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
