"""The browsers, one window each for the whole run, and the pack that is made once."""

import pytest
from browsers import address, browser, chromium, firefox, webkit, window  # noqa: F401 (fixtures)
from paths import SITE

from book.pack import make

PAPER = "Letter"  # of the two papers the one that holds less: the whole book is printed on it


@pytest.fixture(scope="session")
def pack(browser, tmp_path_factory):  # noqa: F811
    """The folder of a pack that is made of the built book, the whole book on one paper."""
    folder = tmp_path_factory.mktemp("pack") / "pack"
    make(SITE, folder, browser, papers=[PAPER])
    return folder
