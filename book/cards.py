"""Social cards: a notebook's first chart as a picture of 1200 by 630 pixels.

Whoever links to a page shows its card, and needs its whole address: so there are cards only where
the site's address is set.  The kernel that draws the chart saves it: book/notebooks.py has every
kernel load this as an IPython extension.  A chart is displayed as before.
"""

import os
import textwrap
from pathlib import Path
from typing import Any

FOLDER = "BOOK_CARDS"  # the environment variable that says where cards go, if there are any


def load_ipython_extension(shell: Any) -> None:
    """Have the shell show all whole, and save a card of the first chart, if it is told where."""
    from analysis.chart import Chart
    from analysis.page import Shown
    from book.lighter import lighten

    lighten()
    folder = os.environ.get(FOLDER)
    saved: list[str] = []
    Shown.whole = True  # book/outputs.py takes it

    def save_first(chart: Any) -> bool:
        if folder and not saved and chart.draw:
            saved.append(chart.name)
            save_card(chart, Path(folder, f"{chart.name}.png"))
        chart._ipython_display_()
        return True

    shell.display_formatter.ipython_display_formatter.for_type(Chart, save_first)


def save_card(chart: Any, path: Path) -> None:
    """Draw a chart under its title, and save it."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    from analysis.style import STYLE

    style: Any = STYLE
    with matplotlib.rc_context(style):
        # as high as the chart wants to be, then scaled
        inches = max(378, chart.height[0] + 70) / 72
        layout = ConstrainedLayoutEngine(w_pad=0.3, h_pad=0.25)
        figure = Figure(
            figsize=(inches * 1200 / 630, inches),
            dpi=630 / inches,
            facecolor="#fdfcf9",
            layout=layout,
        )
        figure.suptitle(
            textwrap.fill(chart.title, 60),
            fontsize=20 * inches / 5.25,
            weight="bold",
            x=0.03,
            ha="left",
        )
        chart.draw(figure, False)
        for axes in figure.axes:
            axes.patch.set_alpha(0)
        canvas: Any = FigureCanvasAgg(figure)
        canvas.print_png(path, metadata={"Software": None})
