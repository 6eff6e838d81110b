"""Predict, then see: a question to which a reader may guess the answer before he looks.

In a chapter it is a paragraph that is a link, and stays one wherever a notebook is shown plainly::

    [How much of it is his?](… "predict: words speaker=kadar / words")
    [Who is named most?](… "most: mentions entity=andropov; mentions entity=tildy")

Its title holds what is counted, several numbers parted by ``;``: with ``predict`` each is guessed,
with ``most`` the greatest of them is chosen.  Here the question becomes a box with the numbers,
which are hidden until ``predict.js`` has asked for a guess; without scripts there is the question
alone, and on paper a line to write on.
"""

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from analysis.evidence import Evidence
from analysis.wording import UNITS, described
from book.evidence.domain import EvidenceDomain, evidence_of
from book.evidence.markdown import LINKS, query_of
from book.session import numbers_of, source

KINDS = ("predict", "most")


class Predictions(SphinxTransform):
    """Put a box in the place of each paragraph that is a link with a prediction in its title."""

    default_priority = 199  # before book.evidence.markdown takes the link for any other

    def apply(self, **_: object) -> None:
        """Change the page; what cannot be counted is an error with file and line."""
        domain = evidence_of(self.env)
        for paragraph in list(self.document.findall(nodes.paragraph)):
            link = paragraph.next_node(nodes.Element)
            if len(paragraph) != 1 or not isinstance(link, LINKS):
                continue
            title = link.get("reftitle") or link.get("title") or ""
            asked = query_of(domain.source, title)
            if asked is None or asked[0] not in KINDS:
                continue
            try:
                paragraph.replace_self(self.box(domain, *asked, link.astext()))
            except ValueError as error:
                paragraph.replace_self(
                    self.document.reporter.error(f"the link “{title}”: {error}", base_node=link)
                )

    def box(self, domain: EvidenceDomain, kind: str, query: str, text: str) -> nodes.container:
        """The question, and the numbers behind it, hidden."""
        parts, docname = numbers_of(query), self.env.docname
        rows = []
        for part in parts:
            role = "share" if " / " in part else "count"
            row = nodes.paragraph(classes=["answer"])
            if len(parts) > 1:
                row += nodes.strong("", f"{label_of(part)}: ")
            row += domain.answered(role, part, "", docname)
            if role == "share":  # in numbers, too: so many of so many
                row += self.numbers(domain, *part.split(" / "))
            rows.append(row)
        data = f'data-kind="{escape(kind)}" data-most="{scale_of(parts)}"'
        return nodes.container(
            "",
            nodes.paragraph("", text, classes=["question"]),
            nodes.raw("", f'<div class="answers" {data} hidden>', format="html"),
            *rows,
            nodes.raw("", "</div>", format="html"),
            classes=["predict"],
        )

    def numbers(self, domain: EvidenceDomain, part: str, whole: str) -> nodes.inline:
        """What a share is, in numbers: the part, the whole, what they are of.

        A whole whose rows no reading changes is asked for without one: it has a list already.
        """
        asked = Evidence.parse(whole)
        plain = Evidence(asked.table, asked.where)
        if plain.rows(source.session).index.equals(asked.rows(source.session).index):
            whole = plain.short
        counts = [domain.answered("count", side, "", self.env.docname) for side in (part, whole)]
        unit = UNITS[asked.table][1]
        of, end = nodes.Text(" of "), nodes.Text(f" {unit}")
        return nodes.inline("", "", nodes.Text(", "), counts[0], of, counts[1], end, classes=["of"])


def label_of(query: str) -> str:
    """What a number is called beside others: what is counted, without how it is read."""
    part = Evidence.parse(query.split(" / ")[0])
    plain = Evidence(part.table, part.where)
    return described(source.session, plain, counted=False)


def scale_of(queries: list[str]) -> int:
    """Where the scale of a guess ends: 100 for shares, else a round number well above them all."""
    if all(" / " in query for query in queries):
        return 100
    most = max(Evidence.parse(query).count(source.session) for query in queries)
    ends = (step * 10**zeros for zeros in range(1, 9) for step in (1, 2, 5))
    return next(end for end in ends if end >= 1.5 * most)


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the transform."""
    app.add_transform(Predictions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
