"""Evidence in the book: numbers in prose, links to what they count, and the pages they lead to.

Authors write {count}`terms family=neutrality` for a number that is counted when the book is built and
links to exactly what it counts; {share}`words speaker=kadar / words` for a percentage;
{quote}`s51 these are railroad workers` for words quoted from a sentence, which must stand there; and
{sentence}`s51` for a link to a sentence; {concordances}`every list` for a link to the page of all lists.  Charts and tables carry addresses (``evidence:…``) that become
links here too.  A number that cannot be counted, or a quotation that is not there, fails the build.
"""

import html
import os
import re
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

from docutils import nodes

from analysis import read_session
from analysis.concordance import concordance, lines
from analysis.evidence import Evidence, count
from analysis.measures import name_of
from analysis.wording import KINDS, UNITS, in_words, number_of, value_in_words
from book.theme import kept

HERE = Path(__file__).resolve().parent
TEXT = "chapters/text"  # the chapter that holds the reading text
INDEX, ALL = "evidence/all", "evidence:all"  # the page that leads to every list, and its address
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
    return nodes.reference(
        "", text, refuri=address, classes=["count"] if address.startswith("evidence") else []
    )


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


def every_list(text):
    return nodes.reference("", text, refuri=ALL)


# -- links ----------------------------------------------------------------------------------------


def slug(text):
    """A file name."""
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-")


