"""Kernels that start at once: each is a fork of one process that has loaded what every chapter loads.

A notebook's kernel spends most of its time on starting Python and importing the same packages.  So a
*warm* process imports them once; what Jupyter starts as a kernel is a few lines (this file, run as a
script) that ask it for a fork and wait until the fork ends.  Each kernel is still a process of its own,
with nothing of another notebook in it.  Elsewhere than on Linux, where forking is not to be had or not safe
after numerical libraries have been loaded, kernels start as they always do.
"""

import json
import os
import select
import signal
import socket
import sys
import time

LOADED = (
    "ipykernel.kernelapp",
    "analysis.figures.speakers",
    "matplotlib.backends.backend_agg",
    "nltk.collocations",
    "nltk.tokenize",
    "scipy.special",
)
PATIENCE = 60  # seconds that a kernel waits for the warm process to have loaded


def ask(address, connection_file, *options):
    """What Jupyter starts: ask the warm process for a kernel, and end when it ends, with its status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as line:
        for _ in range(100 * PATIENCE):
            try:
                line.connect(address)
                break
            except (FileNotFoundError, ConnectionRefusedError):
                if os.path.exists(f"{address}.failed"):
                    sys.exit("the warm process could not load; it has said why")
                time.sleep(0.01)
        else:
            sys.exit(f"no warm process at {address} after {PATIENCE} seconds")
        wish = {
            "arguments": ["-f", connection_file, *options],
            "folder": os.getcwd(),
            "environment": dict(os.environ),
        }
        line.sendall(json.dumps(wish).encode() + b"\n")
        return int(line.makefile().readline() or 1)


def serve(address):
    """The warm process: load, then fork a kernel for whoever asks, until the build that started it is gone."""
    import importlib

    try:
        for name in LOADED:
            importlib.import_module(name)
    except BaseException:
        open(f"{address}.failed", "w").close()
        raise
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # kernels that have ended need no farewell
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        while True:
            ready, *_ = select.select([listener, sys.stdin], [], [])
            if sys.stdin in ready:  # closed: the build is over
                return
            line, _ = listener.accept()
            if not os.fork():
                listener.close()
                be_a_kernel(line)
            line.close()


def be_a_kernel(line):
    """Run the kernel that was asked for, in this fork."""
    from ipykernel.kernelapp import IPKernelApp

    wish, status = json.loads(line.makefile().readline()), 1
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.chdir(wish["folder"])
    os.environ.clear()
    os.environ.update(wish["environment"])
    try:
        IPKernelApp.launch_instance(
            argv=[*wish["arguments"], f"--IPKernelApp.parent_handle={os.getppid()}"]
        )
        status = 0
    finally:
        try:
            line.sendall(f"{status}\n".encode())
        except BrokenPipeError:  # whoever asked did not wait
            pass
        os._exit(status)


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    sys.exit({"ask": ask, "serve": serve}[what](*rest))


# -- in the build ------------------------------------------------------------------------------------


def prepare(app):
    """Kernels that keep no history, do not warn that this machine talks to itself, save social cards, and start at once."""
    from pathlib import Path

    from book.cards import FOLDER

    here, made = Path(__file__).resolve(), Path(app.doctreedir).resolve().parent
    profile = made / "ipython" / "profile_default"
    for folder in (profile, made / "drawn"):
        folder.mkdir(parents=True, exist_ok=True)
    lines = (
        "c.HistoryManager.enabled = False",
        "c.IPKernelApp.log_level = 40",
        "c.InteractiveShellApp.extensions = ['book.cards']",
        f"import sys; sys.path.append({str(here.parent.parent)!r})",
    )
    (profile / "ipython_kernel_config.py").write_text("\n".join(lines), encoding="utf-8")
    os.environ["IPYTHONDIR"], os.environ[FOLDER] = str(profile.parent), str(made / "drawn")
    if sys.platform == "linux":
        warm(app, here, made / "jupyter")


def warm(app, here, folder):
    """Start the warm process, and name it to Jupyter as the kernel python3."""
    import subprocess
    import tempfile

    home = tempfile.TemporaryDirectory(prefix="book")  # the address of a socket must be short
    address = f"{home.name}/warm"
    process = subprocess.Popen(
        [sys.executable, here, "serve", address],
        stdin=subprocess.PIPE,
        cwd=here.parent.parent,
        env={**os.environ, "PYTHONPATH": str(here.parent.parent)},
    )
    spec = folder / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True, exist_ok=True)
    spec.write_text(
        json.dumps(
            {
                "argv": [
                    sys.executable,
                    "-I",
                    "-S",
                    str(here),
                    "ask",
                    address,
                    "{connection_file}",
                ],
                "display_name": "Python 3",
                "language": "python",
            }
        ),
        encoding="utf-8",
    )
    os.environ["JUPYTER_PATH"] = str(folder)

    def cool(*_):
        process.stdin.close()
        process.wait()
        home.cleanup()

    app.connect("build-finished", cool)


def setup(app):
    app.connect("builder-inited", prepare)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
