"""The notebooks are run while other pages are read, as many at a time as there are cores.

MyST-NB could run them, one page after another; but then a failing cell has no name, what a cell
prints falls apart when the machine is busy, and a build that is ended leaves its kernels behind.
Here each core has a kernel, which runs one notebook after another: to start one and to import what
a notebook needs takes longer than most notebooks.  Between two, names and settings are put back.
Where all notebooks will be run, as in a first build, kernels start before all else, and begin as
soon as it is known how long a cell may take.
Kernels end with the build, however that ends: they look every second whether the process that
started them is still there.
"""

import atexit
import os
import re
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError

from book.building import scratch
from book.cards import FOLDER

TOP = Path(__file__).resolve().parent.parent
COLOURS = re.compile(r"\x1b\[[0-9;]*m")  # with which IPython writes to a terminal

#: No history, no warning that this machine talks to itself.
KERNEL = ("--HistoryManager.enabled=False", "--IPKernelApp.log_level=40")
#: All is shown whole; a social card of the first chart.
CARDS = "--IPKernelApp.extra_extensions=book.cards"
#: What a kernel does before each notebook.
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

    def start(self) -> None:
        """Start before there is a notebook to run."""
        notebook = self.of(nbformat.v4.new_notebook(), TOP, 0)
        notebook.execute(env=self.environment)
        self.client = notebook.kc

    def of(self, notebook: Any, folder: Path, timeout: int) -> NotebookClient:
        """What runs a notebook here, in a folder."""
        return NotebookClient(
            notebook,
            self.manager,
            timeout=timeout,
            resources={"metadata": {"path": str(folder)}},
            coalesce_streams=True,  # the same outputs, however slowly they come
            record_timing=False,
            extra_arguments=self.arguments,
            shutdown_kernel="immediate",
            on_cell_execute=self.begin,
        )

    def run(self, path: Path, timeout: int) -> str:
        """The notebook with its outputs, as JSON; ``NotebookError`` with the cell and the cause."""
        where = (path.relative_to(TOP) if path.is_relative_to(TOP) else path).as_posix()
        notebook = self.of(nbformat.read(path, as_version=4), path.parent, timeout)
        try:
            if not self.client:
                self.start()
            self.client.execute(AFRESH.format(folder=str(path.parent)), silent=True)
            notebook.kc = self.client
            notebook.execute()
        except CellExecutionError as error:
            traceback = COLOURS.sub("", error.traceback)
            cause = f"{error.ename}: {error.evalue}\n{traceback}"
            raise NotebookError(f"{where}, cell {self.cell}: {cause}") from None
        except CellTimeoutError:
            cause = f"it takes more than {timeout} seconds"
            raise NotebookError(f"{where}, cell {self.cell}: {cause}") from None
        except DeadKernelError:
            raise NotebookError(f"{where}, cell {self.cell}: its kernel died") from None
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
    """Notebooks that are run in threads of their own, in so many kernels, which start at once."""

    def __init__(
        self, kernels: int, environment: Mapping[str, str], *, arguments: Sequence[str] = KERNEL
    ) -> None:
        self.many, self.environment, self.arguments = kernels, environment, arguments
        self.timeout = 0
        self.done: dict[str, Future[str]] = {}
        self.waiting: SimpleQueue[tuple[str, Path] | None] = SimpleQueue()  # None: no more
        self.kernels: list[Kernel] = []
        for _ in range(kernels):
            # a thread that nobody waits for, or a build that is ended would go on
            Thread(target=self.work, daemon=True).start()
        atexit.register(self.end)

    def run(self, paths: Mapping[str, Path], timeout: int) -> None:
        """Run these, and no more."""
        self.timeout = timeout
        self.done = {name: Future() for name in paths}
        for one in (*paths.items(), *[None] * self.many):
            self.waiting.put(one)

    def work(self) -> None:
        """Start a kernel, and run one notebook after another, as long as there are any."""
        kernel = self.kernel()
        with suppress(Exception):  # the first notebook tries again, and tells
            kernel.start()
        while one := self.waiting.get():
            name, path = one
            try:
                self.done[name].set_result(kernel.run(path, self.timeout))
            except BaseException as error:
                self.done[name].set_exception(error)
                kernel.end()  # who knows in what state it is
                kernel = self.kernel()
        kernel.end()

    def kernel(self) -> Kernel:
        """A kernel that is ended with all others."""
        kernel = Kernel(self.environment, self.arguments)
        self.kernels.append(kernel)
        return kernel

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
        self.waiting = SimpleQueue()
        for kernel in self.kernels:
            kernel.end()


