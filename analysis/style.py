"""How every chart is drawn: Matplotlib's settings, the page's ground, and places without chance."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import matplotlib
import numpy as np
from matplotlib.figure import Figure

STYLE = {
    "svg.fonttype": "none",
    "text.parse_math": False,  # a family may be called $x_$
    "pdf.fonttype": 42,
    "font.family": "DejaVu Sans",
    "font.size": 13,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "black",
    "axes.linewidth": 0.8,
    "hatch.linewidth": 1.6,
    "xtick.labelsize": 12,
    "ytick.labelsize": 13,
    "axes.labelsize": 12,
    "figure.dpi": 72,
    "legend.frameon": False,
}


@contextmanager
def drawn(salt: str, **style: object) -> Iterator[None]:
    """Matplotlib in this project's style; the same name gives the same bytes."""
    with matplotlib.rc_context({**STYLE, "svg.hashsalt": salt, **style}):
        yield


def see_through(figure: Figure) -> None:
    """Leave the page's own ground to be seen."""
    figure.patch.set_visible(False)
    for axes in figure.axes:
        axes.patch.set_visible(False)


def settled(figure: Figure) -> Figure:
    """A figure whose parts stand where its layout has put them, to a millionth of it: what solves
    the layout leaves their last digits to chance, and a file saved twice would differ."""
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for part in figure.subfigs:
        part.bbox_relative.p0 = np.round(part.bbox_relative.p0, 6)
        part.bbox_relative.p1 = np.round(part.bbox_relative.p1, 6)
        for axes in part.axes:
            axes.set_position(np.round(axes.get_position().bounds, 6))
    return figure
