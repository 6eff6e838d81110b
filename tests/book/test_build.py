"""Building: the same each time, never stale, whole or begun anew, and nothing left behind."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from types import SimpleNamespace

import psutil
import pytest
from lxml import html
from paths import EDITION, SITE, TOP
from small_book import (
    COMMAND,
    COUNTED,
    LEAVE,
    SHUT,
    TEXT,
    build,
    change,
    contents,
    notebook,
    run,
    small_book,
)

from book.building import made_from
from book.notebooks import KERNEL, Kernel


def test_another_clean_build_is_the_same_byte_for_byte(tmp_path):
    top = shutil.copytree(TOP, tmp_path / "malin-notes", ignore=LEAVE)
    first, other = contents(SITE), contents(build(top))
    assert sorted(first) == sorted(other)
    assert not [name for name in first if first[name] != other[name]]
    scripts = {path: path.stat().st_mtime_ns for path in (top / "_build/html").rglob("*.js")}
    assert contents(build(top)) == other, "a build with nothing to do has changed something"
    assert {path: path.stat().st_mtime_ns for path in scripts} == scripts, "or made it again"
    front = (top / "index.md").read_text(encoding="utf-8")
    (top / "index.md").write_text(f"{front}\nFor a while.\n", encoding="utf-8")
    assert contents(build(top)) != other
    (top / "index.md").write_text(front, encoding="utf-8")
    assert contents(build(top)) == other, "what was there for a while has left something"


def test_of_two_editions_in_the_data_none_is_taken(tmp_path):
    top = small_book(tmp_path / "book", TEXT)
    other = top / "data/second.xml"
    shutil.copy(TOP / "tests/editions/second.xml", other)
    done = run(top)
    assert done.returncode and "Traceback" not in done.stderr
    told = f"one edition has to be here, and there is: {EDITION.name}, second.xml"
    assert told in done.stderr and not list(top.glob("_build/html/*.html"))


@pytest.mark.parametrize("version", ["3.10.9", "3.15.0", "4.0.0"])
def test_a_python_that_cannot_do_it_is_refused_before_anything_is_made(version, tmp_path):
    shutil.copy(TOP / "Makefile", tmp_path)
    (tmp_path / "requirements.lock").touch()
    (tmp_path / "pyproject.toml").touch()
    numbers = tuple(map(int, version.split(".")))
    fake = tmp_path / "python"
    pretended = f"import sys; sys.version_info, sys.version = {numbers}, '{version} (fake)'; "
    fake.write_text(
        f'#!/bin/sh\n[ "$1" = -c ] && exec {sys.executable} -c "{pretended} $2"\nexit 3\n'
    )
    fake.chmod(0o755)
    done = subprocess.run(
        ["make", f"PYTHON={fake}", "book"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode
    said = f"Python 3.11 to 3.14 is needed (make PYTHON=python3.13), this is {version}"
    assert done.stderr.splitlines()[0] == said
    assert not (tmp_path / ".venv").exists()


# -- a change reaches every page -----------------------------------------------------------------

PROSE = """
People: {count}`people`. Troops: {count}`terms family=troops`.

