"""What is told of a file that is not as it should be, and what the lexicon's file means, word for
word.  What is told of an edition is in tests/analysis/test_messages.py."""

import os
from pathlib import Path

import pytest

from analysis.ballots import plan
from analysis.claims_file import read_claims
from analysis.exercises import read_exercises
from analysis.files import read_bytes, read_text, read_toml
from analysis.lexicon import read_lexicon
from analysis.lives import read_lives
from analysis.portable import links
from analysis.tei import EditionError
from analysis.works import read_works


def told(ask, *asked):
    """The error that a question ends in, as it is printed."""
    with pytest.raises(EditionError) as caught:
        ask(*asked)
    return str(caught.value)


def test_what_is_no_file_or_cannot_be_read(tmp_path, monkeypatch):
    file, what = tmp_path / "a.toml", "a list"
    assert told(read_bytes, tmp_path, what) == (
        f"{tmp_path}: this is a folder, not a list\n  Name the file in it."
    )
    assert told(read_bytes, file, what) == (
        f"{file}: there is no such file, and wanted is a list\n  Check the path."
    )
    assert told(read_bytes, file, what, "Ask.").endswith("\n  Ask.")
    (tmp_path / "loop").symlink_to("loop")
    assert told(read_bytes, tmp_path / "loop", what) == (
        f"{tmp_path / 'loop'}: cannot be read as a list: Too many levels of symbolic links\n"
        "  Check the path."
    )
    assert told(read_bytes, Path("a\0b"), what) == (
        "a\0b: cannot be read as a list: embedded null byte\n  Check the path."
    )
    file.write_bytes(b"a = 1\n# \xff")
    assert told(read_text, file, what) == (
        f"{file}:2: not UTF-8, and wanted is a list\n  Convert it to UTF-8."
    )
    file.write_text("a = 1", encoding="utf-8-sig")
    assert told(read_toml, file, what) == (
        f"{file}:1: begins with a byte order mark\n  Save it as UTF-8 without one (“no BOM”)."
    )
    file.write_text("a = 1\nb = \n", encoding="utf-8")
    assert told(read_toml, file, what) == (f"{file}:2: not a list: Invalid value\n  Mend the TOML.")
    file.write_text("a = " + "[" * 3000, encoding="utf-8")
    assert told(read_toml, file, what) == f"{file}: not a list: nested too deep\n  Mend the TOML."
    monkeypatch.setattr(
        Path, "read_bytes", lambda self: (_ for _ in ()).throw(PermissionError(13, "no"))
    )
    assert (
        told(read_bytes, file, what) == f"{file}: cannot be read as a list: no\n  Check the path."
    )


WORDS = 'reason = "r"\nwords = ["rail"]\n'
MATCHED = "Families are matched on whole words of the expanded text."
ONE_REST = "of the senses of 'rail' one, and only one, has no phrases"
SENSE = 'Write [rail.senses."…"], reason = "…", phrases = ["…"].'
SENSES = '[rail.senses."{}"]\n{}\n'
LEXICON = {
    'reason = "r"': "the family 'rail' needs words and a reason",
    'words = ["rail"]': "the family 'rail' needs words and a reason",
    'reason = 1\nwords = ["rail"]': "the family 'rail' needs words and a reason",
    'reason = "r"\nwords = []': "the family 'rail' needs words and a reason",
    'reason = "r"\nwords = "rail"': "the family 'rail' needs words and a reason",
    'reason = "r"\nwords = [1]': "the family 'rail' needs words and a reason",
    WORDS + "b = 1\na = 2": "the family 'rail' has a, b, which means nothing",
    WORDS + "senses = 1": "the sense 'senses' of the family 'rail' is not as it should be",
    WORDS + SENSES.format("x", ""): "the sense 'x' of the family 'rail' is not as it should be",
    WORDS + SENSES.format("x", "reason = 1"): "the sense 'x' of the family 'rail' is not as it should be",
    WORDS + SENSES.format("x", 'reason = "r"\nphrases = []'): "the sense 'x' of the family 'rail' is not as it should be",
    WORDS + SENSES.format("x", 'reason = "r"\nphrases = ["the rail", "!"]'): "the sense 'x' of the family 'rail' is not as it should be",
    WORDS + SENSES.format("x", 'reason = "r"\nextra = 1'): "the sense 'x' of the family 'rail' is not as it should be",
    'reason = "r"\nwords = ["rail", "two words"]': "'two words' in the family 'rail' is not one whole word in lower case",
    'reason = "r"\nwords = ["Rail"]': "'Rail' in the family 'rail' is not one whole word in lower case",
    WORDS + SENSES.format("x", 'reason = "r"\nphrases = ["the rail"]'): ONE_REST,
    WORDS + SENSES.format("x", 'reason = "r"') + SENSES.format("y", 'reason = "r"'): ONE_REST,
}  # fmt: skip
TODO = {
    "needs": 'Write [rail], reason = "…", words = ["…"].',
    "means nothing": "A family has reason, words and, where it has several, senses.",
    "as it should be": SENSE,
    "whole word": MATCHED,
    "only one": "It takes what the phrases of the others leave.",
}


