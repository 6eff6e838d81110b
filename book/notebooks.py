"""The notebooks are run while other pages are read, as many at a time as there are cores.

MyST-NB could run them, one page after another; but then a failing cell has no name, what a cell
prints falls apart when the machine is busy, and a build that is ended leaves its kernels behind.
Here each core has a kernel, which runs one notebook after another: to start one and to import what
a notebook needs takes longer than most notebooks.  Between two, names and settings are put back.
Kernels end with the build, however that ends: they look every second whether the process that
started them is still there.
"""

import atexit
import os
import re
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from pathlib import Path
from threading import Thread
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError

from book.building import scratch
from book.cards import FOLDER

TOP = Path(__file__).resolve().parent.parent
COLOURS = re.compile(r"\x1b\[[0-9;]*m")  # with which IPython writes to a terminal

#: No history, no warning that this machine talks to itself.
KERNEL = ("--HistoryManager.enabled=False", "--IPKernelApp.log_level=40")
#: A social card of the first chart.
CARDS = "--IPKernelApp.extra_extensions=book.cards"
#: What a kernel does between two notebooks.
AFRESH = """
import os, sys
if "matplotlib" in sys.modules:
    sys.modules["matplotlib"].rcdefaults()
if "pandas" in sys.modules:
    sys.modules["pandas"].reset_option("^(display|mode|compute|future)")
if "book.cards" in sys.modules:
    get_ipython().extension_manager.reload_extension("book.cards")
os.chdir({folder!r})
get_ipython().reset()
"""


class NotebookError(SphinxError):
    """A cell that fails; the build ends with it."""

    category = "Notebook error"


class Kernel:
    """A kernel, to run one notebook after another."""

    def __init__(self, environment: Mapping[str, str], arguments: Sequence[str]) -> None:
        self.environment, self.arguments = dict(environment), list(arguments)
        self.manager = AsyncKernelManager(kernel_name="python3")
        self.client: Any = None
        self.cell = 0

    def run(self, path: Path, timeout: int) -> str:
        """The notebook with its outputs, as JSON; ``NotebookError`` with the cell and the cause."""
        notebook = NotebookClient(
            nbformat.read(path, as_version=4),
            self.manager,
            timeout=timeout,
            resources={"metadata": {"path": str(path.parent)}},
            coalesce_streams=True,  # the same outputs, however slowly they come
            record_timing=False,
            extra_arguments=self.arguments,
            shutdown_kernel="immediate",
            on_cell_execute=self.begin,
        )
        where = (path.relative_to(TOP) if path.is_relative_to(TOP) else path).as_posix()
        try:
            if self.client:
                self.client.execute(AFRESH.format(folder=str(path.parent)), silent=True)
                notebook.kc = self.client
            notebook.execute(env=self.environment)
        except CellExecutionError as error:
            traceback = COLOURS.sub("", error.traceback)
            cause = f"{error.ename}: {error.evalue}\n{traceback}"
            raise NotebookError(f"{where}, cell {self.cell}: {cause}") from None
        except CellTimeoutError:
            cause = f"it takes more than {timeout} seconds"
            raise NotebookError(f"{where}, cell {self.cell}: {cause}") from None
        except DeadKernelError:
            raise NotebookError(f"{where}, cell {self.cell}: its kernel died") from None
        self.client = notebook.kc
        return nbformat.writes(notebook.nb)

    def begin(self, cell: Any, cell_index: int) -> None:
        """Remember which cell is run."""
        self.cell = cell_index + 1

    def end(self) -> None:
        """End at once, if it has begun; from whatever thread."""
        process = getattr(self.manager.provisioner, "process", None)
        if process is not None:
            process.kill()
            process.wait()
        self.manager.cleanup_connection_file()


class Runs:
    """Notebooks that are run in threads of their own, in as many kernels as there are cores."""

    def __init__(
        self,
        paths: Mapping[str, Path],
        environment: Mapping[str, str],
        *,
        arguments: Sequence[str] = KERNEL,
        timeout: int = 120,
    ) -> None:
        self.environment, self.arguments, self.timeout = environment, arguments, timeout
        self.waiting = deque(paths.items())
        self.done: dict[str, Future[str]] = {name: Future() for name in paths}
        self.kernels: list[Kernel] = []
        for _ in range(min(len(paths), os.cpu_count() or 1)):
            # a thread that nobody waits for, or a build that is ended would go on
            Thread(target=self.work, daemon=True).start()
        atexit.register(self.end)

    def work(self) -> None:
        """Run one notebook after another, as long as there are any."""
        kernel = None
        while self.waiting:
            try:
                name, path = self.waiting.popleft()
            except IndexError:  # another thread has taken it
                break
            if kernel is None:
                kernel = Kernel(self.environment, self.arguments)
                self.kernels.append(kernel)
            try:
                self.done[name].set_result(kernel.run(path, self.timeout))
            except BaseException as error:
                self.done[name].set_exception(error)
                kernel.end()  # who knows in what state it is
                kernel = None
        if kernel is not None:
            kernel.end()

    def result(self, name: str) -> str:
        """The JSON of a notebook that has been run; errors, those of all notebooks, as one."""
        if self.done[name].exception() is None:
            return self.done[name].result()
        errors = [error for run in self.done.values() if (error := run.exception())]
        for error in errors:
            if not isinstance(error, NotebookError):
                raise error
        raise NotebookError("\n".join(map(str, errors)))

    def end(self) -> None:
        """End all kernels at once, and run no more."""
        self.waiting.clear()
        for kernel in self.kernels:
            kernel.end()


def run_all(runs: Runs) -> dict[str, str]:
    """The JSON of all notebooks, by name."""
    return {name: runs.result(name) for name in runs.done}


# In a build ---------------------------------------------------------------------------------------

running: dict[str, Runs] = {}  # the pages that wait for a notebook, by name
until_read = ExitStack()  # what is put away when all pages are read


def run_while_reading(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Begin to run the notebooks of the pages that are about to be read, and read them last."""
    paths = {name: Path(env.doc2path(name)) for name in docnames}
    notebooks = {name: path for name, path in paths.items() if path.suffix == ".ipynb"}
    if not notebooks:
        return
    docnames.sort(key=lambda name: (name in notebooks, name))
    cards = Path(app.doctreedir, "cards")
    cards.mkdir(exist_ok=True)
    folder = until_read.enter_context(scratch(app))
    environment = {
        **os.environ,
        "PYTHONPATH": str(TOP),
        "IPYTHONDIR": folder,
        "TMPDIR": folder,
        FOLDER: str(cards),
    }
    timeout = app.config.nb_execution_timeout
    runs = Runs(notebooks, environment, arguments=[*KERNEL, CARDS], timeout=timeout)
    until_read.callback(runs.end)
    running.update(dict.fromkeys(notebooks, runs))


def read_with_outputs(app: Sphinx, docname: str, source: list[str]) -> None:
    """Give the reader of a page the notebook that has been run."""
    if docname in running:
        source[0] = running.pop(docname).result(docname)


def put_away(*_: object) -> None:
    """When all pages are read, or the build has failed."""
    until_read.close()
    running.clear()


def setup(app: Sphinx) -> dict[str, Any]:
    """Run while pages are read, and read what was run."""
    app.connect("env-before-read-docs", run_while_reading)
    app.connect("source-read", read_with_outputs)
    app.connect("env-updated", put_away)
    app.connect("build-finished", put_away)
    atexit.register(put_away)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
