"""The notebooks are run before their pages are read, as many at a time as there are cores.

MyST-NB could run them, one page after another; but then a failing cell has no name, what a cell
prints falls apart when the machine is busy, and a build that is ended leaves its kernels behind.
Here each notebook has a kernel of its own, which ends with the build, however that ends: kernels
look every second whether the process that started them is still there.
"""

import os
import re
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util.display import progress_message

from book.building import scratch
from book.cards import FOLDER

TOP = Path(__file__).resolve().parent.parent
COLOURS = re.compile(r"\x1b\[[0-9;]*m")  # with which IPython writes to a terminal

#: No history, no warning that this machine talks to itself, a social card of the first chart.
KERNEL = (
    "--HistoryManager.enabled=False",
    "--IPKernelApp.log_level=40",
    "--IPKernelApp.extra_extensions=book.cards",
)
#: The notebooks with their outputs, by the names of their pages, from running to reading.
finished: dict[str, str] = {}


class NotebookError(SphinxError):
    """A cell that fails; the build ends with it."""

    category = "Notebook error"


class Run:
    """A notebook, to be run from its first cell to its last."""

    def __init__(self, path: Path, timeout: int, kernel: Sequence[str] = KERNEL) -> None:
        self.path = path
        self.cell = 0
        self.client = NotebookClient(
            nbformat.read(path, as_version=4),
            timeout=timeout,
            kernel_name="python3",
            resources={"metadata": {"path": str(path.parent)}},
            coalesce_streams=True,  # the same outputs, however slowly they come
            record_timing=False,
            extra_arguments=list(kernel),
            shutdown_kernel="immediate",
            on_cell_execute=self.begin,
        )

    def begin(self, cell: Any, cell_index: int) -> None:
        """Remember which cell is run."""
        self.cell = cell_index + 1

    def run(self, environment: dict[str, str]) -> str:
        """The notebook with its outputs, as JSON; ``NotebookError`` with the cell and the cause."""
        try:
            self.client.execute(env=environment)
        except CellExecutionError as error:
            traceback = COLOURS.sub("", error.traceback)
            raise self.error(f"{error.ename}: {error.evalue}\n{traceback}") from None
        except CellTimeoutError:
            raise self.error(f"it takes more than {self.client.timeout} seconds") from None
        except DeadKernelError:
            raise self.error("its kernel died") from None
        return nbformat.writes(self.client.nb)

    def error(self, cause: str) -> NotebookError:
        """What is told of a cell that fails."""
        return NotebookError(f"{self.path.relative_to(TOP).as_posix()}, cell {self.cell}: {cause}")

    def end(self) -> None:
        """End the kernel at once, if there is one; from another thread than it is run in."""
        manager = self.client.km
        process = getattr(manager and manager.provisioner, "process", None)
        if process is not None:
            process.kill()


def run_all(runs: dict[str, Run], environment: dict[str, str]) -> dict[str, str]:
    """Run notebooks side by side; their JSON by name.  Raises all errors as one."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        futures: dict[str, Future[str]] = {
            name: pool.submit(run.run, environment) for name, run in runs.items()
        }
        try:
            errors = [e for future in futures.values() if (e := future.exception())]
        except BaseException:  # the build is ended
            pool.shutdown(wait=False, cancel_futures=True)
            for run in runs.values():
                run.end()
            raise
    for error in errors:
        if not isinstance(error, NotebookError):
            raise error
    if errors:
        raise NotebookError("\n".join(map(str, errors)))
    return {name: future.result() for name, future in futures.items()}


def run_before_reading(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Run the notebooks of the pages that are about to be read."""
    paths = {name: Path(env.doc2path(name)) for name in docnames}
    timeout = app.config.nb_execution_timeout
    runs = {name: Run(path, timeout) for name, path in paths.items() if path.suffix == ".ipynb"}
    if not runs:
        return
    cards = Path(app.doctreedir, "cards")
    cards.mkdir(exist_ok=True)
    with scratch(app) as folder, progress_message(f"running {len(runs)} notebooks"):
        environment = {
            **os.environ,
            "PYTHONPATH": str(TOP),
            "IPYTHONDIR": folder,
            "TMPDIR": folder,
            FOLDER: str(cards),
        }
        finished.update(run_all(runs, environment))


def read_with_outputs(app: Sphinx, docname: str, source: list[str]) -> None:
    """Give the reader of a page the notebook that has been run."""
    if docname in finished:
        source[0] = finished[docname]


def setup(app: Sphinx) -> dict[str, Any]:
    """Run before reading, and read what was run."""
    app.connect("env-before-read-docs", run_before_reading)
    app.connect("source-read", read_with_outputs)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
