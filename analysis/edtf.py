"""Times that may be uncertain, as EDTF writes them (Extended Date/Time Format, ISO 8601-2).

The edition uses a part of it: a time of any precision, perhaps marked uncertain ``?`` or
approximate ``~``; an interval ``a/b``, an end of which may be open ``..``; one time within limits
``[a..b]``.
"""

from __future__ import annotations

import calendar
import re
from datetime import datetime

UNITS = ("year", "month", "day", "hour", "minute", "second")
#: What is said of a time that is marked uncertain, approximate or both.
DOUBT = {"?": "perhaps ", "~": "about ", "%": "perhaps about "}
DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+D)?(?:T(?=.)(\d+H)?(\d+M)?(\d+S)?)?")
TIME = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?)?)?)?")


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
    hour, minute, second = (top if part is None else part for part, top in zip(clock, latest))
    try:
        return datetime(year, month, day, hour, minute, second).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is no time") from None


def in_words(text: str) -> str:
    """A time or a duration as a reader writes it: “perhaps 1 November 1956”, “3 months”.

    What is neither comes back as it is.
    """
    if lasting := DURATION.fullmatch(text):
        counted = [(part[:-1], unit) for part, unit in zip(lasting.groups(), UNITS) if part]
        return ", ".join(f"{n} {unit}{'s' * (n != '1')}" for n, unit in counted)
    try:
        known = any(bounds(text))
    except ValueError:
        known = False
    if not known:
        return text
    within = kind(text) == "within"
    separator = ".." if within else "/"
    first, _, last = text.strip("[]").partition(separator)
    if separator not in text:
        return moment_in_words(text)
    start, end = (moment_in_words(one) if one not in ("", "..") else "" for one in (first, last))
    words = f"{start} to {end}" if start and end else f"until {end}" if end else f"from {start}"
    return f"at some time, {words}" if within else words


def moment_in_words(text: str) -> str:
    """A year, month, day or hour as a reader writes it."""
    day, _, clock = text.rstrip("".join(DOUBT)).partition("T")
    year, *rest = day.split("-")
    words = f"{calendar.month_name[int(rest[0])]} {int(year)}" if rest else year
    words = f"{int(rest[1])} {words}" if len(rest) == 2 else words
    return DOUBT.get(text[-1], "") + words + (f", {clock[:5]}" if clock else "")
