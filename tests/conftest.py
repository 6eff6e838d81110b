"""What the tests share: the session, and a copy of the data that may be spoilt."""

import shutil
from pathlib import Path

import pytest
from paths import EDITION, SECOND, THIRD, TOP, once

from analysis import read_session


@pytest.fixture(scope=once)
def session():
    return read_session(EDITION)


@pytest.fixture(scope=once)
def second():
    """A small edition, made up, with what the project's own lacks."""
    return read_session(SECOND)


@pytest.fixture(scope=once)
def third():
    """One page, made up, with one or two of every kind of mark."""
    return read_session(THIRD)


@pytest.fixture(params=["session", "second"])
def edition(request):
    """Each of the two, for what must hold of any."""
    return request.getfixturevalue(request.param)


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
