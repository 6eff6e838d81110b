"""The package: one list of what it needs, pinned and hashed, and a session from anywhere."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from graphlib import TopologicalSorter
from importlib import import_module
from inspect import isfunction, signature

import pytest
from paths import TOP

from analysis import clocks, measures, presence, voices

PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (TOP / "requirements.lock").read_text(encoding="utf-8")


def sections():
    """The requirements of each section of requirements.in; each has to have a reason."""
    found, lines = {}, (TOP / "requirements.in").read_text(encoding="utf-8").splitlines()
    for line in lines[2:]:
        if line.startswith("# "):
            found[line[2:]] = section = []
        elif line:
            requirement, _reason = re.fullmatch(r"(\S+) +# (.+)", line).groups()
            section.append(requirement)
    return found


def test_pyproject_names_what_requirements_in_gives_a_reason_for():
    found = sections()
    setup = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]
    assert found.pop("run time") == PROJECT["dependencies"]
    assert found.pop("setup") == setup["requires"]
    assert found == PROJECT["optional-dependencies"]


def test_every_package_of_the_lock_has_a_hash_and_requirements_txt_pins_the_same():
    blocks = re.findall(
        r"^(\S+==.*?) \\$((?:\n {4}--hash=sha256:[0-9a-f]{64}(?: \\)?)+)", LOCK, re.M
    )
    pins = [pin for pin, _ in blocks]
    assert len(pins) == len(re.findall(r"^[^\s#]", LOCK, re.M))
    plain = (TOP / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in plain if not line.startswith("#")] == ["-e .[book,lab,tests]", *pins]
    locked = {re.split("==", pin)[0] for pin in pins}
    assert {re.match(r"[\w-]+", r)[0] for group in sections().values() for r in group} <= locked


def test_the_session_opens_from_any_folder(tmp_path):
    code = "from analysis import load; print(len(load().speeches))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(TOP)},
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.stderr) == ("4\n", "")


def test_pandas_before_3_is_refused_with_the_version_that_is_needed(tmp_path):
    # Under pandas 2 a count by speaker came out as 0, and a table changed by its reader
    # changed the session.
    (tmp_path / "pandas.py").write_text("__version__ = '2.3.3'", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "import analysis"],
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{TOP}"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "ImportError: pandas 3 or later is needed, and this is 2.3.3: pip install -U 'pandas>=3'"
    )


def test_a_table_changed_by_its_reader_does_not_change_the_session(session):
    mine, before = session.speeches, list(session.speeches.speaker)
    mine.loc[:, "speaker"] = "nobody"
    mine["words"] = 0
    del mine["label"]
    assert list(session.speeches.speaker) == before and session.speeches.words.sum() > 0


def test_every_pin_has_a_wheel_for_macs_with_intel():
    # argon2-cffi-bindings has none from 26 on
    (version,) = re.findall(r"^argon2-cffi-bindings==(\d+)", LOCK, re.M)
    assert int(version) < 26


def imports_of(path):
    """The project's own modules that a file imports when it is loaded."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = path.relative_to(TOP).parent.parts
    for node in ast.iter_child_nodes(tree):  # what stands under `if TYPE_CHECKING` is not loaded
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(
                [*package, *filter(None, [node.module])] if node.level else [node.module]
            )
            yield from (base, *(f"{base}.{name.name}" for name in node.names))


def modules():
    """Each module of the two packages, with those that it imports."""
    files = [p for top in ("analysis", "book") for p in (TOP / top).rglob("*.py")]
    names = {
        ".".join(p.relative_to(TOP).with_suffix("").parts).removesuffix(".__init__"): p
        for p in files
    }
    return {name: set(imports_of(path)) & set(names) - {name} for name, path in names.items()}


def test_no_imports_go_round_in_a_circle():
    # a package gives out what its modules hold, so those who import it may be among them
    graph = {
        m: {i for i in found if i not in ("analysis", "book.evidence")}
        for m, found in modules().items()
    }
    order = tuple(TopologicalSorter(graph).static_order())  # raises CycleError
    assert (
        order.index("analysis.schema")
        < order.index("analysis.session")
        < order.index("book.session")
    )


def test_each_package_knows_only_what_is_below_it():
    for name, found in modules().items():
        if name.startswith("analysis"):
            assert not [i for i in found if i.startswith("book")], name
        if name.startswith("book.evidence"):
            assert not [i for i in found if not i.startswith("book.evidence")], name


def test_what_takes_a_session_can_be_made_anew_for_each_test():
    # `make mutants` reads it anew for each test, to see what the test runs: pytest gives it to no
    # fixture that is kept for longer
    for path in (TOP / "tests" / "analysis").glob("test_*.py"):
        text = path.read_text(encoding="utf-8")
        kept = re.findall(r'scope="(?!function).*\ndef \w+\((.*)\)', text)
        assert not [
            names for names in kept if {"session", "second", "third"} & set(names.split(", "))
        ], path


def test_what_a_notebook_calls_tells_of_a_wrong_call_in_a_line():
    """Whoever changes a call in a notebook sees no traceback."""
    imported = set()
    for path in (TOP / "chapters").glob("*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                for node in ast.walk(ast.parse("".join(cell["source"]))):
                    if isinstance(node, ast.ImportFrom):
                        imported |= {(node.module, one.name) for one in node.names}
    asked = {name: getattr(import_module(module), name) for module, name in imported}
    of_session = {
        name
        for name, one in asked.items()
        if callable(one) and next(iter(signature(one).parameters), "") == "session"
    }
    assert len(of_session) > 30
    assert not [name for name in of_session if not hasattr(asked[name], "__wrapped__")]


@pytest.mark.parametrize("module", [clocks, measures, presence, voices])
def test_what_is_measured_under_a_reading_tells_of_a_wrong_call_in_a_line(module):
    """A measure takes a session first and its reading by name; what helps it takes both in a row."""
    for name, one in vars(module).items():
        if isfunction(one) and one.__module__ == module.__name__:
            takes = list(signature(one).parameters.values())
            named = [p.name for p in takes if p.kind is p.KEYWORD_ONLY]
            if takes[0].name == "session" and "reading" in named:
                assert hasattr(one, "__wrapped__"), name
