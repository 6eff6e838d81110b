"""From the edition of a meeting record to numbers, and from numbers to figures.

One way through: :func:`load` opens the project's edition, and :func:`read_session` any other, as a
session, which shows what tables it holds (``edition``, ``lexicon``, ``tables``, ``session``);
readings are the same tables under other editorial decisions (``decisions``, ``readings``); evidence
is a choice of rows, with the sentences that it leads to (``evidence``); measures are functions from
tables to tables (``measures``, ``statistics``); claims are asked under every reading (``claims``);
a naive programme is set beside the edition (``programme``); figures draw all of them (``figures``).
"""

import pandas

if int(pandas.__version__.partition(".")[0]) < 3:  # before it a copy of a table is no copy
    raise ImportError(
        f"pandas 3 or later is needed, and this is {pandas.__version__}: pip install -U 'pandas>=3'"
    )

from analysis import programme  # it adds two tables
from analysis.decisions import DECISIONS
from analysis.errors import AskError
from analysis.readings import Reading, readings_of
from analysis.session import Session, load, read_session
from analysis.slips import watch
from analysis.tei import EditionError

__all__ = [
    "DECISIONS",
    "AskError",
    "EditionError",
    "Reading",
    "Session",
    "load",
    "programme",
    "read_session",
    "readings_of",
]

watch()