@pytest.mark.parametrize("head", ["[rail]", '["rail"]'])
@pytest.mark.parametrize("entry", LEXICON)
def test_a_family_that_is_not_as_it_should_be(entry, head, tmp_path):
    path = tmp_path / "lexicon.toml"
    path.write_text(f"# a lexicon\n\n{head}\n{entry}\n", encoding="utf-8")
    what = LEXICON[entry]
    (todo,) = (todo for part, todo in TODO.items() if part in what)
    assert told(read_lexicon, path) == f"{path}:3: {what}\n  {todo}"


def test_a_lexicon_that_is_not_there(tmp_path):
    path = tmp_path / "lexicon.toml"
    assert told(read_lexicon, path) == (
        f"{path}: there is no such file, and wanted is a lexicon\n  The edition's header names it."
    )


def test_a_family_of_senses_as_it_should_be(tmp_path):
    path = tmp_path / "lexicon.toml"
    ways = SENSES.format("ways", 'reason = "p"\nphrases = ["by rail", "the rail"]')
    rest = SENSES.format("rest", 'reason = "q"')
    path.write_text(f"[rail]\n{WORDS}{ways}{rest}", encoding="utf-8")
    lexicon = read_lexicon(path)
    family = lexicon.families["rail"]
    ways, rest = family.senses
    assert (family.name, family.reason, family.words) == ("rail", "r", ("rail",))
    assert (ways.name, ways.reason, ways.phrases) == (
        "ways",
        "p",
        (("by", "rail"), ("the", "rail")),
    )
    assert (rest.name, rest.reason, rest.phrases) == ("rest", "q", ())
    assert family.main_sense == "rest" and lexicon.has_senses("rail")
    assert lexicon.families_of("rail") == ["rail"] and lexicon.families_of("rails") == []
    # a phrase has to cover the word itself, from either side, and ends where the sentence ends
    for words, at, sense in [
        ("by rail", 1, "ways"), ("rail by", 0, "rest"), ("go by rail now", 2, "ways"),
        ("by rail rail", 2, "rest"), ("the rail", 1, "ways"), ("rail", 0, "rest"),
    ]:  # fmt: skip
        assert lexicon.sense_of("rail", words.split(), at) == sense
    assert lexicon.sense_of("rail", ["the", "dam/rail"], 1) == "rest"