def fragment_of(evidence):
    """Where a choice of rows stands on its page; Cde. and cde. are two."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", evidence.address.removeprefix("evidence:")).strip("-")


def page_of(evidence):
    """The page on which a choice of rows is shown."""
    where = dict(evidence.where)
    if evidence.table == "terms":
        return f"evidence/terms-{slug(where.get('family', 'all'))}"
    if evidence.table == "mentions":
        kinds = evidence.rows(session()).kind.unique()
        return f"evidence/mentions-{kinds[0]}" if len(kinds) == 1 else "evidence/mentions"
    if evidence.table == "words":
        return (
            "evidence/words-of-sentences"
            if "sentence" in where
            else f"evidence/words-{slug(where.get('speaker', 'layers'))}"
        )
    return f"evidence/{evidence.table}"


@cache
def target(address):
    """(page, fragment, count) behind an address."""
    if address == ALL:
        return INDEX, "", None
    if address.startswith("sentence:"):
        return TEXT, address.removeprefix("sentence:"), None
    evidence = Evidence.parse(address)
    return page_of(evidence), fragment_of(evidence), evidence.count(session())


def rewrite(app, pagename, templatename, context, doctree):
    """Turn addresses into links, each with the number that it promises; bring the scripts that a page needs."""

    def one(match):
        page, fragment, count = target(html.unescape(match[1]))
        uri = app.builder.get_relative_uri(pagename, page) if page != pagename else ""
        return f'href="{uri}#{fragment}"' + (f' data-count="{count}"' if count is not None else "")

    body = context["body"] = LINK.sub(one, context.get("body") or "")
    if "data-citation=" in body:
        app.add_js_file("text.js", loading_method="defer")
    if pagename.startswith("evidence/") and pagename != INDEX:
        for script in ("sortable-tablesort-4.1.7/sortable.min.js", "evidence.js"):
            app.add_js_file(script, loading_method="defer")


def collect(app, doctree):
    """Note which choices of rows a page leads to."""
    known = getattr(app.env, "evidence", None)
    if known is None:
        known = app.env.evidence = {}
    found = {
        n["refuri"]
        for n in doctree.findall(nodes.reference)
        if n.get("refuri", "").startswith("evidence:")
    }
    for raw in doctree.findall(nodes.raw):
        found |= addresses_in(raw.astext())
    known[app.env.docname] = found - {ALL}


def addresses_in(text):
    """The addresses of evidence that a piece of HTML leads to."""
    return {html.unescape(a) for a in LINK.findall(text) if a.startswith("evidence:")}


def merge(app, env, docnames, other):
    env.evidence = {
        **getattr(env, "evidence", {}),
        **{d: a for d, a in getattr(other, "evidence", {}).items() if d in docnames},
    }


def purge(app, env, docname):
    getattr(env, "evidence", {}).pop(docname, None)


# -- the pages they lead to ----------------------------------------------------------------------------


def evidence_pages(app):
    """A page for each family, kind of name and speaker, a section for each choice of rows, and a page of them all."""
    overview = kept(app, INDEX, all_concordances)
    yield INDEX, {"title": "All concordances", "body": overview}, "layout.html"
    pages = defaultdict(list)
    for address in addresses_in(overview).union(*getattr(app.env, "evidence", {}).values()):
        evidence = Evidence.parse(address)
        pages[page_of(evidence)].append(evidence)

    def body(page):
        return kept(
            app, (page, sorted(e.address for e in pages[page])), lambda: page_body(pages[page])
        )

    on_all_cores(body, sorted(pages))
    for page, choices in sorted(pages.items()):
        title = title_of(page, choices)
        yield (
            page,
            {"title": title, "body": f"<h1>{html.escape(title)}</h1>{body(page)}"},
            "layout.html",
        )


def on_all_cores(make, keys):
    """Call ``make`` for every key, in as many forks as there are cores; what it makes, it keeps."""
    if sys.platform != "linux":
        return
    forks = []
    for first in range(os.cpu_count()):
        fork = os.fork()
        if not fork:
            try:
                for key in keys[first :: os.cpu_count()]:
                    make(key)
            finally:
                os._exit(
                    0
                )  # what went wrong goes wrong again, and is told, when the page is asked for
        forks.append(fork)
    for fork in forks:
        os.waitpid(fork, 0)


def title_of(page, choices):
    """What a page lists, in words."""
    where, table = dict(choices[0].where), choices[0].table
    if table == "terms":
        return f"Concordance: {where.get('family', 'all families')}"
    if table == "mentions":
        kind = page.removeprefix("evidence/mentions").removeprefix("-")
        return f"Concordance: {KINDS[kind].lower() if kind else 'whatever is named'}"
    if page == "evidence/words-of-sentences":
        return "Words, sentence by sentence"
    if table == "words":
        return (
            f"Words: {name_of(session(), where['speaker'])}"
            if "speaker" in where
            else "Words: the layers of the document"
        )
    if table == "finds":
        return "The words that the programme finds"
    if table == "differences":
        return "Where the programme parts from the edition"
    return UNITS[table][1].capitalize()


def page_body(choices):
    """The sections of a page under a table of contents: what is general first, single sentences last."""
    groups = defaultdict(list)
    for evidence in sorted(
        set(choices), key=lambda e: (len(e.where) + len(e.reading.answers), e.address)
    ):
        rows = evidence.rows(session())
        groups[
            tuple(zip(rows.start, rows.end, rows.speaker.astype("str").fillna("none"))) or evidence
        ].append(evidence)
    groups = list(groups.values())
    general = [group for group in groups if "sentence" not in dict(group[0].where)]
    single = sorted(
        (group for group in groups if group not in general), key=lambda g: in_text_order(g[0])
    )
    rest = (
        f'<h2 id="sentence-by-sentence">Sentence by sentence</h2>{"".join(section(g, "h3") for g in single)}'
        if single
        else ""
    )
    contents = "".join(
        f'<li><a href="#{fragment_of(g[0])}">{html.escape(in_words(session(), g[0]))}</a></li>'
        for g in general
    )
    contents += (
        '<li><a href="#sentence-by-sentence">Sentence by sentence</a></li>'
        if single and general
        else ""
    )
    intro = "<p>Each list holds exactly what a number in the book counts. Every line leads to its sentence in the text.</p>"
    nav = (
        f'<nav class="lists" aria-label="Lists on this page"><ul>{contents}</ul></nav>'
        if len(general) + bool(single) > 1
        else ""
    )
    tools = (
        '<p class="tools"><label><input type="checkbox" id="whole-sentences"> Whole sentences</label></p>'
        if any(e.table in ("terms", "mentions", "abbreviations") for e in choices)
        else '<p class="tools"></p>'
    )
    return intro + nav + tools + "".join(section(g, "h2") for g in general) + rest


def in_text_order(evidence):
    """Where the sentence of a choice stands."""
    return (
        session().sentences.sentence.tolist().index(dict(evidence.where)["sentence"].split("|")[0])
    )


def section(group, heading):
    """The items of one choice of rows, and the other choices that come to the same."""
    evidence, *same = group
    make = word_list if evidence.table in ("words", "finds") else lines
    names = dict.fromkeys(in_words(session(), e, counted=False) for e in group)
    also = "; ".join(map(html.escape, list(names)[1:]))
    also = (
        f'<p class="also">The same {number_of(evidence.count(session()), evidence.table)}: {also}.</p>'
        if also
        else ""
    )
    inside = also + make(session(), evidence)
    for other in same:
        inside = f'<div id="{fragment_of(other)}">{inside}</div>'
    return (
        f'<section id="{fragment_of(evidence)}" class="evidence">'
        f"<{heading}>{html.escape(in_words(session(), evidence))}</{heading}>{inside}</section>"
    )


def word_list(session, evidence):
    """Words, sentence by sentence."""
    rows = concordance(session, evidence)
    if rows.empty:
        return "<p>Nothing in the document answers to this.</p>"
    items = "".join(
        f'<li><a href="sentence:{name}">{name}</a> <span>{html.escape("  ".join(group.keyword))}</span></li>'
        for name, group in rows.groupby("sentence", sort=False)
    )
    return f'<ul class="words">{items}</ul>'


def all_concordances():
    """The page that leads to every list: families and senses, people, bodies, places, dates, speakers, certainty."""
    s = session()

    def counted(title, table, by, **where):
        found = count(s, table, by, **where)
        items = "".join(
            f'<li>{html.escape(value_in_words(s, by, v))} <a href="{html.escape(address)}">{n:,}</a></li>'
            for v, n, address in zip(found[by], found["count"], found.evidence)
        )
        return (
            f"<section><h2>{title}</h2><ul class='counts'>{items}</ul></section>" if items else ""
        )

    senses = "".join(
        counted(
            f"Senses of {html.escape(f.name)}", "terms", "sense", layer="all", family=f.name
        ).replace("h2>", "h3>")
        for f in s.lexicon.families.values()
        if f.senses
    )
    parts = [
        "<h1>All concordances</h1><p>Every list of the book, each behind its number. The numbers count the session, unless another layer is named.</p>",
        counted("Families of terms", "terms", "family"),
        counted("Families of terms in the translator’s notes", "terms", "family", layer="notes"),
        f"<section><h2>Senses, in all layers</h2>{senses}</section>" if senses else "",
        counted("Written in full and cut short", "terms", "written"),
        *(
            counted(f"{title} named in the session", "mentions", "entity", kind=kind)
            for kind, title in KINDS.items()
        ),
        *(
            counted(
                f"{title} named in the translator’s notes",
                "mentions",
                "entity",
                kind=kind,
                layer="notes",
            )
            for kind, title in KINDS.items()
        ),
        counted("Kinds of place", "mentions", "type", kind="place"),
        counted("Words of each speaker", "words", "speaker"),
        counted("Sentences of each speaker", "sentences", "speaker"),
        counted("Mentions of families, by speaker", "terms", "speaker"),
        counted("Certainty: sentences, by how they have their speaker", "sentences", "standing"),
        counted("Certainty: words, by how they have their speaker", "words", "standing"),
        counted("Doubted sentences, by certainty", "doubts", "certainty"),
        counted("Other people’s words, by whose they are", "reported", "source"),
        counted("Abbreviations", "abbreviations", "abbreviation"),
    ]
    return "".join(parts)


def setup(app):
    for name, make in {
        "count": number,
        "share": share,
        "quote": quotation,
        "sentence": sentence,
        "concordances": every_list,
        # the names of before, until all prose has the new ones
        "n": number,
        "q": quotation,
        "s": sentence,
    }.items():
        app.add_role(name, role(make))
    app.connect("doctree-read", collect)
    app.connect("env-merge-info", merge)
    app.connect("env-purge-doc", purge)
    app.connect("html-page-context", rewrite, priority=800)
    app.connect("html-collect-pages", evidence_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
