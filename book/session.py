"""The session as the source of the book's evidence (see :mod:`book.evidence.source`).

What authors may ask, and what it comes to: {count}`terms family=neutrality`, a number that leads to
what it counts; {share}`words speaker=kadar / words`, a percentage that leads to its part;
{quote}`s51 these are railroad workers`, words that must stand in that sentence; {sentence}`s51`, a
link to it; {claim}`kadar-most`, what a claim of data/claims.toml rests on; {concordances}`every
list`, a link to the page of them all; {rests}`s51`, a link to what rests on that sentence;
{cite}`kramer`, the label of a work, a link to its entry.  Two are links alone, whose words are a
question: {predict}, numbers that a reader may guess, and {most}, of which he may choose the
greatest (:mod:`book.predict`).
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from html import escape
from pathlib import Path

from analysis import load
from analysis.claims import Claim, Verdict, verdict
from analysis.claims_file import read_claims
from analysis.concordance import in_sentences, lines
from analysis.evidence import Evidence
from analysis.session import Session
from analysis.tallies import tallied
from analysis.wording import described, number_of, percent
from analysis.works import label_of
from book.bibliography import entry_id, works
from book.evidence.source import Answer, List, ListPage, Overview, Place
from book.listing import is_bare, list_id, page_of, title_of
from book.overview import overview_of

DATA = Path(__file__).resolve().parent.parent / "data"
TEXT = "chapters/text"  # the chapter that holds the reading text
CLAIMS = "chapters/certainty"  # the chapter that lists every claim
OVERVIEW = "evidence/all"
BACKWARDS = "evidence/backwards"  # see book/backwards.py
BIBLIOGRAPHY = "chapters/bibliography"

#: Apostrophes and quotation marks that an author or a typesetter may take for one another.
MARKS = str.maketrans("’‘ʼ´“”", "''''\"\"")


class SessionSource:
    """The lists, numbers and quotations of the session in ``data/``."""

    schemes = ("evidence", "sentence", "claim", "concordances", "rests", "work")

    def forget(self) -> None:
        """Know nothing any more, when a build begins: since one before, data may have changed."""
        vars(self).clear()
        for once in (self.verdict_on, self.place, self.sections, self.overview):
            once.cache_clear()

    @cached_property
    def session(self) -> Session:
        """The session that the book is about."""
        return load()

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """The claims of the book, by name."""
        return read_claims(DATA / "claims.toml")[1]

    # -- what authors may ask ------------------------------------------------------------------

    @property
    def roles(self) -> Mapping[str, Callable[[str, str], Answer]]:
        """The roles, each from its text and the words that a link now has."""
        return {
            "count": self.count,
            "share": self.share,
            "quote": self.quote,
            "sentence": self.sentence,
            "claim": self.claim,
            "concordances": self.concordances,
            "rests": self.rests,
            "cite": self.cite,
            "predict": self.question,
            "most": self.question,
        }

    def count(self, query: str, _: str = "") -> Answer:
        """How many rows a choice has."""
        evidence = Evidence.parse(query)
        n = f"{evidence.count(self.session):,}"
        return Answer(n, evidence.address, fixed="under" in query.split())

    def share(self, query: str, _: str = "") -> Answer:
        """A choice as a percentage of another: ``PART / WHOLE``."""
        sides = query.split(" / ")
        if len(sides) != 2:
            raise ValueError("a share is written PART / WHOLE, each a choice of rows")
        part, whole = map(Evidence.parse, sides)
        counted, of = part.count(self.session), whole.count(self.session)
        if not of:
            raise ValueError(f"a share of nothing: there are no rows in “{sides[1]}”")
        return Answer(percent(counted, of), part.address, whole.address, "under" in query.split())

    def sentence(self, query: str, _: str = "") -> Answer:
        """A sentence, by its number."""
        self.text_of(query)
        return Answer(query, f"sentence:{query}")

    def quote(self, query: str, text: str = "") -> Answer:
        """Words of a sentence: ``SENTENCE words``, or those that a link shows, or all of it."""
        name, _, words = query.partition(" ")
        known = self.text_of(name)
        words = words or text.strip().removeprefix("“").removesuffix("”") or known
        start = known.translate(MARKS).find(words.translate(MARKS))
        if start < 0:
            raise ValueError(f"{name} has no “{words}”; it reads: {known}")
        return Answer(f"“{known[start : start + len(words)]}”", f"sentence:{name}")

    def claim(self, query: str, _: str = "") -> Answer:
        """What a claim rests on; it must hold as the edition reads the session."""
        return Answer(self.verdict_on(query).phrase, f"claim:{query}")

    @cache  # noqa: B019
    def verdict_on(self, name: str) -> Verdict:
        """A claim under every reading; ``ValueError`` where there is none of that name."""
        if name not in self.claims:
            raise ValueError(f"there is no claim {name!r}; there are: {', '.join(self.claims)}")
        # for all claims together, once: that is quicker than for each
        tallied(self.session, (c for claim in self.claims.values() for c in claim.choices))
        return verdict(self.session, self.claims[name])

    def concordances(self, query: str, text: str = "") -> Answer:
        """The page of all lists, by whatever words."""
        return Answer(query or text, "concordances:")

    def rests(self, query: str, text: str = "") -> Answer:
        """What rests on a sentence, by whatever words; on each, where none is named."""
        if query:
            self.text_of(query)
        return Answer(text or query, f"rests:{query}")

    def cite(self, query: str, _: str = "") -> Answer:
        """The label of a work, by its key in data/context/references.bib."""
        if query not in works():
            raise ValueError(f"the bibliography has no work {query!r}")
        return Answer(f"[{label_of(works()[query])}]", f"work:{query}")

    def question(self, query: str, text: str = "") -> Answer:
        """A question that numbers answer, parted by ``;``: it leads to the first of them."""
        if not text:
            raise ValueError('a question is a link: [How much?](… "predict: words speaker=kadar")')
        answers = [
            self.share(one) if " / " in one else self.count(one) for one in numbers_of(query)
        ]
        return Answer(text, answers[0].address, fixed=True)

    def text_of(self, sentence: str) -> str:
        """The text of a sentence; ``ValueError`` where there is none of that number."""
        rows = self.session.sentences
        found = rows.text[rows.sentence == sentence]
        if found.empty:
            raise ValueError(f"there is no sentence {sentence!r}")
        return found.iloc[0]

    # -- where it leads ------------------------------------------------------------------------

    @cache  # noqa: B019  (there is one source, and it forgets)
    def place(self, address: str) -> Place:
        """Where an address leads."""
        scheme, _, rest = address.partition(":")
        if scheme == "sentence":
            return Place(TEXT, rest)
        if scheme == "claim":
            return Place(CLAIMS, f"claim-{rest}", varies=True)
        if scheme == "concordances":
            return Place(OVERVIEW, "")
        if scheme == "rests":
            sentences = self.session.sentences
            here = not rest or sentences.layer[sentences.sentence == rest].item() == "session"
            return Place(BACKWARDS if here else f"{BACKWARDS}-notes", rest)
        if scheme == "work":
            return Place(BIBLIOGRAPHY, entry_id(rest))
        evidence = Evidence.parse(address)
        return Place(
            page_of(self.session, evidence), list_id(evidence), evidence.count(self.session)
        )

    # -- what stands there ---------------------------------------------------------------------

    def pages(self, addresses: Iterable[str]) -> Iterable[ListPage]:
        """A page for each family, kind of name and speaker, with a list for each choice."""
        for page, choices in self.choices_of(addresses):
            yield self.list_page(page, choices)

    def choices_of(self, addresses: Iterable[str]) -> Iterator[tuple[str, list[Evidence]]]:
        """Each page of lists with the choices that it lists, the general first."""
        choices = defaultdict(list)
        for address in addresses:
            if address.startswith("evidence:"):
                evidence = Evidence.parse(address)
                choices[page_of(self.session, evidence)].append(evidence)
        for page, some in sorted(choices.items()):
            some.sort(key=lambda e: (len(e.where) + len(e.reading.options), e.address))
            yield page, some

    def list_page(self, page: str, choices: list[Evidence]) -> ListPage:
        """The lists of a page, the general first; choices that come to the same share one."""
        general, single = self.sections(tuple(choices))
        in_context = page == "evidence/words-asked" or any(
            e.table in ("terms", "mentions", "abbreviations") for e in choices
        )
        return ListPage(
            page,
            title_of(self.session, page, choices[0]),
            tuple(map(self.list_of, general)),
            tuple(map(self.list_of, single)),
            "Sentence by sentence",
            f"{ListPage.intro} Every line leads to its sentence in the text.",
            "Whole sentences" if in_context else "",
        )

    @cache  # noqa: B019
    def sections(self, choices: tuple[Evidence, ...]) -> tuple[list[list[Evidence]], ...]:
        """The choices of a page, those together that come to the same; then those of sentences."""
        groups: dict[Hashable, list[Evidence]] = defaultdict(list)
        for evidence in choices:
            rows = evidence.row_by_row(self.session)
            same = tuple((row.start, row.end, str(row.speaker)) for row in rows)
            groups[same or evidence].append(evidence)
        general = [g for g in groups.values() if "sentence" not in g[0].conditions]
        single = [g for g in groups.values() if "sentence" in g[0].conditions]
        order = {name: i for i, name in enumerate(self.session.sentences.sentence)}
        single.sort(key=lambda g: order[g[0].conditions["sentence"][0]])
        return general, single

    def list_of(self, choices: list[Evidence]) -> List:
        """The items of a choice of rows, and the other choices that come to the same."""
        first = choices[0]
        words = [described(self.session, e, counted=False) for e in choices]
        others = [w for w in dict.fromkeys(words) if w != words[0]]
        number = number_of(first.count(self.session), first.table)
        also = f"The same {number}: {'; '.join(others)}." if others else ""
        make = word_list if is_bare(first) else lines
        title = described(self.session, first)
        return List(
            tuple(map(list_id, choices)), title, also, make(self.session, first), first.address
        )

    @cache  # noqa: B019
    def overview(self) -> Overview:
        """The page that leads to every list."""
        intro = f"{Overview.intro} The numbers count the session, unless another layer is named."
        counts = tuple(overview_of(self.session))
        return Overview(OVERVIEW, "All concordances", counts, intro)


def numbers_of(query: str) -> list[str]:
    """The numbers that a question asks for, each as {count} or {share} has it."""
    return [one.strip() for one in query.split(";")]


def word_list(session: Session, evidence: Evidence) -> str:
    """Words, sentence by sentence."""
    found = defaultdict(list)
    for line in in_sentences(session, evidence):
        found[line.sentence].append(line.keyword)
    if not found:
        return "<p>Nothing in the document answers to this.</p>"
    items = "".join(
        f'<li><a href="sentence:{name}">{name}</a> <span>{escape("  ".join(words))}</span></li>'
        for name, words in found.items()
    )
    return f'<ul class="words">{items}</ul>'


#: The one that _config.yml names.
source = SessionSource()
