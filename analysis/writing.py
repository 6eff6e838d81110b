"""Writing a folder of files as a whole: the new ones or the old ones, whatever happens."""

from __future__ import annotations

import errno
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from analysis.tei import EditionError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


def write_folder(folder: Path, files: Mapping[str, str | bytes]) -> list[Path]:
    """Put these files, by their names or their paths below it, into a folder that is replaced
    as a whole.

    They are written beside it and then take its place; one that was killed between the two renames
    is made good by the next. Who comes while another writes waits. Raises
    :class:`analysis.tei.EditionError` when the folder holds anything else, or cannot be written: it
    then stays as it was.
    """
    try:
        folder = folder.resolve()
        folder.parent.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            replace(folder, files)
    except (OSError, RuntimeError) as error:  # the latter for a loop of links
        full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
        reason = getattr(error, "strerror", None) or str(error)
        raise EditionError(
            f"cannot be written: {reason}" + (" (the disk is full)" if full else ""),
            getattr(error, "filename", None) or folder,
            todo="Nothing has been changed. Free some space."
            if full
            else "Nothing has been changed.",
        ) from None
    return [folder / name for name in sorted(files)]


def replace(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """See :func:`write_folder`; for whoever has seen to it that nobody else writes here."""
    fresh, old = folder.with_name(folder.name + ".new"), folder.with_name(folder.name + ".old")
    for place in (folder, fresh, old):
        refuse_others(place, set(files))
    if old.exists() and not folder.exists():  # killed between the renames, last time
        old.rename(folder)
    for stale in (fresh, old):
        if stale.exists():
            shutil.rmtree(stale)
    try:
        fresh.mkdir()
        for name, text in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            write(fresh / name, text)
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
    except BaseException:
        if old.exists() and not folder.exists():
            old.rename(folder)
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)


def write(path: Path, text: str | bytes) -> None:
    """Write a file; an ``OSError`` names it, also where the system's own does not."""
    try:
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None


def refuse_others(folder: Path, known: set[str]) -> None:
    """Raise where a folder holds anything but files of these names."""
    if not folder.exists():
        return
    next(folder.iterdir(), None)  # raises where it is a file
    above = {parent.as_posix() for name in known for parent in PurePosixPath(name).parents}
    others = sorted(
        name
        for file in folder.rglob("*")
        for name in [file.relative_to(folder).as_posix()]
        if file.is_symlink() or not (name in above if file.is_dir() else name in known)
    )
    if others:
        raise EditionError(
            f"holds other things than its own files: {', '.join(others[:3])}",
            folder,
            todo="The folder is replaced as a whole: name a new one, or move them away.",
        )


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep others from writing the folder; however the process ends, the system ends this too."""
    if fcntl is None:
        lock = folder.with_name(folder.name + ".lock")
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_TEMPORARY)
    else:
        handle = os.open(folder.parent, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(handle)


LONG_AGO = (2026, 1, 1, 0, 0, 0)  # in archives, whose bytes are not to depend on the day


def pack(folder: Path, archive: Path, *, without: tuple[str, ...] = ()) -> None:
    """A folder as one file, the same bytes for the same folder; nothing half-written."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".zip")
    fresh = archive.with_name(archive.name + ".new")
    try:
        with zipfile.ZipFile(fresh, "w") as packed:
            for path in paths:
                name = path.relative_to(folder)
                if not set(without) & set(name.parts):
                    entry = zipfile.ZipInfo(f"{archive.stem}/{name.as_posix()}", LONG_AGO)
                    entry.external_attr = 0o644 << 16
                    packed.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, compresslevel=9)
        fresh.replace(archive)
    finally:
        fresh.unlink(missing_ok=True)
