"""The browsers, one window each for the whole run."""

from browsers import address, browser, chromium, firefox, webkit, window  # noqa: F401 (fixtures)
