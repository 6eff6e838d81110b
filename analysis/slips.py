"""Slips of the pen in a notebook's cell: what Python says of them, and in a line what to do.

A missing quotation mark, a name that is none, a column that a table has not: each is Python's or
pandas' error.  In a notebook the last line that is shown says what to try;
``AskError.short = False`` shows the whole traceback, as it does for this project's own errors.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from traceback import FrameSummary, extract_tb, walk_tb
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
    return [f"No column is “{asked}”{near}. There are: {listed(columns, len(columns))}."]


def said(
    error: BaseException, at: TracebackType | None, names: Iterable[str] = ()
) -> list[str] | None:
    """What to show of an error in a cell, line by line; nothing where Python's words must do.

    ``at`` is its traceback from the cell on, ``names`` are what the reader could have named.
    """
    if isinstance(error, SyntaxError):
        # of a file that a cell imports it is no slip of the reader's
        return of_syntax(error) if not str(error.filename).endswith(".py") else None
    steps: list[FrameSummary] = list(extract_tb(at))
    if isinstance(error, NameError):
        of_reader = steps and not steps[-1].filename.endswith(".py")
        return of_name(error, steps[-1].line or "", names) if of_reader else None
    if isinstance(error, AttributeError):
        frame = getattr(error, "obj", None)
        return of_column(error.name, frame) if isinstance(frame, pd.DataFrame) else None
    for frame, _ in walk_tb(at):
        table = frame.f_locals.get("self")
        if isinstance(table, pd.DataFrame):
            key = frame.f_locals.get("key")  # what stands in [ ]
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
    cell = at.tb_next if at else None  # the first step is IPython's own
    own = isinstance(error, AskError) or not AskError.short
    names = [name for name in shell.user_ns if name not in shell.user_ns_hidden]
    told = None if own else said(error, cell, names)
    if told:
        shell._showtraceback(kind, error, told)
    else:
        shell.showtraceback(
            (kind, error, at), tb_offset=tb_offset, running_compiled_code=bool(cell)
        )


def watch() -> None:
    """In a notebook, show slips so."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell:
        shell.set_custom_exc((SyntaxError, NameError, AttributeError, KeyError), show)
