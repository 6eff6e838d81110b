"""How long reading takes, beside parsing the same bytes with lxml alone: `make bench`.

Minimum of several runs, since a shared machine is noisy; prints, and asserts nothing.
"""

import subprocess
import sys
import time
from pathlib import Path

from lxml import etree

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from analysis import read_session  # noqa: E402


def shortest(run, times):
    """The shortest of so many runs, in milliseconds; one run before, to warm up."""
    run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(1000 * (time.perf_counter() - start))
    return min(taken)


if __name__ == "__main__":
    edition = next((TOP / "data").glob("*.xml"))
    raw = edition.read_bytes()
    parse = shortest(lambda: etree.fromstring(raw), 20)
    read = shortest(lambda: read_session(edition), 10)
    check = shortest(lambda: subprocess.run([sys.executable, "-m", "analysis", "check"], cwd=TOP, capture_output=True, check=True), 3)
    print(f"parse the edition with lxml alone   {parse:8.1f} ms")
    print(f"read and validate the session, warm {read:8.1f} ms   {read / parse:5.0f} times as long")
    print(f"python -m analysis check, a process {check:8.1f} ms   {check / parse:5.0f} times as long")
