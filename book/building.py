"""A build is whole, or the next one begins anew; nobody else builds in its folders meanwhile.

Sphinx takes a page for new when its file is.  So a build that was ended while it wrote would leave
old or half pages that no later build mends.  What Sphinx remembers is therefore forgotten, unless
the build before came to its end without an error or a warning.  All that a build needs beside the
site lies with what Sphinx remembers, never in the site.
"""

import atexit
import json
import multiprocessing.util  # its own end, which waits for children, comes after ours
import os
import shutil
import signal
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.parallel import ParallelTasks, SerialTasks, parallel_available

from book.lighter import collect_seldom, lighten

try:
    import fcntl
except ImportError:  # Windows: two builds at once are not told apart there
    fcntl = None  # type: ignore[assignment]

TOP = Path(__file__).resolve().parent.parent
#: What pages are made from beside their own text; other packages may draw otherwise, too.
MADE_FROM = ("analysis", "book", "data", "requirements.lock")

locked: list[int] = []  # the folders that this build has for itself, as open files
asides: list[SerialTasks | ParallelTasks] = []  # what is done meanwhile


def fingerprint() -> int:
    """A number for all that pages are made from beside their own text.

    Sphinx reads every page anew, and its notebook is run, whenever this number is another.
    """
    found = 0
    for name in MADE_FROM:
        for path in [TOP / name, *sorted((TOP / name).rglob("*"))]:
            if path.is_file() and "__pycache__" not in path.parts:
                found = zlib.crc32(path.relative_to(TOP).as_posix().encode(), found)
                found = zlib.crc32(path.read_bytes(), found)
    return found


def begin(app: Sphinx) -> None:
    """Before anything else: nothing of an earlier build has been read."""
    signal.signal(signal.SIGTERM, end)
    asides.clear()  # of a build before it in the same process, which failed
    if app.doctreedir.is_relative_to(app.outdir):  # as it is where no `-d` is given
        app.doctreedir = type(app.outdir)(app.srcdir / "_build" / ".doctrees")
    for folder in (app.outdir, app.doctreedir):
        folder.mkdir(parents=True, exist_ok=True)
        lock(folder)
    if unfinished(app).exists():
        (app.doctreedir / "environment.pickle").unlink(missing_ok=True)
    unfinished(app).touch()


def end(signum: int, frame: FrameType | None) -> None:
    """A build that is told to end does so as after an error: what it has begun is put away."""
    sys.exit(128 + signum)


def lock(folder: Path) -> None:
    """Have a folder for this build alone; wait for another build in it to end."""
    if fcntl is None:
        return
    file = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print(f"waiting for another build in {folder} to end", file=sys.stderr)
        fcntl.flock(file, fcntl.LOCK_EX)
    locked.append(file)


def unfinished(app: Sphinx) -> Path:
    """The file that says that a build has begun, and not come to its end."""
    return Path(app.doctreedir, "unfinished")


def keep_beside(app: Sphinx) -> None:
    """Have MyST-NB write what it needs beside the site to the same place."""
    folder = str(app.doctreedir / "jupyter_execute")
    env: Any = app.env
    env.mystnb_config = env.mystnb_config.copy(output_folder=folder)


@contextmanager
def scratch(app: Sphinx) -> Iterator[str]:
    """A folder for temporary files, gone at the end; by the next build, if this one is killed."""
    folder = Path(app.doctreedir, "temporary")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    tempfile.tempdir = str(folder)
    try:
        yield str(folder)
    finally:
        tempfile.tempdir = None
        shutil.rmtree(folder, ignore_errors=True)


def aside(task: Callable[[], Any]) -> Callable[[], None]:
    """Do something meanwhile, in another process where a process can have children; what is given
    back waits until it is done. The build does not end before."""
    parent = os.getpid()

    def watched() -> None:
        if os.getpid() != parent:
            Thread(target=end_with, args=[parent], daemon=True).start()
        task()

    tasks = ParallelTasks(1) if parallel_available else SerialTasks()
    asides.append(tasks)
    tasks.add_task(watched)
    return tasks.join


def wait_for_all() -> None:
    """Wait until all is done that is done meanwhile."""
    while asides:
        asides.pop().join()


def end_with(parent: int) -> None:
    """End when the process that began this one has been killed."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def put_aside() -> None:
    """End what is still done meanwhile, when the build ends before its end.

    It is killed: a child that has just been forked loses what the handler of a signal raises.
    """
    for child in multiprocessing.active_children():
        child.kill()


def made_from(
    app: Sphinx,
    name: str,
    what: Any,
    make: Callable[[], Any],
    *files: str,
    first: Callable[[], Any] = lambda: None,
) -> Callable[[], Any]:
    """What ``make()`` gives, as JSON has it, to be asked for when it is needed: made by an earlier
    build, if code and data, ``what`` (also as JSON) and the site's ``files`` that it wrote are
    still the same, or else meanwhile, after ``first()``, which other processes need, too."""
    path = Path(app.doctreedir, f"{name}.json")
    begun = app.extensions[__name__].metadata["env_version"]  # the fingerprint at its beginning
    now = {"from": json.loads(json.dumps([begun, what]))}  # pairs are lists there
    if path.exists() and all(Path(app.outdir, file).exists() for file in files):
        before = json.loads(path.read_text(encoding="utf-8"))
        if before.items() >= now.items():
            return lambda: before["made"]
    path.unlink(missing_ok=True)  # the files may be others from now on, even if it is killed

    def keep() -> None:
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps({**now, "made": make()}), encoding="utf-8")
        fresh.replace(path)

    first()
    wait = aside(keep)

    def result() -> Any:
        wait()
        return json.loads(path.read_text(encoding="utf-8"))["made"]

    return result


def finish(app: Sphinx, error: Exception | None) -> None:
    """After all else: say that the build is whole, and let others build."""
    if error is None:
        wait_for_all()
    if error is None and not app._warncount:
        unfinished(app).unlink()
    while locked:
        os.close(locked.pop())
    collect_seldom()  # nor at its end


def setup(app: Sphinx) -> dict[str, Any]:
    """Stand before and behind all other extensions; it is the first of them."""
    begin(app)
    # not before: sphinx_external_toc looks through all objects for the collector that it replaces
    app.connect("config-inited", lambda *_: lighten())
    app.connect("builder-inited", keep_beside, priority=900)
    app.connect("build-finished", finish, priority=1000)
    atexit.register(put_aside)
    return {"env_version": fingerprint(), "parallel_read_safe": True, "parallel_write_safe": True}
