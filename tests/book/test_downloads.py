"""What is taken away to be run: the zip in an empty environment, and what Binder and Colab do."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from types import SimpleNamespace

import nbformat
import pytest
import yaml
from paths import SITE, TOP

from book.pages import launch

ZIP = SITE / "malin-notes-notebooks.zip"
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CHEAP = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The zip, unpacked where nothing else is."""
    with zipfile.ZipFile(ZIP) as archive:
        archive.extractall(tmp_path_factory.mktemp("download"))
        (name,) = {entry.partition("/")[0] for entry in archive.namelist()}
    return tmp_path_factory.getbasetemp() / "download0" / name


@pytest.fixture(scope="module")
def python(folder):
    """An empty environment into which the folder is installed, as its README says.

    The packages that it needs are those of this environment, since a test asks no registry; the
    project itself is not among them.
    """
    home = folder / ".venv"
    venv.create(home, with_pip=True)
    found = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    # Python 3.11 puts a setuptools into it that is older than the project asks for.
    subprocess.run([found, "-m", "pip", "uninstall", "-q", "-y", "setuptools"], check=True)
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    own = subprocess.run([found, "-c", ask], capture_output=True, text=True, check=True)
    packages = "\n".join({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    with open(f"{own.stdout.strip()}/packages.pth", "w", encoding="utf-8") as file:
        file.write(packages + "\n")
    away = subprocess.run(
        [found, "-c", "import analysis"], cwd=home, capture_output=True, env=clean()
    )
    assert away.returncode, "the project is there before it is installed"
    install = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", "."]
    subprocess.run([found, *install], cwd=folder, check=True, env=clean())
    return found


def clean():
    """This environment without a way to the project, or to another machine."""
    return {**{k: v for k, v in os.environ.items() if k != "PYTHONPATH"}, **CHEAP}


def run(python, notebook, folder):
    """Run a notebook from a folder, as papermill and VS Code do; its errors."""
    code = (
        "import nbformat, sys; from nbclient import NotebookClient; "
        "nb = nbformat.read(sys.argv[1], 4); "
        "NotebookClient(nb, timeout=120, kernel_name='python3').execute()"
    )
    kernels = folder / "kernels"
    spec = kernels / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True, exist_ok=True)
    argv = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec.write_text(json.dumps({"argv": argv, "display_name": "Python 3", "language": "python"}))
    environment = {**clean(), "JUPYTER_PATH": str(kernels), "IPYTHONDIR": str(folder / "ipython")}
    done = subprocess.run(
        [python, "-c", code, str(notebook)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    return done.stderr if done.returncode else ""


@pytest.mark.parametrize("name", ["ask.ipynb", "speakers.ipynb"])
def test_a_notebook_of_the_zip_runs_in_an_empty_environment_from_any_folder(
    folder, python, tmp_path, name
):
    assert run(python, folder / "chapters" / name, tmp_path) == ""
    where = "import analysis; print(analysis.__file__)"
    told = subprocess.run([python, "-c", where], cwd=tmp_path, capture_output=True, text=True)
    assert str(folder) in told.stdout or "PYTHONPATH" in os.environ


def test_the_zip_says_step_by_step_what_to_do_and_holds_what_it_says(folder):
    text = (folder / "README.txt").read_text(encoding="utf-8")
    assert "pip install -r requirements.txt" in text
    assert all(v in text for v in re.findall(r"3\.\d+", PROJECT["requires-python"]))
    windows, others = re.findall(r"--config=(\S+)", text)
    assert (folder / others).is_file() and windows.replace("\\", "/") == others
    assert max(map(len, text.splitlines())) <= 100 and (folder / "_build/html/index.html").is_file()
    needed = (folder / "requirements.txt").read_text(encoding="utf-8").split()
    assert needed == ["-c", "versions.txt", "-e", ".[lab]"]
    pins = (folder / "versions.txt").read_text(encoding="utf-8").splitlines()
    locked = (TOP / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert pins and set(pins) < set(locked)


def test_what_the_zip_says_of_faults_is_what_they_say(folder, python):
    """The messages that its README quotes, from the programmes themselves."""
    text = (folder / "README.txt").read_text(encoding="utf-8")
    elsewhere = [python, "-m", "pip", "install", "-r", "requirements.txt"]
    told = subprocess.run(elsewhere, cwd=folder / "data", capture_output=True, text=True).stderr
    assert "Could not open requirements file" in told and "Could not open requirements file" in text
    asked = re.search(r"\.venv/bin/python -m (analysis ask) \"(.*)\"", text)
    command = [python, "-m", *asked[1].split(), asked[2]]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=clean())
    assert done.stdout.startswith(f"“{asked[2]}” in the session: 4 mentions"), done.stderr


def test_every_notebook_and_every_list_that_it_leads_to_is_in_the_zip(folder):
    for path in sorted((TOP / "chapters").glob("*.ipynb")):
        text = (folder / "chapters" / path.name).read_text(encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")
        for page in set(re.findall(r"/static/([\w./-]+\.html)", text)):
            assert (folder / "_build/html" / page).is_file()
    with zipfile.ZipFile(ZIP) as archive:
        assert not re.search("__pycache__|checkpoints|/[.]", "\n".join(archive.namelist()))


def test_the_zip_has_the_same_bytes_for_the_same_book():
    with zipfile.ZipFile(ZIP) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 1, 1, 0, 0, 0)}
        names = [entry.filename for entry in archive.infolist()]
    assert len(names) == len(set(names))


def test_binder_gets_a_python_that_the_project_takes_and_installs_the_project():
    """Binder takes runtime.txt's Python, and runs pip in the project's top; every pin is in force
    here, so that pip has nothing to ask a registry for."""
    version = (TOP / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    least, most = re.findall(r"3\.(\d+)", PROJECT["requires-python"])
    assert int(least) <= int(version.partition(".")[2]) < int(most)
    alone = ["--no-index", "--no-build-isolation", "--dry-run", "--quiet"]
    install = [sys.executable, "-m", "pip", "install", *alone, "-r", "requirements.txt"]
    done = subprocess.run(install, cwd=TOP, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for path in (TOP / "chapters").glob("*.ipynb"):
        *_, (_, address, _) = [one for one in launched(path.name) if one[0] == "Binder"]
        _, _, opened = address.partition("?urlpath=lab/tree/")
        assert (TOP / opened).is_file()


def launched(name, url="https://github.com/someone/notes"):
    """Where a notebook's page offers to run it, and what is to be run first."""
    options = yaml.safe_load((TOP / "_config.yml").read_text(encoding="utf-8"))["launch_buttons"]
    theme = {"repository_url": url, "repository_branch": "main", "launch_buttons": options}
    app = SimpleNamespace(config=SimpleNamespace(html_theme_options=theme))
    return list(launch(app, f"chapters/{name}"))


def test_what_the_page_offers_for_colab_runs_there_line_by_line(python, tmp_path):
    """The cell is executed as it stands, from a repository of the project's files: git clones,
    the folder is changed, pip installs (from no registry), and the notebook runs from there."""
    origin, content = tmp_path / "origin", tmp_path / "content"
    leave = shutil.ignore_patterns(".*", "_build", "tests", "node_modules", "*.egg-info", "mutants")
    shutil.copytree(TOP, origin, ignore=leave)
    git = ["git", "-C", str(origin), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *command], check=True)
    cell = {kind: first for kind, _, first in launched("speakers.ipynb", origin.as_uri())}
    where, apart = tmp_path, ["--no-deps", "--no-build-isolation", "--no-index"]
    for line in cell["Colab"].replace("/content", content.as_posix()).splitlines():
        command, *arguments = shlex.split(line, comments=True) or ["%cd", str(where)]
        if command == "%cd":
            where = where / arguments[0]
        elif command == "%pip":
            assert arguments[0] == "install"
            run_it = [str(python), "-m", "pip", "install", *apart, *arguments[1:]]
            subprocess.run(run_it, cwd=where, check=True, env=clean())
        else:
            assert command == "!git"
            subprocess.run(["git", *arguments], cwd=where, check=True)
    assert run(python, content / "book/chapters/speakers.ipynb", where) == ""
    asked = [str(python), "-c", "import analysis; print(analysis.__file__)"]
    told = subprocess.run(asked, cwd=where, capture_output=True, text=True, env=clean())
    assert told.stdout.startswith(str(content))


def test_every_notebook_begins_with_the_session_and_runs_where_the_package_is_installed():
    for path in sorted((TOP / "chapters").glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        first = next(cell.source for cell in cells if cell.cell_type == "code")
        assert re.search(r"^from analysis import .*\bload\b", first, re.M), path.name
        assert re.search(r"^session = load\(\)$", first, re.M), path.name
        assert "sys.path" not in first
