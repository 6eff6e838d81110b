"""Let sphinx-build read _config.yml, so that pages are read and written on all cores."""

import sys
from pathlib import Path

# Unless it is hidden, jsonschema compiles a grammar of web addresses: a second of every build.
sys.modules.setdefault("rfc3987_syntax", None)
# NLTK loads it for a test that nobody here makes: half a second for each process that reads pages.
sys.modules.setdefault("scipy.stats", None)
from jupyter_book.config import get_final_config

top = Path(__file__).resolve().parent.parent
settings, _ = get_final_config(
    user_yaml=top / "_config.yml",
    sourcedir=top,
    cli_config={"latex_individualpages": False},
    raise_on_invalid=True,
)
globals().update(settings)
