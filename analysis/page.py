"""What a notebook and a page show: pages and tables, for readers of every kind.

Each is shown in one of two ways.  Who knows this project's own type (:data:`RICH`) sets
``Shown.whole`` and gets the HTML whole, with addresses such as ``evidence:words`` in its links. Any
other viewer gets the same in a few plain tags, which survive wherever a notebook is opened without
being trusted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

import jinja2
import pandas as pd
from markupsafe import Markup

from analysis.errors import AskError
from analysis.portable import portable

#: The type of what is shown whole, links, drawings and all.
RICH = "application/vnd.malin.chart+html"
#: How a text begins that spreadsheets take for a formula; some forget a tab or an end of line.
FORMULAS = (*"=+-@\t\r\n", *"＝＋－＠")
TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)


def render(template: str, **values: Any) -> Markup:
    """A template filled in."""
    return Markup(TEMPLATES.get_template(template).render(**values).strip())


def slug(text: str) -> str:
    """A name that can stand in an address; letters that ASCII has not stand there by their numbers,
    or names in another script would all be one."""
    plain = re.sub(r"(?![\x00-\x7f])\w", lambda letter: f"-{ord(letter[0]):x}-", text.lower())
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


class Shown:
    """What shows itself as HTML: ``text``."""

    #: Whether whoever looks knows :data:`RICH`.
    whole: ClassVar[bool] = False
    text: str

    def _repr_html_(self) -> str:
        return portable(self.text)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        html_of_it = {RICH: self.text} if self.whole else {"text/html": portable(self.text)}
        return {**html_of_it, "text/plain": repr(self)}


class Page(Shown):
    """A piece of HTML for a page; ``name`` says what it is where no HTML is shown."""

    def __init__(self, text: str, name: str):
        self.text, self.name = text, name

    def __repr__(self) -> str:
        return self.name


class Table(Shown):
    """A table as a notebook and a page show it: the column ``count`` leads to its ``evidence``, and
    counts what ``asks`` says where that is less.

    ``otherwise`` are rows of the same columns that count something under other readings alone.
    """

    def __init__(self, frame: pd.DataFrame, title: str = "", otherwise: pd.DataFrame | None = None):
        self.frame, self.title, self.otherwise = frame, title, otherwise

    def __repr__(self) -> str:
        return f"{self.title}\n{without_addresses(self.frame).to_string(index=False)}"

    @property
    def text(self) -> str:  # type: ignore[override]
        """The table as HTML."""
        columns = list(without_addresses(self.frame))
        frame, own = self.frame, len(self.frame)
        if self.otherwise is not None and len(self.otherwise):
            frame = pd.concat([frame, self.otherwise], ignore_index=True)
        cells = {column: values_shown(frame[column]) for column in columns}
        none = pd.Series("", frame.index)
        links = [frame.get(name, none).fillna("") for name in ("evidence", "asks")]
        rows = [
            [(cells[c][0][i], cells[c][1], *(link if c == "count" else ("", ""))) for c in columns]
            for i, link in enumerate(zip(*links))
        ]
        unbound = any("∞" in text for row in rows for text, *_ in row)
        return render(
            "table.html", title=self.title, columns=columns, rows=rows, own=own, unbound=unbound
        )

    def csv(self, *, excel: bool = False) -> str:
        """The table as CSV, without its addresses; for Excel with a mark that it is UTF-8, and with
        an apostrophe before a text that a spreadsheet would take for a formula."""
        frame = without_addresses(self.frame)
        if excel:
            frame = no_formulas(frame)
        frame = with_texts(frame, lambda text: text.replace("\r", "\n"))  # else it ends a line
        return ("\ufeff" if excel else "") + frame.to_csv(index=False, lineterminator="\n")

    def save(self, path: str | Path, *, excel: bool = False) -> Saved:
        """Write the table to a CSV file, UTF-8; ``excel=True`` writes it so that Excel reads it."""
        path = file_to_write(path, "a table", [".csv"])
        path.write_text(self.csv(excel=excel), encoding="utf-8", newline="")
        return Saved(path)

    def copy(self) -> None:
        """Put the table into the clipboard, to be pasted into a document or a spreadsheet."""
        try:
            no_formulas(without_addresses(self.frame)).to_clipboard(index=False)
        except pd.errors.PyperclipException:
            raise AskError(
                "this computer lends no clipboard to Python: save the table with .save('table.csv')"
            ) from None


class Saved(type(Path())):  # type: ignore[misc]  # a path is of this system's own class
    """The path of a file that has been written; a notebook says in full where it lies."""

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(f"saved as {self.resolve()}")


def file_to_write(path: str | Path, what: str, endings: Sequence[str]) -> Path:
    """The path of a file to be written; an error in a line where it has another ending, or lies in
    no folder."""
    path = Path(path)
    if path.suffix.lower() not in endings:
        ending = path.suffix or "a file without an ending"
        raise AskError(f"{what} is saved as {', '.join(endings)}, not as {ending}")
    if not path.parent.is_dir():
        raise AskError(
            f"there is no folder “{path.parent}” for “{path.name}”: make it first, or give the "
            "name alone, and the file will lie beside the notebook"
        )
    return path


def without_addresses(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns that a reader is shown."""
    return frame.drop(columns=["evidence", "asks"], errors="ignore")


def no_formulas(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before each text, or head, that a spreadsheet would compute."""
    return with_texts(frame, lambda text: f"'{text}" if text.startswith(FORMULAS) else text)


def with_texts(frame: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    """The table with each text, and each head, changed."""

    def changed(value: Any) -> Any:
        return change(value) if isinstance(value, str) else value

    return frame.map(changed).rename(columns=changed)


def csv_link(table: Table) -> str:
    """The table as CSV, fit for Excel, in an address of its own."""
    return "data:text/csv;charset=utf-8," + quote(table.csv(excel=True))


# Numbers ----------------------------------------------------------------------------------------


def values_shown(column: pd.Series) -> tuple[list[str], bool]:
    """A column's values as a reader is shown them, and whether they are numbers."""
    numbers = [v for v in column if isinstance(v, (int, float)) and not isinstance(v, bool)]
    places = decimals([v for v in numbers if isinstance(v, float)])
    return [one(value, places) for value in column], bool(numbers)


def one(value: Any, places: int) -> str:
    """One value: nothing where there is none, ∞ where it has no bound."""
    if value is None or value is pd.NA or value != value:
        return ""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:,.{places}f}" if isinstance(value, float) else f"{value:,}"
    return text.replace("-", "−")


def decimals(values: list[float], most: int = 4) -> int:
    """As many decimals as tell the values apart, one at least."""
    apart = {round(v, most) for v in values if math.isfinite(v)}
    return next(
        (n for n in range(1, most) if len({round(v, n) for v in apart}) == len(apart)), most
    )
