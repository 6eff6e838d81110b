"""Let sphinx-build read _config.yml; `jupyter-book build .` does so by itself."""

import sys
from pathlib import Path

# A grammar of addresses that jsonschema would compile, a second each time, and nobody needs here.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

from jupyter_book.config import get_final_config  # noqa: E402

top = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(top))  # the book's own code, wherever the project is installed
settings, _ = get_final_config(
    user_yaml=top / "_config.yml",
    sourcedir=top,
    cli_config={"latex_individualpages": False},
    raise_on_invalid=True,
)
globals().update(settings)
