"""The speakers' colours, the same wherever they appear."""

from __future__ import annotations

from analysis.measures import speakers
from analysis.session import Session

#: Colours that colour-blind readers can tell apart (after Okabe and Ito), middling on white and on black.
PALETTE = ("#2f7fc1", "#c8641e", "#26936b", "#b0609a")


GREY = "#888888"


#: Colours for what is no speaker, told apart from theirs and, by their lightness, from each other.
TONES = ("#3f7f8c", "#a8841a", "#9a5f86", "#7b8f3f", GREY)


def colours(session: Session) -> dict[str, str]:
    """A colour for each speaker, the same in every chart, in the order in which they begin."""
    return {**dict(zip(speakers(session), PALETTE)), "none": GREY}
