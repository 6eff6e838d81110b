"""Generated faults: whatever is read, the answer is a result or the project's own short lines.

    python tests/fuzz.py --count 100000 --seed 1956

Each input is a good one with up to four faults: a part left out, doubled, moved, or replaced.
Editions are spoilt copies of the small one in ``tests/editions``. The same seed gives the same
inputs; each failure is printed with the input and its error, and makes the exit status 1.
"""

import argparse
import contextlib
import io
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from analysis import DECISIONS, AskError, EditionError, Reading, Session, read_session
from analysis.__main__ import main
from analysis.claims import verdict
from analysis.claims_file import read_claims
from analysis.columns import known_columns
from analysis.evidence import PLACED, Evidence
from analysis.lexicon import read_lexicon

TOP = Path(__file__).resolve().parent.parent
LONGEST = 1000  # characters of one line of a message
#: What is put in: marks of each syntax, names, and characters that programs stumble over.
BITS = [
    *("", " ", "\n", "\t", "\0", "\ufeff", "é", "ʼ", "𝔘", "\u202e", "0", "-1", "1e999", "none"),
    *('"', "'", "<", ">", "&", "&lt;", "&x;", "<!--", "]]>", "<s>", "</s>", "<?x ?>", "<sp/>"),
    *("=", "|", "/", "%", "%zz", "%C3%A9", "_", "$x_$", "?", "#", "..", "under", "layer=all"),
    *("[", "]", "[x]", "{", "}", "a.b.c = 1", '"""', "words", "speaker=kadar", "xml:id", "who"),
    *("--to", "--layer", "--under", "opening=nobody", "*", ",", "x" * 5000, "[" * 3000),
]
#: Of a hundred inputs, so many of each kind: what takes longest, least often.
SHARES = {"addresses": 48, "readings": 24, "claims": 14, "lexicon": 9, "commands": 2, "editions": 3}


def spoilt(text: str, random: Random) -> str:
    """A text with one to four faults."""
    for _ in range(random.randint(1, 4)):
        start = random.randint(0, len(text))
        end = min(len(text), start + random.choice((0, 1, 2, 5, 20, 100)))
        other = random.randint(0, len(text))
        put = random.choice(
            [random.choice(BITS), "", text[start:end] * 2, text[other : other + end - start]]
        )
        text = text[:start] + put + text[end:]
    return text


class Inputs:
    """Makers of inputs and what reads them, by kind: each takes the next input and reads it."""

    def __init__(self, folder: Path, random: Random) -> None:
        self.random, self.folder = random, folder
        shutil.copytree(TOP / "tests" / "editions", folder, dirs_exist_ok=True)
        self.session = read_session(folder / "second.xml")
        self.good = {
            "claims": (TOP / "data" / "claims.toml").read_text(encoding="utf-8"),
            "lexicon": (folder / "second.toml").read_text(encoding="utf-8"),
            "editions": (folder / "second.xml").read_text(encoding="utf-8"),
        }
        self.input: object = None

    def an_address(self) -> str:
        """A good choice of rows, in one of its two written forms."""
        random, table = self.random, self.random.choice(PLACED)
        columns = random.sample(known_columns(table), min(2, len(known_columns(table))))
        where = {column: self.a_value(table, column) for column in columns if random.random() < 0.7}
        with contextlib.suppress(AskError):
            evidence = Evidence.of(table, reading=Reading(**self.options()), **where)
            return random.choice((evidence.address, evidence.short))
        return table

    def a_value(self, table: str, column: str) -> str:
        """A value that stands in a column, now and then anything at all."""
        frame = self.session.table(table)
        if column not in frame or not len(frame) or self.random.random() < 0.2:
            return self.random.choice(BITS)
        return str(self.random.choice(list(frame[column])))

    def options(self) -> dict[str, str]:
        """Options of some decisions."""
        names = self.random.sample(list(DECISIONS), self.random.randint(0, 3))
        return {name: self.random.choice(list(DECISIONS[name].options)) for name in names}

    def file(self, name: str, kind: str) -> Path:
        """A spoilt file, which as bytes is now and then not even UTF-8."""
        self.input = spoilt(self.good[kind], self.random)
        raw = str(self.input).encode("utf-8", "surrogatepass")
        if self.random.random() < 0.05:
            self.input = raw = raw[:100] + b"\xff\xfe" + raw[100:]
        path = self.folder / name
        path.write_bytes(raw)
        return path

    def addresses(self) -> object:
        self.input = text = spoilt(self.an_address(), self.random)
        return Evidence.parse(text).count(self.session)

    def readings(self) -> object:
        self.input = text = spoilt(Reading(**self.options()).short, self.random)
        return Reading.parse(text)

    def claims(self) -> object:
        _, claims = read_claims(self.file("claims.toml", "claims"))
        if claims and self.random.random() < 0.05:
            return verdict(self.session, self.random.choice(list(claims.values())))
        return claims

    def lexicon(self) -> object:
        return read_lexicon(self.file("lexicon.toml", "lexicon"))

    def editions(self) -> Session:
        session = read_session(self.file("spoilt.xml", "editions"))
        assert len(session.words) and len(session.mentions) >= 0  # tables are made when asked for
        return session

    def commands(self) -> int:
        edition, to = str(self.folder / "second.xml"), str(self.folder / "tables")
        ask = ["ask", "water, dam*", "--edition", edition, "--layer", "all"]
        ask += ["--under", "opening=nobody"]
        words = self.random.choice(
            [["check", edition], ["tables", edition, "--to", to], *(8 * [ask])]
        )
        at = self.random.randrange(len(words))
        changed = spoilt(words[at], self.random).replace("/", "") if at else words[at] + "x"
        self.input = words = [*words[:at], changed, *words[at + 1 :]]
        said = io.StringIO()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
            try:
                status = main(words)
            except SystemExit as left:  # argparse, after a line on how to use it
                return int(left.code or 0)
        if status:
            raise AskError(said.getvalue().rstrip("\n"))
        return status


def failures(count: int, seed: int, folder: Path) -> Iterator[str]:
    """Read so many inputs; each that ends otherwise than it should, with what happened."""
    inputs = Inputs(folder, Random(seed))
    kinds = [kind for kind, share in SHARES.items() for _ in range(share)]
    for number in range(count):
        kind = kinds[number * 37 % len(kinds)]
        read: Callable[[], object] = getattr(inputs, kind)
        try:
            read()
        except (AskError, EditionError) as error:
            lines = str(error).splitlines()
            if not lines or max(map(len, lines)) > LONGEST or "Traceback" in str(error):
                yield f"{kind}: a message of {len(str(error))} characters for {inputs.input!r:.3000}"
        except Exception:
            yield f"{kind}: {traceback.format_exc(limit=-4)}\nfor {inputs.input!r:.3000}"
        if sys.stderr.isatty() and number % 1000 == 0:
            print(f"\r{number:,} of {count:,}", end="", file=sys.stderr)


def run() -> int:
    parser = argparse.ArgumentParser(description="Read generated faults.")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1956)
    options = parser.parse_args()
    found = 0
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for failure in failures(options.count, options.seed, Path(folder)):
            found += 1
            print(failure, end="\n\n")
    print(f"{options.count:,} inputs from seed {options.seed}: {found} failures")
    return bool(found)


if __name__ == "__main__":
    sys.exit(run())
