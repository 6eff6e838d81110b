"""Small changes to ``analysis``, each of which its own tests should notice.

    python tests/mutants.py --sample 400 --seed 1956

All changes that mutmut makes are counted; as many as are asked for are drawn from them, the same
ones for the same seed (all without ``--sample``), and run. What no test noticed is printed with
its difference, module by module, and the share that was noticed last.
"""

import argparse
import importlib
import json
import os
import pkgutil
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from random import Random

from mutmut import __main__ as mutmut
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.runners.harness import PytestRunner
from mutmut.state import state
from mutmut.utils import file_utils
from mutmut.workers import isolation

#: What counts as noticed: a test failed, did not end, or Python itself ended.
NOTICED = {"killed", "timeout", "segfault", "suspicious", "caught by type check"}

#: What the package and its tests load of others: loaded once, for all changes.
OTHERS = (
    *("pandas", "scipy.stats", "lxml.html", "nltk", "jinja2", "krippendorff", "pybtex.database"),
    *("matplotlib.figure", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg"),
    *("hypothesis", "jsonschema", "yaml", "bleach", "IPython.display", "PIL.Image"),
)


class Tried(PytestRunner):
    """Tries a change where nothing of the package has been loaded, by the quickest tests first: the
    first that fails ends it.

    What runs while a module is loaded, as what states the tables, concerns every test.
    """

    def warm_up(self) -> None:
        for name in OTHERS:
            importlib.import_module(name)

    def run_stats(self, *, tests: Iterable[str]) -> int:
        with file_utils.change_cwd("mutants"):
            for module in pkgutil.walk_packages(["analysis"], "analysis."):
                importlib.import_module(module.name)
        at_once = set(state()._stats)
        state()._stats.clear()
        status = super().run_stats(tests=tests)
        for function in at_once:
            state().tests_by_mangled_function_name[function] |= set(state().duration_by_test)
        return status

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        lasted = state().duration_by_test
        in_order = sorted(tests, key=lambda test: (lasted.get(test, 0), test))
        return super().run_tests(mutant_name=mutant_name, tests=in_order)


def made(workers: int) -> list[str]:
    """Make every change, in the folder ``mutants``; their names, in order."""
    mutmut.set_mutant_under_test("mutant_generation")
    Path("mutants").mkdir(exist_ok=True)
    file_utils.copy_src_dir()
    file_utils.copy_also_copy_files()
    mutmut.create_mutants(workers)
    return sorted(results())


def results() -> dict[str, int | None]:
    """The exit status of each change's tests, by its name; nothing for those that were not run."""
    return {
        name: status
        for path in Path("mutants", "analysis").rglob("*.py.meta")
        for name, status in json.loads(path.read_text())["exit_code_by_key"].items()
    }


def run() -> int:
    parser = argparse.ArgumentParser(description="Change the package in small ways.")
    parser.add_argument("--sample", type=int, default=0, help="how many are drawn; 0: all")
    parser.add_argument("--seed", type=int, default=1956)
    parser.add_argument("--least", type=float, default=0.9, help="else the exit status is 1")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    options = parser.parse_args()
    isolation.PytestRunner = Tried
    every = made(options.workers)
    drawn = every
    if 0 < options.sample < len(every):
        drawn = sorted(Random(options.seed).sample(every, options.sample))
    print(f"{len(every):,} changes, of which {len(drawn):,} are run", flush=True)
    mutmut._run(drawn, options.workers)
    status = {name: mutmut.status_by_exit_code[results()[name]] for name in drawn}
    noticed = Counter(name.split(".x")[0] for name in drawn if status[name] in NOTICED)
    for name in drawn:
        if status[name] not in NOTICED:
            print(f"\n{name}: {status[name]}")
            lines = get_diff_for_mutant(name).splitlines()[3:]
            print(*(line for line in lines if line[:1] in "+-"), sep="\n")
    print()
    for module, count in Counter(name.split(".x")[0] for name in drawn).items():
        print(f"{noticed[module]:5} of {count:4}  {module}")
    share = noticed.total() / len(drawn)
    print(f"{noticed.total():,} of {len(drawn):,} changes were noticed ({share:.1%})")
    return share < options.least


if __name__ == "__main__":
    sys.exit(run())
