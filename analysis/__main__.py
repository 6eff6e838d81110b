"""The commands: ``python -m analysis check``, ``tables``, ``data``, ``ask "afraid, alarmed"``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NoReturn

from analysis.errors import AskError
from analysis.export import report, write_tables
from analysis.readings import Reading
from analysis.session import Session, read_session, the_edition
from analysis.tei import EditionError


class Commands(argparse.ArgumentParser):
    """Tells a wrong command in a line, with where to look."""

    def error(self, message: str) -> NoReturn:
        """End with the line."""
        self.exit(2, f"error: {message}. What there is to write: {self.prog} --help\n")


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when all is well, 2 (and a message) when the input is not as it should
    be."""
    parser = Commands(
        prog="python -m analysis",
        description="Check an edition, write its tables, or look for words in it.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser(
        "check", help="validate, compare with the transcript, print the ledger"
    )
    tables = commands.add_parser("tables", help="write the tables as CSV files")
    data = commands.add_parser("data", help="write all data that others can use, and a zip of it")
    for command in (check, tables, data):
        command.add_argument(
            "edition", nargs="?", type=Path, help="the TEI file (default: the one in data/)"
        )
    tables.add_argument(
        "--to", type=Path, help="folder for the CSV files (default: tables/ beside the edition)"
    )
    data.add_argument("--to", type=Path, help="folder (default: NAME-data, by the edition's name)")
    asked = commands.add_parser("ask", help="look for words, phrases or beginnings, as in fear*")
    asked.add_argument(
        "question", nargs="*", help="words, parted by commas: “afraid, alarmed”, “fear*”"
    )
    asked.add_argument("--edition", type=Path, help="the TEI file (default: the one in data/)")
    asked.add_argument("--layer", default="session", help="a layer of the document, or all")
    asked.add_argument(
        "--under", nargs="+", default=[], metavar="DECISION=OPTION", help="as in opening=nobody"
    )
    asked.add_argument("--csv", action="store_true", help="print the lines as CSV")
    options = parser.parse_args(arguments)
    try:
        path = options.edition or the_edition()
        session = read_session(path)
        if options.command == "check":
            print(report(session))
        elif options.command == "ask":
            print(answer(session, options))
        elif options.command == "data":
            from analysis.opendata import write_data  # it reads claims, which others do not need

            folder = options.to or Path(f"{path.stem}-data")
            files = write_data(session, folder)
            print(f"{len(files)} files written to {folder}, and to {folder}.zip")
        else:
            folder = options.to or path.parent / "tables"
            written = write_tables(session, folder)
            print(f"{len(written)} files written to {folder}")
        sys.stdout.flush()
    except (EditionError, AskError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever reads the report has read enough
        sys.stderr.close()
    except OSError as error:
        print(f"error: {error.filename or 'the output'}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


def answer(session: Session, options: argparse.Namespace) -> str:
    """What the command ``ask`` prints."""
    from analysis.ask import ask  # it draws, and takes longer to load than all the rest

    reading = Reading.parse(" ".join(options.under))
    asked = ask(session, " ".join(options.question), layer=options.layer, reading=reading)
    if options.csv:
        return asked.lines.to_csv(index=False, lineterminator="\n").rstrip("\n")
    return repr(asked)


if __name__ == "__main__":
    sys.exit(main())
