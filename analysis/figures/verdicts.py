"""Pages of what the book claims and decides: what each claim rests on, and the decisions."""

from __future__ import annotations

from analysis.calls import for_readers
from analysis.claims import Claim, verdict
from analysis.decisions import DECISIONS
from analysis.page import Page, render
from analysis.session import Session
from analysis.tallies import tallied


@for_readers
def verdicts(session: Session, *, claims: dict[str, Claim]) -> Page:
    """Claims, what each rests on, and in which readings it fails."""
    tallied(session, (choice for claim in claims.values() for choice in claim.choices))
    found = [verdict(session, claim) for claim in claims.values()]
    return Page(
        render("verdicts.html", verdicts=found, session=session),
        "\n".join(f"{v.claim.says} {v.phrase.capitalize()}." for v in found),
    )


def decisions() -> Page:
    """The decisions, each with its question and its options; the first option is the edition's."""
    return Page(
        render("decisions.html", decisions=DECISIONS.values()),
        "\n".join(f"{d.name}: {d.question} {', '.join(d.options)}" for d in DECISIONS.values()),
    )
