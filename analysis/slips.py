"""Slips of the pen in a notebook's cell: what Python says of them, and in a line what to do.

A missing quotation mark, a name that is none, a column that a table has not: each is Python's or
pandas' error.  In a notebook the last line that is shown says what to try;
``AskError.short = False`` shows the whole traceback, as it does for this project's own errors.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from traceback import extract_tb, walk_tb
from types import TracebackType
from typing import Any

import pandas as pd

from analysis.errors import AskError, listed, nearest

#: What Python's words for a cell that it cannot read come down to, the first that fits.
AMISS = (
    (
        r"unterminated|EOL while",
        'A quotation mark is missing: a text begins and ends with one, as in "afraid".',
    ),
    (
        r"invalid (non-printable )?character",
        'Type it again: Python takes straight quotation marks only, ", and plain signs.',
    ),
    (
        r"never closed|unexpected EOF|incomplete input",
        "A bracket is missing: each ( or [ needs its ) or ].",
    ),
    (
        r"unmatched|does not match",
        "A bracket is too many, or of the wrong kind: each ( goes with ), each [ with ].",
    ),
    (r"indent", "Begin the line at the left edge, as the lines above it begin."),
    (
        r"",
        "Look before the mark ^ for a comma, a bracket or a quotation mark that is missing. "
        'Words to look for stand between quotation marks, as in "no way out".',
    ),
)


def of_syntax(error: SyntaxError) -> list[str]:
    """The line of the cell that Python cannot read, with a mark where; what to do."""
    what = str(error.msg)
    told = next(hint for pattern, hint in AMISS if re.search(pattern, what))
    line = (error.text or "").rstrip("\n")
    mark = [f"    {line}", "    " + " " * ((error.offset or 1) - 1) + "^"] if line.strip() else []
    return [f"{type(error).__name__}: {what}", *mark, told]


def of_name(error: NameError, line: str, names: Iterable[str]) -> list[str]:
    """A name that nothing has, in a line of a cell, and those that have something: the nearest."""
    name = str(error.name)
    like = nearest(name, [n for n in names if not n.startswith("_")])
    near = f"The nearest: {', '.join(like)}. " if like else ""
    dotted = re.search(rf"\b{re.escape(name)}(\.\w+)*(?![\w.(])", line)
    return [
        f"NameError: nothing is called “{name}” yet.",
        f"{near}If a cell above makes it, with “{name} = …” or an import, run that cell first. "
        f'If it is meant as words, put it in quotation marks: "{dotted[0] if dotted else name}".',
    ]


def of_column(asked: object, frame: pd.DataFrame) -> list[str]:
    """A column that a table has not, and those that it has: the nearest, all."""
    columns = [str(column) for column in frame.columns]
    like = nearest(str(asked), columns)
    near = f"; the nearest: {', '.join(like)}" if like else ""
    whose = ""
    if asked in ("speaker", "standing") and {"speech", "sentence"} & set(columns):
        whose = ' With its speakers: session.with_speaker("…"), the name of the table in it.'
    return [f"No column is “{asked}”{near}. There are: {listed(columns, len(columns))}.{whose}"]


def of_part(asked: object, thing: object) -> list[str]:
    """What something of this project has not, and what it has: the nearest, all."""
    parts = [name for name in dir(thing) if not name.startswith("_")]
    like = nearest(str(asked), parts)
    near = f"; the nearest: {', '.join(like)}" if like else ""
    kind = type(thing).__name__
    return [f"{kind} has no “{asked}”{near}. It has: {listed(parts, len(parts))}."]


def of_call(error: TypeError, line: str) -> list[str]:
    """A call that lacks something, or has too much, and how to see what it takes."""
    called = re.match(r"[^()#]*?([\w.]+)\(", line.strip())
    how = f"{called[1]}?" if called else "the name with a question mark behind it"
    return [f"TypeError: {error}", f"To see what it takes, run {how} in a cell."]


def said(
    error: BaseException, at: TracebackType | None, space: dict[str, Any], names: Iterable[str] = ()
) -> list[str] | None:
    """What to show of an error in a cell, line by line; nothing where Python's words must do.

    ``at`` is its traceback, ``space`` where cells keep what they name, ``names`` what the reader
    could have named there.
    """
    steps = [frame for frame, _ in walk_tb(at)]
    cells = [frame for frame in steps if frame.f_globals is space]
    if isinstance(error, SyntaxError):
        return None if cells else of_syntax(error)  # else it is in a file that a cell imports
    if isinstance(error, NameError):
        line = extract_tb(at)[-1].line or ""
        return of_name(error, line, names) if steps[-1:] == cells[-1:] else None
    if isinstance(error, AttributeError):
        thing = getattr(error, "obj", None)
        if isinstance(thing, pd.DataFrame):
            return of_column(error.name, thing)
        ours = type(thing).__module__.startswith("analysis.") and steps[-1:] == cells[-1:]
        return of_part(error.name, thing) if ours else None
    if isinstance(error, TypeError):
        told = steps[-1:] == cells[-1:] and re.search(r"\(\) (missing|takes|got an un)", str(error))
        return of_call(error, extract_tb(at)[-1].line or "") if told else None
    for step in steps:
        table = step.f_locals.get("self")
        if isinstance(table, pd.DataFrame):
            key = step.f_locals.get("key")  # what stands in [ ]
            each = key if isinstance(key, list) else [error.args[0]]
            missing = [one for one in each if isinstance(one, str) and one not in table.columns]
            return of_column(missing[0], table) if missing else None
    return None


def show(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    at: TracebackType | None,
    tb_offset: int | None = None,
) -> None:
    """Show an error in IPython: the lines of :func:`said`, or what IPython always shows."""
    space, hidden = shell.user_ns, shell.user_ns_hidden
    whole = isinstance(error, AskError) or not AskError.short
    told = None if whole else said(error, at, space, [n for n in space if n not in hidden])
    if told:
        shell._showtraceback(kind, error, told)
        return
    ran = any(frame.f_globals is space for frame, _ in walk_tb(at))
    shell.showtraceback((kind, error, at), tb_offset=tb_offset, running_compiled_code=ran)


def watch() -> None:
    """In a notebook, show slips so."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell:
        shell.set_custom_exc((SyntaxError, NameError, AttributeError, KeyError, TypeError), show)
