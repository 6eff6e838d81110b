"""The layers of a document, in its order: who wrote what, and when.

To add one, add it here and to the grammar, ``data/schema/session.rng``, which says what may stand
in it.
"""

from typing import NamedTuple


class Layer(NamedTuple):
    """Where a layer is, for a reader, and as a path in the TEI file."""

    where: str
    path: str


#: By the name that the tables have.
LAYERS = {
    "archive": Layer("in the archive’s record", "text/front/div"),
    "heading": Layer("in the heading", "text/body/div[@type='heading']"),
    "session": Layer("in the session", "text/body/div[@type='session']"),
    "notes": Layer("in the translator’s notes", "text/back/div"),
}
