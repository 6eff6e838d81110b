"""Exercises in a page of the class: an answer is checked there, and whoever is wrong is shown the
sentences to read, not the solution.

They are those of ``data/exercises.toml``, which notebooks ask too (:mod:`analysis.exercises`).
What a page holds of the solution is a number to compare an answer with, and what is said to a right
one can be read with that answer alone: nobody comes upon it by looking at the page.
"""

from base64 import b64encode
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from analysis.classroom import mulberry32
from analysis.exercises import read_exercises
from analysis.page import render
from book.session import DATA, source


class Exercise(SphinxDirective):
    """``{exercise} NAME``: the question is what stands inside."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """The question, where to answer it, and the sentences to read, hidden."""
        self.env.note_dependency(str(DATA / "exercises.toml"))
        name, known = self.arguments[0], read_exercises()
        if name not in known:
            raise self.error(f"no exercise {name!r}; there are: {', '.join(known)}")
        one, session = known[name], source.session
        key = f"{name}:{','.join(sorted(one.solution(session)))}"
        text = dict(zip(session.sentences.sentence, session.sentences.text))
        lines = [(line, text[line]) for line in one.read.sentences(session)]
        how = "a number" if one.kind == "number" else "a sentence, as in s12, or several"
        form = render("exercise.html", how=how, lines=lines)
        data = f'data-name="{name}" data-kind="{one.kind}" data-is="{fnv(key)}"'
        data += f' data-told="{locked(one.right, key)}"'
        question = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, question)
        return [
            nodes.raw("", f'<div class="exercise" {data}>', format="html"),
            *question.children,
            nodes.raw("", str(form), format="html"),  # by itself: with its addresses it is parsed
            nodes.raw("", "</div>", format="html"),
        ]


def fnv(text: str) -> int:
    """A number for a text, which does not tell it: FNV-1a of 32 bits."""
    found = 0x811C9DC5
    for byte in text.encode():
        found = ((found ^ byte) * 0x01000193) & 0xFFFFFFFF
    return found


def locked(text: str, key: str) -> str:
    """A text that can be read with its key, as base64."""
    draw = mulberry32(fnv(f"{key}:told"))
    return b64encode(bytes(byte ^ int(next(draw) * 256) for byte in text.encode())).decode()


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directive."""
    app.add_directive("exercise", Exercise)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
