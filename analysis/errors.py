"""What is said to a reader who asks for something that there is not: one line, and what to do."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from numbers import Integral
from unicodedata import combining, normalize

NAMES_SHOWN = 12  # names in a message; the rest are counted
LONGEST = 700  # characters of a message: what was asked may be of any length


class AskError(ValueError):
    """A question that cannot be answered: what was asked, what there is, what to do next.

    A notebook shows the one line. Set ``AskError.short = False`` to see the whole traceback, which
    is what a programmer wants.
    """

    short = True

    def __init__(self, message: str) -> None:
        super().__init__(shortened(" ".join(message.split())))

    def _render_traceback_(self) -> list[str]:
        """What IPython shows instead of a traceback."""
        if self.short:
            return [f"{type(self).__name__}: {self}"]
        return "".join(traceback.format_exception(self)).splitlines()


def unknown(
    what: str, asked: str, known: Iterable[str] | Mapping[str, str], todo: str = ""
) -> AskError:
    """The error for a name that nothing has: ``what`` there is none of, the nearest names, all
    names.

    ``known`` are the names that there are; as a mapping, with what a reader would call each.
    """
    names = list(known)
    called = known if isinstance(known, Mapping) else {}
    close = nearest(asked, {name: called.get(name, name) for name in names})
    near = f"; the nearest: {', '.join(close)}" if close else ""
    return AskError(f"no {what} is “{asked}”{near}. There are: {listed(names)}." + spaced(todo))


def whole_number(name: str, number: object, least: int) -> int:
    """A whole number that an option takes; an error in a line for anything else, or for less."""
    if not isinstance(number, Integral) or isinstance(number, bool) or number < least:
        raise AskError(f"{name}= takes a whole number, {least} or more, not {number!r}")
    return int(number)


def nearest(asked: str, known: Mapping[str, str] | Iterable[str], least: float = 0.6) -> list[str]:
    """Up to three names that look like the one asked for, the likest first.

    ``known`` are names; as a mapping, names with what each is called: both are compared, with case
    and accents left off. ``least`` is the ratio of :class:`difflib.SequenceMatcher`, 0 to 1.
    """
    called = known if isinstance(known, Mapping) else {name: name for name in known}
    wanted, found = without_accents(asked), []
    for number, (name, words) in enumerate(called.items()):
        texts = {without_accents(name), without_accents(words), *without_accents(words).split()}
        like = max(SequenceMatcher(None, wanted, text).ratio() for text in texts)
        if like >= least:
            found.append((-like, number, name))
    return [name for _, _, name in sorted(found)[:3]]


def shortened(message: str) -> str:
    """A message with its beginning and its end, where what to do stands."""
    cut = len(message) - LONGEST
    return message if cut <= 0 else f"{message[: LONGEST // 4]} … {message[LONGEST // 4 + cut :]}"


def without_accents(text: str) -> str:
    """Text in lower case, without accents."""
    return "".join(c for c in normalize("NFKD", text.casefold()) if not combining(c))


def listed(names: Iterable[str], shown: int = NAMES_SHOWN) -> str:
    """Names in a row, the first few and how many more."""
    names = list(names)
    more = f" and {len(names) - shown:,} more" if len(names) > shown else ""
    return (", ".join(names[:shown]) or "none at all") + more


def spaced(text: str) -> str:
    """A further sentence, where there is one."""
    return f" {text}" if text else ""
