"""Evidence in the book: numbers in prose, links to what they count, and the pages they lead to.

Authors write {n}`terms family=neutrality` for a number that is counted when the book is built and
links to exactly what it counts; {share}`words speaker=kadar / words` for a percentage;
{q}`s51 these are railroad workers` for words quoted from a sentence, which must stand there; and
{s}`s51` for a link to a sentence.  Charts and tables carry addresses (``evidence:…``) that become
links here too.  A number that cannot be counted, or a quotation that is not there, fails the build.
"""

import html
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.util import logging

from analysis import read_session
from analysis.evidence import Evidence, concordance
from analysis.measures import name_of

LOG = logging.getLogger(__name__)
HERE = Path(__file__).resolve().parent
TEXT = "chapters/text"  # the chapter that holds the reading text
LINK = re.compile(r'href="((?:evidence|sentence):[^"]+)"')


@cache
def session():
    """The session that the book is about."""
    return read_session(next((HERE.parent / "data").glob("*.xml")))


# -- what an author writes ---------------------------------------------------------------------


def role(make):
    """A role whose mistakes are errors of the build, told with file and line."""
    def run(name, rawtext, text, lineno, inliner, options={}, content=[]):
        try:
            return [make(text)], []
        except (ValueError, KeyError, IndexError) as error:
            message = inliner.reporter.error(f"{{{name}}}`{text}`: {error}", line=lineno)
            return [inliner.problematic(rawtext, rawtext, message)], [message]
    return run


def link(address, text):
    """A link, by an address of this module, in running text."""
    return nodes.reference("", text, refuri=address, classes=["count"] if address.startswith("evidence") else [])


def number(text):
    evidence = Evidence.parse(text)
    return link(evidence.address, f"{evidence.count(session()):,}")


def share(text):
    part, whole = (Evidence.parse(side) for side in text.split(" / "))
    return link(part.address, f"{part.count(session()) / whole.count(session()):.0%}")


def sentence_row(name):
    rows = session().sentences
    found = rows[rows.sentence == name]
    if found.empty:
        raise ValueError(f"there is no sentence {name}")
    return found.iloc[0]


def quotation(text):
    name, _, words = text.partition(" ")
    row = sentence_row(name)
    words = words or row.text
    if words not in row.text:
        raise ValueError(f"the sentence has no “{words}”; it reads: {row.text}")
    return link(f"sentence:{name}", f"“{words}”")


def sentence(text):
    return link(f"sentence:{sentence_row(text).sentence}", text)


# -- links ----------------------------------------------------------------------------------------


def slug(text):
    """A fragment or file name for an address."""
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-")


def page_of(evidence):
    """The page on which a choice of rows is shown."""
    where = dict(evidence.where)
    if evidence.table == "terms":
        return f"evidence/terms-{slug(where.get('family', 'all'))}"
    if evidence.table == "words":
        return "evidence/words-of-sentences" if "sentence" in where else f"evidence/words-{slug(where.get('speaker', 'layers'))}"
    return f"evidence/{evidence.table}"


@cache
def target(address):
    """(page, fragment, count) behind an address."""
    if address.startswith("sentence:"):
        return TEXT, address.removeprefix("sentence:"), None
    evidence = Evidence.parse(address)
    return page_of(evidence), slug(evidence.address.removeprefix("evidence:")), evidence.count(session())


def rewrite(app, pagename, templatename, context, doctree):
    """Turn addresses into links, each with the number that it promises."""
    def one(match):
        page, fragment, count = target(html.unescape(match[1]))
        uri = app.builder.get_relative_uri(pagename, page) if page != pagename else ""
        return f'href="{uri}#{fragment}"' + (f' data-count="{count}"' if count is not None else "")
    context["body"] = LINK.sub(one, context.get("body") or "")


def collect(app, doctree):
    """Note which choices of rows a page leads to."""
    known = getattr(app.env, "evidence", None)
    if known is None:
        known = app.env.evidence = {}
    found = {n["refuri"] for n in doctree.findall(nodes.reference) if n.get("refuri", "").startswith("evidence:")}
    for raw in doctree.findall(nodes.raw):
        found |= {html.unescape(a) for a in LINK.findall(raw.astext()) if a.startswith("evidence:")}
    known[app.env.docname] = found


