"""What takes a build and each of its kernels a tenth of their time, and is not needed."""

import gc
import sys


def lighten() -> None:
    """Leave out both from now on."""
    import_nltk()
    collect_seldom()


def collect_seldom() -> None:
    """Look seldom for memory to be freed: what a build makes it keeps, and is looked through again
    and again."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def import_nltk() -> None:
    """Import NLTK without SciPy's statistics, which it loads for a test that nobody here uses.

    Whoever wants them later has them.
    """
    if "scipy.stats" not in sys.modules:
        sys.modules["scipy.stats"] = None  # type: ignore[assignment]
        import nltk  # noqa: F401

        del sys.modules["scipy.stats"]