def run_all(
    paths: Mapping[str, Path], environment: Mapping[str, str], timeout: int
) -> dict[str, str]:
    """The JSON of all these notebooks, by name; ``NotebookError`` as :meth:`Runs.result`."""
    runs = Runs(enough(paths), environment)
    runs.run(paths, timeout)
    return {name: runs.result(name) for name in paths}


def enough(notebooks: Collection[Any]) -> int:
    """How many kernels these need here."""
    return min(len(notebooks), os.cpu_count() or 1)


# In a build ---------------------------------------------------------------------------------------

started: list[Runs] = []  # whose kernels have started before it is known how to run notebooks
running: dict[str, Runs] = {}  # the pages that wait for a notebook, by name
until_read = ExitStack()  # what is put away when all pages are read


def chapters(app: Sphinx) -> list[Path]:
    """The notebooks of the book."""
    return list(Path(app.srcdir, "chapters").glob("*.ipynb"))


def start(app: Sphinx, kernels: int) -> Runs:
    """Start so many kernels, until all pages are read."""
    folder = until_read.enter_context(scratch(app))
    environment = {
        **os.environ,
        "PYTHONPATH": str(TOP),
        "IPYTHONDIR": folder,
        "TMPDIR": folder,
    }
    if app.config.html_baseurl:
        cards = Path(app.doctreedir, "cards")
        cards.mkdir(exist_ok=True)
        environment[FOLDER] = str(cards)
    runs = Runs(kernels, environment, arguments=[*KERNEL, CARDS])
    until_read.callback(runs.end)
    return runs


def begin(app: Sphinx, paths: Mapping[str, Path]) -> None:
    """Begin to run these notebooks, the largest first, which run longest."""
    runs = started.pop() if started else start(app, enough(paths))
    by_size = sorted(paths, key=lambda name: paths[name].stat().st_size, reverse=True)
    runs.run({name: paths[name] for name in by_size}, app.config.nb_execution_timeout)
    running.update(dict.fromkeys(by_size, runs))


def begin_early(app: Sphinx, config: Config) -> None:
    """Begin to run all notebooks, where kernels have started for them."""
    if started:
        found = chapters(app)
        begin(app, {p.relative_to(app.srcdir).with_suffix("").as_posix(): p for p in found})


def run_while_reading(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Begin to run the notebooks of the pages that are about to be read, if they are not being run;
    and read them last, in the order in which they are run."""
    paths = {name: Path(env.doc2path(name)) for name in docnames}
    new = {n: p for n, p in paths.items() if p.suffix == ".ipynb" and n not in running}
    if new:
        begin(app, new)
    order = [*running]
    docnames.sort(key=lambda name: (order.index(name) if name in order else -1, name))


def read_with_outputs(app: Sphinx, docname: str, source: list[str]) -> None:
    """Give the reader of a page the notebook that has been run."""
    if docname in running:
        source[0] = running.pop(docname).result(docname)


def put_away(*_: object) -> None:
    """When all pages are read, or the build has failed."""
    until_read.close()
    started.clear()
    running.clear()


def setup(app: Sphinx) -> dict[str, Any]:
    """Run while pages are read, and read what was run."""
    app.connect("config-inited", begin_early, priority=0)
    app.connect("env-before-read-docs", run_while_reading)
    app.connect("source-read", read_with_outputs)
    app.connect("env-updated", put_away, priority=300)
    app.connect("build-finished", put_away)
    atexit.register(put_away)
    notebooks = chapters(app)
    if notebooks and not Path(app.doctreedir, "environment.pickle").exists():  # all will be run
        started.append(start(app, enough(notebooks)))
    return {"parallel_read_safe": False, "parallel_write_safe": True}
