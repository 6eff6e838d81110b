"""The speakers' colours and patterns, the same wherever they appear.  No drawing is done here."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator
from itertools import count

from analysis.measures import speakers
from analysis.session import Session

#: Hues that colour-blind readers can tell apart (after Okabe and Ito), in three lightnesses that
#: grey print can tell apart: dark, light, middling, and again.  Each has a contrast of 3 to 1 at
#: least with white and with the dark page.
PALETTE = (
    *("#276ba2", "#df7328", "#248c66"),
    *("#984c83", "#b28c1b", "#428593"),
    *("#b24132", "#849943", "#8072b9"),
)
LIGHTNESSES = (43.5, 60.0, 52.0)  # L* of CIELAB
#: Drawn in white over a colour, one for each three speakers: the fourth is as dark as the first.
PATTERNS = (None, "---", "||", "xx")
GREY = "#888888"
#: Colours for what is no speaker, and the patterns that go with them.
TONES = ("#2f727e", "#b28c1b", "#9a5f86", "#849943", GREY)
TONE_PATTERNS = (None, None, None, "---", "xx")


def colours(session: Session) -> dict[str, str]:
    """A colour for each speaker, the same in every chart, in the order in which they begin."""
    return {**dict(zip(speakers(session), palette())), "none": GREY}


def patterns(session: Session) -> dict[str, str | None]:
    """A pattern over the colour for each speaker (None: plain)."""
    known = {
        speaker: PATTERNS[place // len(LIGHTNESSES) % len(PATTERNS)]
        for place, speaker in enumerate(speakers(session))
    }
    return {**known, "none": None}


def palette() -> Iterator[str]:
    """Colours without end: those of the palette, then others from round the circle of hues."""
    yield from PALETTE
    for n in count():
        yield of_lightness(n * 0.618034 % 1, LIGHTNESSES[n % len(LIGHTNESSES)])


def of_lightness(hue: float, wanted: float) -> str:
    """The colour of a hue (0 to 1) that has this lightness, found by halving."""
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        dark = lightness(colorsys.hls_to_rgb(hue, middle, 0.5)) < wanted
        low, high = (middle, high) if dark else (low, middle)
    return "#" + "".join(f"{round(255 * c):02x}" for c in colorsys.hls_to_rgb(hue, low, 0.5))


def lightness(rgb: tuple[float, float, float]) -> float:
    """L* of CIELAB, 0 to 100, of a colour in sRGB (0 to 1); IEC 61966-2-1 and CIE 15."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance
