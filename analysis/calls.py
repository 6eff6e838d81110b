"""Calls that a reader writes: one that cannot be is told in a line, with what there is to give."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter
from typing import ParamSpec, TypeVar

from analysis.errors import AskError
from analysis.readings import Reading
from analysis.session import Session

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def for_readers(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """A function of a session that readers call: a wrong call of it is an :class:`AskError`."""

    @functools.wraps(function)
    def called(*args: Given.args, **given: Given.kwargs) -> Answer:
        check_call(function, args, given)
        return function(*args, **given)

    return called


def check_call(
    function: Callable[..., object], args: Sequence[object], given: Mapping[str, object]
) -> None:
    """Raise :class:`AskError` for a call without a session, with something else than the function
    takes, without something that it needs, or with a reading that is none."""
    name, (_, *options) = function.__name__, inspect.signature(function).parameters.values()
    by_place = [one.name for one in options if one.kind is one.POSITIONAL_OR_KEYWORD]
    by_name = [one.name for one in options if one.kind is one.KEYWORD_ONLY]
    kinds = {one.kind for one in options}  # of a function that takes any number, any will do
    session, *others = [*args] if args else [given.get("session")]
    if not isinstance(session, Session):
        so = f"{name}(session{', …' if by_place else ''})"
        wrong = "" if session is None else f", not {session!r}"
        raise AskError(f"{name} takes a session first, as in {so}{wrong}")
    unknown: list[str] = []
    if Parameter.VAR_KEYWORD not in kinds:
        unknown += [f"{one}=" for one in given if one not in ("session", *by_place, *by_name)]
    if Parameter.VAR_POSITIONAL not in kinds:
        unknown += map(repr, others[len(by_place) :])
    if unknown:
        several = others[len(by_place) - 1 :] if by_place and len(others) > len(by_place) else []
        apart = all(isinstance(one, str) for one in several) and ", ".join(map(str, several))
        so = f'. What is asked together stands in one pair of quotation marks: "{apart}"'
        rest = [one.name for one in options if one.kind is one.VAR_POSITIONAL]
        takes = [", ".join([*by_place, *rest])] if by_place or rest else []
        takes += [f"by name: {', '.join(by_name)}"] if by_name else []
        raise AskError(
            f"{name} takes, after the session, {'; '.join(takes) or 'nothing'}; "
            f"not {', '.join(unknown)}" + (so if apart else "")
        )
    missing = [
        one.name if one.name in by_place else f"{one.name}="
        for one in options
        if one.name in (*by_place, *by_name)
        and one.default is one.empty
        and one.name not in given
        and one.name not in by_place[: len(others)]
    ]
    if missing:
        so = f": {name}({', '.join(['session', *by_place])})" if by_place else ""
        raise AskError(f"{name} needs {', '.join(missing)}{so}")
    reading = given.get("reading", Reading())
    if not isinstance(reading, Reading):
        raise AskError(
            f'reading= takes a Reading, such as Reading(opening="nobody"), not {reading!r}'
        )
