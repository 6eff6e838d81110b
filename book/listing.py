"""Where a choice of rows is listed: its page, the title of that page, its id there."""

import re

from analysis.evidence import Evidence
from analysis.page import slug
from analysis.session import Session
from analysis.wording import KIND_TITLES, UNITS, name_of


def page_of(session: Session, evidence: Evidence) -> str:
    """The page on which a choice of rows is shown."""
    where = {name: "|".join(values) for name, values in evidence.where}
    if evidence.table == "terms":
        return f"evidence/terms-{slug(where.get('family', 'all'))}"
    if evidence.table == "mentions":
        kinds = {row.kind for row in evidence.row_by_row(session)}
        return f"evidence/mentions-{kinds.pop()}" if len(kinds) == 1 else "evidence/mentions"
    if evidence.table == "words":
        if "word" in where:
            return "evidence/words-asked"
        if "sentence" in where:
            return "evidence/words-of-sentences"
        return f"evidence/words-{slug(where.get('speaker', 'layers'))}"
    return f"evidence/{evidence.table}"


def title_of(session: Session, page: str, evidence: Evidence) -> str:
    """What a page lists, in words, by one of its choices."""
    where = {name: "|".join(values) for name, values in evidence.where}
    table = evidence.table
    if table == "terms":
        return f"Concordance: {where.get('family', 'all families')}"
    if table == "mentions":
        kind = page.removeprefix("evidence/mentions").removeprefix("-")
        return f"Concordance: {KIND_TITLES[kind].lower() if kind else 'whatever is named'}"
    if page == "evidence/words-asked":
        return "Words that were asked for"
    if page == "evidence/words-of-sentences":
        return "Words, sentence by sentence"
    if table == "words":
        if "speaker" in where:
            return f"Words: {name_of(session, where['speaker'])}"
        return "Words: the layers of the document"
    if table == "finds":
        return "The words that the programme finds"
    if table == "differences":
        return "Where the programme parts from the edition"
    return UNITS[table][1].capitalize()


def list_id(evidence: Evidence) -> str:
    """The id of a choice on its page; Cde. and cde. are two."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", evidence.address.removeprefix("evidence:")).strip("-")


def is_bare(evidence: Evidence) -> bool:
    """Whether a list shows the words alone, sentence by sentence, and not each in its sentence."""
    return evidence.table in ("words", "finds") and "word" not in evidence.conditions
