"""The file of results and claims.

``[results.NAME]`` has ``says`` and ``part`` (a choice of rows in its short form), and ``whole`` if
it is a share.  ``[claims.NAME]`` has ``says`` and one of the forms ``most`` or ``only`` (with
``by``, a column, and ``is``, its value), ``mostly`` (with ``of``), ``more`` (with ``than``) or
``none``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from analysis.claims import (
    Claim,
    Result,
    all_rows_have,
    more_of_these,
    most_rows_have,
    no_such_rows,
    part_is_over_half,
)
from analysis.columns import known_columns
from analysis.errors import AskError, listed, unknown
from analysis.evidence import Evidence
from analysis.files import line_of, read_toml
from analysis.session import DATA
from analysis.tei import EditionError

#: The forms of a claim: its word in the file, what else it says, and the function that makes it.
FORMS: dict[str, tuple[Callable[..., Claim], tuple[str, ...]]] = {
    "most": (most_rows_have, ("by", "is")),
    "only": (all_rows_have, ("by", "is")),
    "mostly": (part_is_over_half, ("of",)),
    "more": (more_of_these, ("than",)),
    "none": (no_such_rows, ()),
}
TODO = "Choose rows as in chapters; see the head of analysis/claims_file.py for the forms."


def read_claims(
    path: str | Path = DATA / "claims.toml",
) -> tuple[dict[str, Result], dict[str, Claim]]:
    """The results and claims of a TOML file, by name; the project's own unless another is given.

    Raises :class:`analysis.tei.EditionError` where the file or an entry is not as it should be.
    """
    path = Path(path)
    file = read_toml(path, "a file of claims")
    for other in set(file) - {"results", "claims"}:
        why = f"[{other}] is neither of results nor of claims"
        raise EditionError(why, path, todo="Write [results.NAME] or [claims.NAME].")
    results = {name: made(result_of, *of) for name, *of in entries(file, "results", path)}
    claims = {name: made(claim_of, *of) for name, *of in entries(file, "claims", path)}
    return results, claims


def entries(file: dict, kind: str, path: Path) -> Iterator[tuple]:
    """The entries of a kind: name, texts, head of the entry, path of the file."""
    found = file.get(kind, {})
    for name, entry in found.items() if isinstance(found, dict) else [("NAME", None)]:
        head = f"[{kind}.{name}]"
        if (
            not isinstance(entry, dict)
            or "says" not in entry
            or not all(isinstance(value, str) for value in entry.values())
        ):
            raise EditionError(
                f"{head} is not a table of texts with “says” among them",
                path,
                line_of(path, head),
                f'Write [{kind}.NAME], says = "…" and what it takes.',
            )
        yield name, name, entry, head, path


def made(make: Callable[..., Any], name: str, entry: dict[str, str], head: str, path: Path) -> Any:
    """A result or claim of an entry; what is wrong with it is told with its place."""
    try:
        return make(name, **entry)
    except (AskError, TypeError) as error:
        raise EditionError(f"{head}: {error}", path, line_of(path, head), TODO) from None


def chosen(text: str) -> Evidence:
    """A choice of rows that leaves the reading open."""
    evidence = Evidence.parse(text)
    if evidence.reading.options:
        raise AskError(f"“{text}” names a reading; it is asked under all of them")
    return evidence


def result_of(name: str, says: str, part: str = "", whole: str = "", **more: str) -> Result:
    """A result from its entry in the file."""
    if not part or more:
        raise AskError("a result takes says, part and, if it is a share, whole")
    return Result(name, says, chosen(part), chosen(whole) if whole else None)


def claim_of(name: str, says: str, **form: str) -> Claim:
    """A claim from its entry in the file."""
    known = [word for word in FORMS if word in form]
    if len(known) != 1:
        raise AskError(f"a claim takes one of: {listed(FORMS)}")
    make, needs = FORMS[known[0]]
    if set(form) != {known[0], *needs}:
        raise AskError(f"{known[0]} goes with {' and '.join(needs) or 'nothing else'}")
    rows = chosen(form[known[0]])
    if "by" in form and form["by"] not in known_columns(rows.table):
        raise unknown(f"column of {rows.table}", form["by"], known_columns(rows.table))
    others = [chosen(form[word]) if word in ("of", "than") else form[word] for word in needs]
    return make(name, says, rows, *others)