def merge(app, env, docnames, other):
    env.evidence = {**getattr(env, "evidence", {}), **{d: a for d, a in getattr(other, "evidence", {}).items() if d in docnames}}


def purge(app, env, docname):
    getattr(env, "evidence", {}).pop(docname, None)


# -- the pages they lead to ----------------------------------------------------------------------------


def evidence_pages(app):
    """One page for each table and family, one section for each choice of rows."""
    pages = defaultdict(list)
    for address in sorted({a for found in getattr(app.env, "evidence", {}).values() for a in found}):
        pages[page_of(Evidence.parse(address))].append(Evidence.parse(address))
    for page, choices in pages.items():
        title = f"Evidence: {page.removeprefix('evidence/').replace('-', ' ')}"
        text = app.builder.get_relative_uri(page, TEXT)
        body = f"<h1>{html.escape(title)}</h1><p>Each section lists exactly what a number in the book counts. Every line leads to its sentence in the text.</p>"
        yield page, {"title": title, "body": body + "".join(section(e, text) for e in choices)}, "layout.html"


def section(evidence, text):
    """The items of one choice of rows."""
    rows = concordance(session(), evidence)
    name = slug(evidence.address.removeprefix("evidence:"))
    head = f'<section id="{name}" class="evidence"><h2>{html.escape(describe(evidence))}: {len(rows):,}</h2>'
    if rows.empty:
        return head + "<p>Nothing in the document answers to this.</p></section>"
    make = word_list if evidence.table == "words" else keyword_table
    return head + make(rows, text) + "</section>"


def describe(evidence):
    """What is chosen, in words."""
    said = {"speaker": lambda v: name_of(session(), v), "entity": lambda v: name_of(session(), v) if v != "none" else "no single one"}
    parts = [f"{key} {said.get(key, str)(value)}" for key, value in evidence.where]
    parts += [f"{name}: {answer}" for name, answer in evidence.reading.answers]
    return f"{evidence.table.capitalize()}" + (f" ({'; '.join(parts)})" if parts else "")


def word_list(rows, text):
    """Words, sentence by sentence."""
    lines = [f'<li value="{n}"><a href="{text}#{s}">{s}</a> ' + " ".join(f"<i>{html.escape(k)}</i>" for k in group.keyword) + "</li>"
             for n, (s, group) in enumerate(rows.groupby("sentence", sort=False), 1)]
    lines = [line if "none" not in line[:30] else line for line in lines]
    loose = rows[rows.sentence.isna()]
    if len(loose):
        lines.append("<li>" + " ".join(f"<i>{html.escape(k)}</i>" for k in loose.keyword) + "</li>")
    return f'<ul class="words">{"".join(lines)}</ul>'


def keyword_table(rows, text):
    """Keyword in context, a line for each item."""
    lines = "".join(
        f'<tr data-item><td><a href="{text}#{r.sentence}">{r.sentence}</a></td><td>{html.escape(speaker(r))}</td>'
        f'<td class="left">{html.escape(r.left)}</td><td class="keyword"><mark>{html.escape(r.keyword)}</mark></td><td>{html.escape(r.right)}</td></tr>'
        for r in rows.itertuples())
    heads = "".join(f"<th>{h}</th>" for h in ("Sentence", "Speaker", "Before", "Keyword", "After"))
    return f'<table class="kwic"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>'


def speaker(row):
    return name_of(session(), row.speaker) if isinstance(row.speaker, str) else row.layer


def setup(app):
    for name, make in {"n": number, "share": share, "q": quotation, "s": sentence}.items():
        app.add_role(name, role(make))
    app.connect("doctree-read", collect)
    app.connect("env-merge-info", merge)
    app.connect("env-purge-doc", purge)
    app.connect("html-page-context", rewrite, priority=800)
    app.connect("html-collect-pages", evidence_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
