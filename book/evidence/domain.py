"""The domain ``evidence``: roles for numbers and quotations, resolved as cross references.

A role is answered when its page is read; what it leads to is resolved when the page is written, and
is an object of the domain, so that another book can refer to it by intersphinx.
"""

from collections.abc import Iterator
from typing import Any, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole
from sphinx.writers.html5 import HTML5Translator

from .source import Answer, Place, Source, source_named


class counted(nodes.reference):
    """A link whose text depends on what is counted; it says how many items stand at its end."""


def visit_counted(translator: HTML5Translator, node: counted) -> None:
    """Open the link, with ``data-count`` and ``data-asks`` for scripts and tests."""
    asks = {"data-asks": node["asks"]} if node["asks"] else {"data-fixed": ""}
    attributes = {"href": node["refuri"], **asks}
    if node["count"] is not None:
        attributes |= {"CLASS": "count", "data-count": str(node["count"])}
    translator.body.append(translator.starttag(node, "a", "", **attributes))


def depart_counted(translator: HTML5Translator, node: counted) -> None:
    """Close the link."""
    translator.body.append("</a>")


def link_to(place: Place, pagename: str, builder: Builder) -> str:
    """The relative link from a page to a place."""
    page = "" if place.page == pagename else builder.get_relative_uri(pagename, place.page)
    return f"{page}#{place.fragment}" if place.fragment else page


def cross_reference(role: str, answer: Answer, docname: str) -> pending_xref:
    """The node for an answer, to be resolved when all pages are known."""
    text = nodes.inline("", answer.text)
    return pending_xref(
        "", text, refdomain=EvidenceDomain.name, reftype=role, reftarget=answer.address,
        refdoc=docname, refexplicit=True, refwarn=True, asks=answer.asks,
    )  # fmt: skip


class EvidenceRole(SphinxRole):
    """A role of the source: ``{count}`` and its like; a query that has no answer is an error."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The cross reference, or what the reader sees of the error, and the error."""
        domain = evidence_of(self.env)
        name = self.name.rpartition(":")[2]
        try:
            return [domain.answered(name, self.text, "", self.env.docname)], []
        except ValueError as error:
            reporter = self.inliner.reporter
            message = reporter.error(f"{{{name}}}`{self.text}`: {error}", line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]


class EvidenceDomain(Domain):
    """What the pages of a book lead to, page by page."""

    name = "evidence"
    label = "Evidence"
    object_types = {"list": ObjType("list")}  # noqa: RUF012 (so Sphinx has it)
    # docname -> set of addresses, or of (address, its part); docname -> chart (id, title) -> set
    initial_data = {"addresses": {}, "asks": {}, "parts": {}, "charts": {}}  # noqa: RUF012
    data_version = 4

    @property
    def source(self) -> Source:
        """The source of the book."""
        return source_named(self.env.config.evidence_source)

    @property
    def addresses(self) -> dict[str, set[str]]:
        """The addresses that each page leads to."""
        return self.data["addresses"]

    def note(self, docname: str, address: str) -> None:
        """Remember that a page leads to an address."""
        self.addresses.setdefault(docname, set()).add(address)

    def note_mark(self, docname: str, chart: tuple[str, str], address: str) -> None:
        """Remember that a mark of a chart, known by its id and title, leads to an address."""
        charts = self.data["charts"].setdefault(docname, {})
        charts.setdefault(chart, set()).add(address)

    def note_asks(self, docname: str, asks: str) -> None:
        """Remember what a number, or a mark, of a page depends on."""
        self.data["asks"].setdefault(docname, set()).add(asks)

    def note_part(self, docname: str, address: str, asks: str) -> None:
        """Remember that a number, or a mark, depends on a part of what it leads to."""
        self.note_asks(docname, asks)
        self.data["parts"].setdefault(docname, set()).add((address, asks))

    def answered(self, role: str, query: str, text: str, docname: str) -> pending_xref:
        """A cross reference that shows today's answer; ``ValueError`` where there is none."""
        answer = self.source.roles[role](query, text)
        self.note(docname, answer.address)
        self.note_asks(docname, answer.asks or answer.address)
        return cross_reference(role, answer, docname)

    def all_addresses(self) -> set[str]:
        """The addresses that any page leads to."""
        return set().union(*self.addresses.values())

    def all_asked(self) -> set[str]:
        """What any number of a page depends on: addresses, and shares of one in another."""
        return self.all_addresses().union(*self.data["asks"].values())

    def all_parts(self) -> set[tuple[str, str]]:
        """(address, part of it) of each number that depends on a part of what it leads to."""
        return set().union(*self.data["parts"].values())

    def clear_doc(self, docname: str) -> None:
        """Forget a page that is read anew."""
        for found in self.data.values():
            if isinstance(found, dict):
                found.pop(docname, None)

    def merge_domaindata(self, docnames: list[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        for kind in ("addresses", "asks", "parts", "charts"):
            found = otherdata[kind]
            self.data[kind].update({name: found[name] for name in docnames if name in found})

    def resolve_xref(
        self, env: BuildEnvironment, fromdocname: str, builder: Builder, typ: str, target: str,
        node: pending_xref, contnode: nodes.Element,
    ) -> nodes.reference:  # fmt: skip
        """A link to where an address leads, with the number of items there."""
        place = self.source.place(target)
        uri = link_to(place, fromdocname, builder)
        text = contnode.astext()
        varies = place.varies or place.count is not None
        if not varies or builder.format != "html":
            return nodes.reference("", text, refuri=uri, internal=True, classes=[typ])
        kept = {"asks": node["asks"], "count": place.count}
        return counted("", text, refuri=uri, internal=True, classes=[typ], **kept)

    def resolve_any_xref(self, *_: Any) -> list[tuple[str, nodes.Element]]:
        """An address is never meant by ``any``."""
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every list that a page leads to."""
        for address in sorted(self.all_addresses()):
            place = self.source.place(address)
            if place.count is not None:
                yield address, address, "list", place.page, place.fragment, -1


def evidence_of(env: BuildEnvironment) -> EvidenceDomain:
    """The domain of a book."""
    return cast(EvidenceDomain, env.get_domain(EvidenceDomain.name))


def add_roles(app: Sphinx, config: Config) -> None:
    """Give the domain the roles of the source."""
    for name in source_named(config.evidence_source).roles:
        app.add_role_to_domain(EvidenceDomain.name, name, EvidenceRole())


def setup(app: Sphinx) -> None:
    """Add the domain and the node of its links."""
    app.add_domain(EvidenceDomain)
    app.add_node(counted, html=(visit_counted, depart_counted))
    app.connect("config-inited", add_roles)