FORMS = "Choose rows as in chapters; see the head of analysis/claims_file.py for the forms."
SAYS = 'says = "It is so."\n'
CLAIMS = {
    "[other]\na = 1": ("", "[other] is neither of results nor of claims", "Write [results.NAME] or [claims.NAME]."),
    "claims = 1": ("", "[claims.NAME] is not a table of texts with “says” among them", 'Write [claims.NAME], says = "…" and what it takes.'),
    "[claims]\na = 1": ("", "[claims.a] is not a table of texts with “says” among them", 'Write [claims.NAME], says = "…" and what it takes.'),
    '# a\n[results.a]\npart = "words"': (":2", "[results.a] is not a table of texts with “says” among them", 'Write [results.NAME], says = "…" and what it takes.'),
    f"[claims.a]\n{SAYS}none = 1": (":1", "[claims.a] is not a table of texts with “says” among them", 'Write [claims.NAME], says = "…" and what it takes.'),
    f"[results.a]\n{SAYS}": (":1", "[results.a]: a result takes says, part and, if it is a share, whole", FORMS),
    f'[results.a]\n{SAYS}part = "words"\nby = "x"': (":1", "[results.a]: a result takes says, part and, if it is a share, whole", FORMS),
    f'[results.a]\n{SAYS}part = "words under opening=nobody"': (":1", "[results.a]: “words under opening=nobody” names a reading; it is asked under all of them", FORMS),
    f"[claims.a]\n{SAYS}": (":1", "[claims.a]: a claim takes one of: most, only, mostly, more, none", FORMS),
    f'[claims.a]\n{SAYS}none = "words"\nmore = "words"\nthan = "words"': (":1", "[claims.a]: a claim takes one of: most, only, mostly, more, none", FORMS),
    f'[claims.a]\n{SAYS}none = "words"\nthan = "words"': (":1", "[claims.a]: none goes with nothing else", FORMS),
    f'[claims.a]\n{SAYS}most = "words"\nby = "speaker"': (":1", "[claims.a]: most goes with by and is", FORMS),
    f'[claims.a]\n{SAYS}only = "words"\nis = "x"': (":1", "[claims.a]: only goes with by and is", FORMS),
    f'[claims.a]\n{SAYS}mostly = "words"': (":1", "[claims.a]: mostly goes with of", FORMS),
    f'[claims.a]\n{SAYS}more = "words"\nof = "x"': (":1", "[claims.a]: more goes with than", FORMS),
}  # fmt: skip


@pytest.mark.parametrize("text", CLAIMS)
def test_a_file_of_claims_that_is_not_as_it_should_be(text, tmp_path):
    path = tmp_path / "claims.toml"
    path.write_text(text, encoding="utf-8")
    line, what, todo = CLAIMS[text]
    assert told(read_claims, path) == f"{path}{line}: {what}\n  {todo}"


def test_a_column_that_there_is_not_is_told_with_those_that_there_are(tmp_path):
    path = tmp_path / "claims.toml"
    path.write_text(f'[claims.a]\n{SAYS}most = "words"\nby = "speakr"\nis = "x"', encoding="utf-8")
    assert told(read_claims, path) == (
        f"{path}:1: [claims.a]: no column of words is “speakr”; the nearest: speaker. "
        "There are: word, sentence, layer, speech, form, norm, start, paragraph, speaker, standing.\n"
        f"  {FORMS}"
    )


SPOILT = (
    (plan, "least = 'fifty'", "least of the wrong kind"),
    (plan, "least = 50\nfirst = 'sp1'", "first of the wrong kind"),
    (plan, "until = 'sp1'", "least is missing"),
    (plan, "least =", "not what a class is asked: Invalid value"),
    (read_lives, "a = 1", "“a” is no table"),
    (read_lives, "[a]\nplace = 'host'\nsources = 'x'", "no text"),
    (read_lives, "[a]\nplace = 'host'\noffice = 1\nsources = []", "no text"),
    (read_lives, "[a]\nplace = 'moon'\noffice = ''\ncame = ''\nbecame = ''\nsources = []", "moon"),
    (read_lives, "[a]\nplace = 'host'", "missing"),
    (read_lives, "[a]\nplace = 'host'\nborn = '1912'", "an entry has place"),
)  # fmt: skip


@pytest.mark.parametrize(("read", "text", "says"), SPOILT)
def test_a_file_of_questions_or_of_people_that_is_not_as_it_should_be(read, text, says, tmp_path):
    path = tmp_path / "file.toml"
    path.write_text(text, encoding="utf-8")
    message = told(read, path)
    assert message.startswith(f"{path}") and says in message


EXERCISE = '[{}]\nkind = "number"\nanswer = "words"\nread = "words"\nright = "Yes."\n'
READERS = {
    plan: "least = {}",
    read_exercises: EXERCISE,
    read_works: "@book{{a, author = {{A}}, year = {{{}}}}}",
    links: '{{"a": "{}"}}',
}


@pytest.mark.parametrize("read", READERS)
def test_a_file_is_read_again_when_it_has_been_written_and_only_then(read, tmp_path):
    path = tmp_path / "file"
    path.write_text(READERS[read].format(1), encoding="utf-8")
    first = read(path)
    assert read(path=path) is first
    path.write_text(READERS[read].format(2), encoding="utf-8")
    os.utime(path, ns=(0, 0))  # at another time, however quickly
    assert str(read(path)) == str(first).replace("1", "2") != str(first)
