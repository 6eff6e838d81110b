"""Times that may be uncertain, as EDTF writes them (Extended Date/Time Format, ISO 8601-2).

The edition uses a part of it: a time of any precision, perhaps marked uncertain ``?`` or
approximate ``~``; an interval ``a/b``, an end of which may be open ``..``; one time within limits
``[a..b]``.
"""

from __future__ import annotations

import calendar
import re
from datetime import datetime

TIME = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d):(\d\d))?)?)?")


def kind(text: str) -> str:
    """``point`` (one time), ``interval`` (from one to another), ``within`` (one, inside limits)."""
    return "within" if text.startswith("[") else "interval" if "/" in text else "point"


def bounds(text: str) -> tuple[str | None, str | None]:
    """The first and the last second that a time can be, as ISO 8601; None where that end is open.

    Raises ``ValueError`` for what is no such time, or ends before it begins.
    """
    separator = ".." if kind(text) == "within" else "/"
    start, _, end = text.strip("[]").partition(separator)
    if separator not in text:
        end = start
    first, last = edge(start, last=False), edge(end, last=True)
    if first and last and first > last:
        raise ValueError("it ends before it begins")
    return first, last


def edge(text: str, last: bool) -> str | None:
    """The first (or the last) second of a time; None for an open end."""
    if text in ("", ".."):
        return None
    match = TIME.fullmatch(text.rstrip("?~%"))
    if not match:
        raise ValueError(f"{text!r} is no time")
    year, month, day, *clock = [int(part) if part else None for part in match.groups()]
    year, month = year or 0, month or (12 if last else 1)
    if not 1 <= month <= 12:
        raise ValueError(f"{text!r} is no time")
    day = day or (calendar.monthrange(year, month)[1] if last else 1)
    latest = (23, 59, 59) if last else (0, 0, 0)
    hour, minute, second = latest if clock[0] is None else (part or 0 for part in clock)
    try:
        return datetime(year, month, day, hour, minute, second).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is no time") from None
