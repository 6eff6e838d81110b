"""The lexicon: what counts as a mention of a family of terms, and in which sense."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.files import line_of, read_toml
from analysis.tei import EditionError
from analysis.tokens import tokens


@dataclass(frozen=True)
class Sense:
    """One sense of a family: the phrases that show it (none: what is left over), and why."""

    name: str
    reason: str
    phrases: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Family:
    """A family of terms: its whole words, the reason for the choice, and its senses, if several."""

    name: str
    reason: str
    words: tuple[str, ...]
    senses: tuple[Sense, ...] = ()
    own: bool = False  # whether a reader asked for it, and the lexicon has it not

    @property
    def main_sense(self) -> str | None:
        """The sense without phrases, or None where the family has one sense."""
        return next((sense.name for sense in self.senses if not sense.phrases), None)


@dataclass(frozen=True)
class Lexicon:
    """The families by name."""

    families: dict[str, Family] = field(default_factory=dict)

    def families_of(self, token: str) -> list[str]:
        """The families that a whole word belongs to."""
        return self._index.get(token, [])

    @functools.cached_property
    def _index(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = {}
        for family in self.families.values():
            for word in family.words:
                index.setdefault(word, []).append(family.name)
        return index

    def has_senses(self, family: str) -> bool:
        """Whether the family has more than one sense."""
        return bool(self.families[family].senses)

    def sense_of(self, family: str, norms: list[str], at: int) -> str:
        """The sense of the word at a place in a sentence: the first whose phrase covers it."""
        before, inside, after = (
            [token for norm in some for token in tokens(norm)]
            for some in (norms[:at], norms[at : at + 1], norms[at + 1 :])
        )
        text, here = before + inside + after, range(len(before), len(before) + len(inside))
        senses = self.families[family].senses
        for sense in senses:
            for phrase in sense.phrases:
                for start in range(max(0, here.start - len(phrase) + 1), here.stop):
                    if tuple(text[start : start + len(phrase)]) == phrase:
                        return sense.name
        return self.families[family].main_sense or ""


def read_lexicon(path: str | Path) -> Lexicon:
    """The lexicon in a TOML file: a table a family, with ``reason``, ``words`` and, where a family
    has several, ``senses`` (each with ``reason`` and ``phrases``; one, without phrases, for the
    rest).

    Raises :class:`analysis.tei.EditionError` when the file is missing or not as described.
    """
    path = Path(path)
    entries = read_toml(path, "a lexicon", "The edition's header names it.")
    return Lexicon({name: family(name, entry, path) for name, entry in entries.items()})


def family(name: str, entry: Any, path: Path) -> Family:
    """One family of the file, checked."""
    if (
        not isinstance(entry, dict)
        or not are_words(entry.get("words"))
        or not isinstance(entry.get("reason"), str)
    ):
        raise EditionError(
            f"the family {name!r} needs words and a reason",
            path,
            line_of(path, f"[{name}]", f'["{name}"]'),
            f'Write [{name}], reason = "…", words = ["…"].',
        )
    if set(entry) - {"reason", "words", "senses"}:
        raise EditionError(
            f"the family {name!r} has "
            f"{', '.join(sorted(set(entry) - {'reason', 'words', 'senses'}))}, which means nothing",
            path,
            line_of(path, f"[{name}]", f'["{name}"]'),
            "A family has reason, words and, where it has several, senses.",
        )
    for sense, detail in (
        entry["senses"].items()
        if isinstance(entry.setdefault("senses", {}), dict)
        else [("senses", None)]
    ):
        if (
            not isinstance(detail, dict)
            or not isinstance(detail.get("reason"), str)
            or not are_words(detail.get("phrases", ["x"]))
            or not all(map(tokens, detail.get("phrases", [])))
            or set(detail) - {"reason", "phrases"}
        ):
            raise EditionError(
                f"the sense {sense!r} of the family {name!r} is not as it should be",
                path,
                line_of(path, f"[{name}]", f'["{name}"]'),
                f'Write [{name}.senses."…"], reason = "…", phrases = ["…"].',
            )
    for word in entry["words"]:
        if tokens(word) != (word,):
            raise EditionError(
                f"{word!r} in the family {name!r} is not one whole word in lower case",
                path,
                line_of(path, f"[{name}]", f'["{name}"]'),
                "Families are matched on whole words of the expanded text.",
            )
    senses = tuple(
        Sense(sense, detail["reason"], tuple(tokens(p) for p in detail.get("phrases", [])))
        for sense, detail in entry["senses"].items()
    )
    if senses and sum(not sense.phrases for sense in senses) != 1:
        raise EditionError(
            f"of the senses of {name!r} one, and only one, has no phrases",
            path,
            line_of(path, f"[{name}]", f'["{name}"]'),
            "It takes what the phrases of the others leave.",
        )
    return Family(name, entry["reason"], tuple(entry["words"]), senses)


def are_words(value: object) -> bool:
    """Whether a value of the file is a list of words or phrases."""
    return isinstance(value, list) and bool(value) and all(isinstance(word, str) for word in value)
