"""An edition whose session is so many times the project's: for the benchmark."""

import hashlib
import re
import shutil
from pathlib import Path


def longer(edition: Path, folder: Path, times: int) -> Path:
    """Write such an edition with all that it needs into a folder; its path.

    Speeches are repeated with ids of their own, and what the edition doubts in them; the transcript
    has what is said as often.
    """
    shutil.copytree(edition.parent, folder, ignore=shutil.ignore_patterns("tables", "geography"))
    tei = edition.read_text(encoding="utf-8")
    begin, end = tei.index("<sp "), tei.rindex("</sp>") + len("</sp>")
    body = tei[begin:end]
    ids = set(re.findall(r'xml:id="([^"]+)"', body))
    doubts = re.findall(r" *<certainty .*?</certainty>\n", tei, re.S)
    inside = [d for d in doubts if ids & set(re.findall(r"#([\w.\-]+)", d))]
    again = "".join(renamed(d, ids, n) for n in range(1, times) for d in inside)
    speeches = "\n".join(renamed(body, ids, n) for n in range(times))
    tei = tei[:begin] + speeches + tei[end:]
    tei = tei.replace(doubts[-1], doubts[-1] + again)

    source = next((folder / "source").glob("*.txt"))
    text = source.read_bytes().decode()
    first = re.search(r"<sp .*?<s [^>]*>\s*([^<]{8,})", tei, re.S)[1].strip()[:20]
    start, stop = text.index(first), text.index("## Translator's Notes")
    text = text[:start] + text[start:stop] * times + text[stop:]
    source.write_bytes(text.encode())
    tei = re.sub(
        r'(<idno type="sha256">)[0-9a-f]+',
        rf"\g<1>{hashlib.sha256(text.encode()).hexdigest()}",
        tei,
    )
    path = folder / edition.name
    path.write_text(tei, encoding="utf-8")
    return path


def renamed(tei: str, ids: set[str], copy: int) -> str:
    """A piece of the edition with these ids, and what points to them, numbered on."""

    def new(name: str) -> str:
        return re.sub(r"\d+$", lambda digits: str(int(digits[0]) + 1000 * copy), name)

    if not copy:
        return tei
    tei = re.sub(r'xml:id="([^"]+)"', lambda m: f'xml:id="{new(m[1])}"', tei)
    return re.sub(r"#([A-Za-z][\w.\-]*)", lambda m: f"#{new(m[1]) if m[1] in ids else m[1]}", tei)
