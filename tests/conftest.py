"""What the tests share: the session, and a copy of the data that may be spoilt."""

import shutil
from pathlib import Path

import pytest
from browsers import address, browser, chromium, firefox, webkit, window  # noqa: F401 (fixtures)

from analysis import read_session

TOP = Path(__file__).resolve().parent.parent
EDITION = TOP / "data" / "presidium-1956-11-02.xml"


@pytest.fixture(scope="session")
def session():
    return read_session(EDITION)


@pytest.fixture(scope="session")
def second():
    """A small edition, made up, with what the project's own lacks."""
    return read_session(TOP / "tests" / "editions" / "second.xml")


@pytest.fixture
def copy(tmp_path):
    """The path of a copied edition, with a method of changing it: ``copy(old, new)``."""
    folder = shutil.copytree(TOP / "data", tmp_path / "data")

    def change(old: str, new: str) -> Path:
        path = folder / EDITION.name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"the edition has no {old!r} to change"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    change.path = folder / EDITION.name
    return change