As stored: [7](https://example.org/x.html "count: people"),
[7](x.html#y "count: terms family=troops").
"""


def numbers(site):
    """(people, troops) as the prose has them, as its links do, and as the notebook does."""
    page = html.parse(str(site / "index.html")).getroot()
    prose = [int(a.text_content().replace(",", "")) for a in page.xpath("//main//p/a[@data-count]")]
    text = (site / "chapters/text.html").read_text(encoding="utf-8")
    printed = re.search(r"A notebook counts (\d+) troops, (\d+) people", text)
    return [tuple(prose[:2]), tuple(prose[2:]), (int(printed[2]), int(printed[1]))]


#: Two builds in one process, the data changed between; the first site is kept beside the second.
TWICE = """
import shutil
from pathlib import Path
from sphinx.cmd.build import main
build = ["-c", "book", "-W", "-n", "-q", "-d", "_build/doctrees", ".", "_build/html"]
assert not main(build)
shutil.copytree("_build/html", "first")
words = Path("data/lexicon.toml")
text = words.read_text(encoding="utf-8")
words.write_text(text.replace('words = ["troops"', 'words = ["troopers"'), encoding="utf-8")
assert not main(build)
"""


def test_no_page_shows_an_old_number_after_a_change(tmp_path):
    top = small_book(tmp_path / "book", TEXT, "who_speaks_chart(session)", COUNTED, prose=PROSE)
    done = subprocess.run(
        [sys.executable, "-c", TWICE],
        cwd=top,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **SHUT, "PYTHONPATH": str(top)},
    )
    assert not done.returncode, done.stderr
    people, troops = numbers(top / "first")[0]
    assert people and troops and numbers(top / "first") == [(people, troops)] * 3

    site = top / "_build/html"
    fewer = numbers(site)[0][1]
    assert fewer < troops
    assert numbers(site) == [(people, fewer)] * 3, "a change in data/ did not reach every page"

    change(
        top / "analysis/evidence.py",
        "return int(self.chosen(self.read(session)).sum())",
        "return 1000 + int(self.chosen(self.read(session)).sum())",
    )
    build(top)
    changed = [(1000 + people, 1000 + fewer)] * 3
    assert numbers(site) == changed, "a change in analysis/ did not reach every page"

    # A change of prose reaches its page, and runs no notebook again.
    executed = top / "_build/doctrees/jupyter_execute/chapters/text.ipynb"
    before = executed.stat().st_mtime_ns
    change(top / "index.md", "People", "All people")
    build(top)
    assert "All people" in (site / "index.html").read_text(encoding="utf-8")
    assert executed.stat().st_mtime_ns == before

    # A list that nothing leads to any more goes.
    assert (site / "evidence/people.html").exists()
    change(top / "chapters/text.ipynb", "Evidence.of('people')", "Evidence.of('notes')")
    (top / "index.md").write_text("# A small book\n\nNo numbers.\n", encoding="utf-8")
    build(top)
    assert not (site / "evidence/people.html").exists()


# -- errors --------------------------------------------------------------------------------------


def test_a_failing_cell_is_named_with_its_error(tmp_path):
    top = small_book(tmp_path / "book", "x = 1", "x / 0")
    done = run(top)
    assert done.returncode
    assert "chapters/text.ipynb, cell 3: ZeroDivisionError: division by zero" in done.stderr
    # and again: what went wrong is told until it is mended
    assert "ZeroDivisionError" in run(top).stderr


#: What an author may get wrong, and what is told of it.
MISTAKES = {
    "{count}`words colour=red`": "colour",
    "{share}`terms family=neutrality / terms family=neutrality speaker=bata`": "share of nothing",
    "{quote}`s51 no such words`": "s51 has no “no such words”",
    "{sentence}`s999`": "there is no sentence 's999'",
    "{claim}`kadar-least`": "there is no claim 'kadar-least'",
    '[7](x "count: words colour=blue")': "count: words colour=blue",
    '[“nor these”](x "quote: s51")': "s51 has no “nor these”",
}


def test_what_has_no_answer_is_an_error_with_file_and_line(tmp_path):
    prose = "".join(f"Said: {mistake}\n\n" for mistake in MISTAKES)
    done = run(small_book(tmp_path / "book", "1", prose=prose))
    assert done.returncode and "Traceback" not in done.stderr
    for line, told in enumerate(MISTAKES.values()):
        errors = [text for text in done.stderr.splitlines() if f"index.md:{3 + 2 * line}:" in text]
        assert any(told in text for text in errors), f"{told}: {errors}"


#: What a notebook may leave to the next one in its kernel, and what that one sees of it.
LEAVES = """
import os, matplotlib, pandas
x = 1
pandas.options.display.max_rows = 3
matplotlib.rcParams["font.size"] = 99
os.chdir(os.sep)
""".strip()
SEES = """
import os, matplotlib, pandas
print("x" in globals(), pandas.options.display.max_rows, matplotlib.rcParams["font.size"], os.getcwd())
""".strip()


def test_a_notebook_finds_its_kernel_as_if_it_were_the_first(tmp_path):
    """No name; pandas shows 60 rows and Matplotlib writes in 10 points, as they do by themselves."""
    kernel = Kernel(os.environ, KERNEL)
    for name, cell in (("leaves", LEAVES), ("sees", SEES)):
        path = tmp_path / f"{name}.ipynb"
        path.write_text(notebook(cell), encoding="utf-8")
        told = json.loads(kernel.run(path, 60))
    kernel.end()
    (cell,) = [cell for cell in told["cells"] if cell["cell_type"] == "code"]
    assert cell["execution_count"] == 1
    assert "".join(cell["outputs"][0]["text"]) == f"False 60 10.0 {tmp_path}\n"


def test_what_a_cell_prints_is_one_output_however_slowly_it_comes(tmp_path):
    quick = "print('one')\nprint('two')"
    slow = "import time\nprint('one', flush=True)\ntime.sleep(1)\nprint('two')"
    site = build(small_book(tmp_path / "book", quick, slow))
    outputs = html.parse(str(site / "chapters/text.html")).getroot().find_class("cell_output")
    assert [[p.text_content() for p in one.iter("pre")] for one in outputs] == [["one\ntwo\n"]] * 2


# -- ended, and at once --------------------------------------------------------------------------

#: A cell that says that it is run, and goes on when it may.
WAITS = """
from pathlib import Path
import time
Path('running').touch()
while not Path('go').exists():
    time.sleep(0.1)
""".strip()


def begin(top, temporary=None):
    """Begin a build, with a temporary folder of its own."""
    return subprocess.Popen(
        [*COMMAND, "-d", "_build/doctrees", ".", "_build/html"],
        cwd=top,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(top), "TMPDIR": str(temporary or top)},
        # it is ignored where the tests themselves run in the background
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def wait_for(true, process):
    """Wait until something is true of a build that goes on."""
    for _ in range(1200):
        if true():
            return
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.05)
    raise AssertionError("it never came to that")


def waiting_book(top):
    """A small book whose first cell waits until there is a file `go` beside it."""
    return small_book(top, WAITS, TEXT, COUNTED)


def ready_book(top):
    """The same, which waits for nothing."""
    waiting_book(top)
    (top / "chapters/go").touch()
    return top


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    """What a build from nothing makes of such a book, wherever it lies."""
    return contents(build(ready_book(tmp_path_factory.mktemp("clean") / "book")))


def test_builds_that_are_ended_in_any_way_leave_nothing_and_the_next_is_right(tmp_path, clean):
    top, temporary = waiting_book(tmp_path / "book"), tmp_path / "temporary"
    temporary.mkdir()
    for how in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL):
        process = begin(top, temporary)
        wait_for((top / "chapters/running").exists, process)
        started = psutil.Process(process.pid).children(recursive=True)
        assert started, "a kernel is running"
        process.send_signal(how)
        assert process.wait(20)
        _, alive = psutil.wait_procs(started, timeout=10)
        assert not alive
        assert not list(temporary.iterdir()), "something stays in the temporary folder"
        (top / "chapters/running").unlink()

    (top / "chapters/go").touch()
    assert contents(build(top)) == clean
    assert not list((top / "_build").rglob("kernel-*.json")), "something stays of an ended build"


#: A build that does something meanwhile, and waits for it.
MEANWHILE = """
import signal, time
from book import building
signal.signal(signal.SIGTERM, building.end)
building.atexit.register(building.put_aside)
wait = building.aside(lambda: [time.sleep(0.1) for _ in range(600)])
print("begun", flush=True)
wait()
"""


def test_what_is_kept_from_a_build_is_forgotten_when_another_begins_to_write_over_it(tmp_path):
    """Made for a, half made for b by a build that is killed, and wanted for a again."""
    own = {"book.building": SimpleNamespace(metadata={"env_version": 1})}
    app = SimpleNamespace(doctreedir=tmp_path, outdir=tmp_path, extensions=own)
    file = tmp_path / "made.js"

    def write(text, killed):
        file.write_text(text, encoding="utf-8")
        if killed:
            os.kill(os.getpid(), signal.SIGKILL)
        return text

    def asked(text, killed=False):
        return made_from(app, "made", text, lambda: write(text, killed), file.name)

    assert asked("a")() == "a"
    with pytest.raises(EOFError):
        asked("b", killed=True)()
    assert file.read_text(encoding="utf-8") == "b"
    assert asked("a")() == file.read_text(encoding="utf-8") == "a"
    assert [path.name for path in tmp_path.iterdir() if path != file] == ["made.json"]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_what_a_build_does_meanwhile_ends_with_it(how):
    process = subprocess.Popen(
        [sys.executable, "-c", MEANWHILE],
        cwd=TOP,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout.readline() == b"begun\n"
    (child,) = psutil.Process(process.pid).children()
    process.send_signal(how)
    assert process.wait(10)
    assert not psutil.wait_procs([child], timeout=10)[1]


def test_a_build_that_is_killed_while_it_writes_leaves_no_old_page(tmp_path, clean):
    top = ready_book(tmp_path / "book")
    change(top / "data/lexicon.toml", 'words = ["troops"', 'words = ["troopers"')
    front = build(top) / "index.html"
    change(top / "data/lexicon.toml", 'words = ["troopers"', 'words = ["troops"')
    before = front.stat().st_mtime_ns
    process = begin(top)
    wait_for(lambda: front.stat().st_mtime_ns != before, process)
    process.kill()
    process.wait()
    assert contents(build(top)) == clean


def test_two_builds_at_once_in_one_folder_do_not_harm_each_other(tmp_path, clean):
    top = ready_book(tmp_path / "book")
    both = [begin(top), begin(top)]
    told = [process.communicate(timeout=300)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert sum("waiting for another build" in text for text in told) == 1
    assert contents(top / "_build/html") == clean


def test_without_a_folder_for_what_sphinx_remembers_the_site_holds_only_the_site(tmp_path):
    top = small_book(tmp_path / "book", TEXT)
    done = run(top, folders=(".", "site"))
    assert not done.returncode, done.stderr
    with zipfile.ZipFile(top / "site/malin-notes.zip") as archive:
        names = [*archive.namelist(), *contents(top / "site")]
    kinds = {name.rpartition(".")[2] for name in names}
    assert not kinds & {"pickle", "doctree"} and not [n for n in names if ".doctrees" in n]
    assert not (top / "jupyter_execute").exists()
    for path, content in contents(top / "site").items():
        assert str(top).encode() not in content, f"{path} names a folder of this machine"
