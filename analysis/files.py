"""Reading the files of an edition: whole, as UTF-8, and never what is no file."""

from __future__ import annotations

import codecs
import functools
import inspect
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from analysis.tei import EditionError

Given = ParamSpec("Given")
Read = TypeVar("Read")


def stamp(file: Path) -> int | None:
    """When a file was written; nothing where there is none any more."""
    return file.stat().st_mtime_ns if file.exists() else None


def read_once(read: Callable[Given, Read]) -> Callable[Given, Read]:
    """A function of a file's ``path`` that reads it again only when it has been written since."""
    signature, known = inspect.signature(read), dict[Path, tuple[int | None, Read]]()

    @functools.wraps(read)
    def reads(*args: Given.args, **given: Given.kwargs) -> Read:
        bound = signature.bind(*args, **given)
        bound.apply_defaults()
        path = Path(bound.arguments["path"])
        at = stamp(path)
        if path not in known or known[path][0] != at:
            known[path] = at, read(*args, **given)
        return known[path][1]

    return reads


def read_bytes(path: Path, what: str, todo: str = "Check the path.") -> bytes:
    """What a regular file holds; :class:`analysis.tei.EditionError` where there is none.

    ``what`` says what the file should be, ``todo`` what to do where it is not there.
    """
    try:
        if path.is_dir():
            raise EditionError(f"this is a folder, not {what}", path, todo="Name the file in it.")
        if path.exists() and not path.is_file():  # a device or a pipe would never end
            raise EditionError(f"this is no regular file, so not {what}", path, todo=todo)
        return path.read_bytes()
    except FileNotFoundError:
        raise EditionError(
            f"there is no such file, and wanted is {what}", path, todo=todo
        ) from None
    except (OSError, ValueError, RuntimeError) as error:  # no permission, a loop of links
        reason = getattr(error, "strerror", None) or str(error)
        raise EditionError(f"cannot be read as {what}: {reason}", path, todo=todo) from None


def read_text(path: Path, what: str, todo: str = "Check the path.") -> str:
    """The text of a UTF-8 file; :class:`analysis.tei.EditionError` where it is none."""
    raw = read_bytes(path, what, todo)
    if raw.startswith(codecs.BOM_UTF8):  # no eye sees it, and every place would be one further
        raise EditionError(
            "begins with a byte order mark", path, 1, "Save it as UTF-8 without one (“no BOM”)."
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise EditionError(
            f"not UTF-8, and wanted is {what}", path, line, "Convert it to UTF-8."
        ) from None


def read_toml(path: Path, what: str, todo: str = "Check the path.") -> dict:
    """What a TOML file says; :class:`analysis.tei.EditionError` where it is none."""
    text = read_text(path, what, todo)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        reason = str(error).partition(" (at ")[0]
        raise EditionError(
            f"not {what}: {reason}", path, int(line[1]) if line else None, "Mend the TOML."
        ) from None
    except RecursionError:
        raise EditionError(f"not {what}: nested too deep", path, todo="Mend the TOML.") from None
    except ValueError as error:  # a number of more digits than Python reads
        raise EditionError(f"not {what}: {error}", path, todo="Mend the TOML.") from None


def line_of(path: Path, *heads: str) -> int | None:
    """The number of the first line of a file that is one of these, blanks around it aside."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.strip() in heads), None)
