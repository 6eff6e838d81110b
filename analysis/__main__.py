"""``python -m analysis check [EDITION]`` and ``python -m analysis tables [EDITION] [--to FOLDER]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analysis.export import report, write_tables
from analysis.session import read_session, the_edition
from analysis.tei import EditionError


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when all is well, 2 (and a message) when the input is not as it should be."""
    parser = argparse.ArgumentParser(
        prog="python -m analysis", description="Check an edition, or write its tables."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser(
        "check", help="validate, compare with the transcript, print the ledger"
    )
    tables = commands.add_parser("tables", help="write the tables as CSV files")
    for command in (check, tables):
        command.add_argument(
            "edition", nargs="?", type=Path, help="the TEI file (default: the one in data/)"
        )
    tables.add_argument(
        "--to", type=Path, help="folder for the CSV files (default: tables/ beside the edition)"
    )
    options = parser.parse_args(arguments)
    try:
        path = options.edition or the_edition()
        session = read_session(path)
        if options.command == "check":
            print(report(session))
        else:
            folder = options.to or path.parent / "tables"
            written = write_tables(session, folder)
            print(f"{len(written)} files written to {folder}")
    except EditionError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever reads the report has read enough
        sys.stderr.close()
    except OSError as error:
        print(f"error: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
