"""The folder of tables is whole or as it was, whoever else writes, and whatever stops it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from paths import EDITION, TOP

from analysis import EditionError, read_session, writing
from analysis.export import write_tables

resource = pytest.importorskip("resource", reason="Windows neither forks nor limits files")
FILES = sorted(path.name for path in (TOP / "data" / "tables").iterdir())


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def in_a_process(work):
    """Start a process that does something with the session that is read already; its id."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:
        os._exit(1)
    os._exit(0)


def end_of(child):
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(step, session, folder):
    """Write the tables in a process that is killed before its so-manieth change of the disk."""

    def work():
        left = [step]

        def before(change):
            def changed(*arguments, **options):
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return change(*arguments, **options)

            return changed

        for owner, name in ((Path, "rename"), (Path, "mkdir"), (writing, "write")):
            setattr(owner, name, before(getattr(owner, name)))
        writing.shutil.rmtree = before(writing.shutil.rmtree)
        write_tables(session, folder)

    return end_of(in_a_process(work))


@pytest.mark.parametrize("traces", [False, True], ids=["from a whole folder", "from traces"])
def test_killed_at_any_point_the_tables_are_whole_or_the_next_run_mends_them(
    session, tmp_path, traces
):
    folder = tmp_path / "tables"
    write_tables(session, folder)
    between = 0
    for step in range(100):
        status = killed_at(step, session, folder)
        if folder.exists():
            assert names(folder) == FILES
        else:  # between the two renames
            between += 1
            assert names(tmp_path / "tables.old") == FILES
        if status == 0:
            break
        assert status == -signal.SIGKILL
        if not traces:  # else the next run comes upon what all before it have left
            write_tables(session, folder)
            assert names(folder) == FILES and names(tmp_path) == ["tables"]
    assert status == 0 and names(tmp_path) == ["tables"]
    assert traces or between == 1


def test_two_at_once_wait_for_each_other(session, tmp_path):
    folder = tmp_path / "tables"
    for _ in range(8):
        children = [in_a_process(lambda: write_tables(session, folder)) for _ in range(3)]
        assert [end_of(child) for child in children] == [0, 0, 0]
        assert names(folder) == FILES and names(tmp_path) == ["tables"]


def test_a_folder_named_like_a_table_is_not_swept_away(session, tmp_path):
    (tmp_path / "t" / "words.csv").mkdir(parents=True)
    (tmp_path / "t" / "words.csv" / "mine").write_text("x", encoding="utf-8")
    with pytest.raises(EditionError, match="other things than its own files: words.csv"):
        write_tables(session, tmp_path / "t")
    assert (tmp_path / "t" / "words.csv" / "mine").read_text(encoding="utf-8") == "x"


def test_tables_of_another_edition_are_not_overwritten(session, second, tmp_path):
    write_tables(session, tmp_path / "tables")
    before = (tmp_path / "tables" / "words.csv").read_bytes()
    with pytest.raises(EditionError, match=rf"tables of another edition, {EDITION.stem}"):
        write_tables(second, tmp_path / "tables")
    assert (tmp_path / "tables" / "words.csv").read_bytes() == before
    write_tables(second, tmp_path / "others")
    write_tables(session, tmp_path / "tables")


def run(folder, limit=None):
    def limited():
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-m", "analysis", "tables", "--to", str(folder)],
        cwd=TOP,
        capture_output=True,
        text=True,
        preexec_fn=limited,
    )


def test_a_loop_of_links_and_a_file_in_the_way_are_one_line(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for name in ("loop", "loop/t", "file", "file/t", "x" * 300):
        done = run(tmp_path / name)
        assert done.returncode == 2 and "Traceback" not in done.stderr, name
        assert done.stderr.startswith(f"error: {tmp_path}") and "None" not in done.stderr
    assert names(tmp_path) == ["file", "loop"]


def test_a_file_that_cannot_grow_is_named_and_nothing_is_left(session, tmp_path):
    write_tables(session, tmp_path / "tables")
    done = run(tmp_path / "tables", limit=10_000)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert f"{tmp_path}/tables.new/" in done.stderr and "File too large" in done.stderr
    assert names(tmp_path) == ["tables"] and names(tmp_path / "tables") == FILES


def test_a_full_disk_is_said_to_be_full_and_where(session, tmp_path, monkeypatch):
    def full(path, *_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(EditionError, match=r"the disk is full") as caught:
        write_tables(session, tmp_path / "tables")
    assert f"{tmp_path}/tables.new/sentences.csv" in str(caught.value) and not names(tmp_path)


def test_one_edition_has_to_be_in_the_data_for_load_and_commands_alike(copy, monkeypatch):
    from analysis import load
    from analysis import session as module

    monkeypatch.setattr(module, "DATA", copy.path.parent)
    assert load().edition.path == copy.path
    copy.path.with_name("second.xml").write_bytes(copy.path.read_bytes())
    with pytest.raises(EditionError, match=rf"{EDITION.name}, second.xml"):
        load()
    assert len(read_session(copy.path).words) == len(load(copy.path).words)
