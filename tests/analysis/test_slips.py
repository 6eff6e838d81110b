"""What a reader is told in a notebook whose slip is Python's error: the last line says what to do."""

import sys

import pytest
from ipykernel.compiler import XCachingCompiler
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

from analysis.errors import AskError
from analysis.slips import watch

FIRST = "from analysis import Reading, load\nfrom analysis.ask import ask\nsession = load()"


@pytest.fixture(scope="module")
def cell():
    """Run a cell as a notebook does; what it shows, line by line."""
    shell = InteractiveShell.instance(compiler_class=XCachingCompiler)  # a notebook's
    told: list[list[str]] = []
    shell._showtraceback = lambda kind, error, lines: told.append(list(lines))
    watch()
    assert shell.run_cell(FIRST).success

    def run(text):
        told.clear()
        assert not shell.run_cell(text).success
        return "\n".join(told[-1]).splitlines()

    yield run
    InteractiveShell.clear_instance()


MISSING = "A quotation mark is missing: a text begins and ends with one"
BRACKET = "A bracket is missing: each ( or [ needs its ) or ]."
SIGN = "Look before the mark ^ for a comma, a bracket or a quotation mark"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('ask(session, "afraid)', MISSING),
        ('ask(session, afraid")', MISSING),
        ('ask(session, "afraid"', BRACKET),
        ('ask(session, "afraid"))', "A bracket is too many"),
        ('ask(session, ["afraid")', "A bracket is too many, or of the wrong kind"),
        ("ask(session, “afraid”)", "Type it again: Python takes straight quotation marks only"),
        ('ask(session "afraid")', SIGN),
        ("ask(session, Security Council)", SIGN),
        ('x = 1\n  ask(session, "afraid")', "Begin the line at the left edge"),
        ('akk(session, "afraid")', "The nearest: ask"),
        ('ask(sesion, "afraid")', "The nearest: session"),
        ("ask(session, afraid)", "If a cell above makes it, with “afraid = …” or an import, run"),
        ("session.words.speach", "No column is “speach”; the nearest: speech. There are: word, "),
        ('session.words["speach"]', "No column is “speach”; the nearest: speech. There are: "),
        ('session.words[["form", "speach"]]', "No column is “speach”; the nearest: speech."),
        ('session.words.groupby("speach")', "No column is “speach”; the nearest: speech."),
        ('session.words.sort_values("speach")', "No column is “speach”; the nearest: speech."),
        ("session.words.speaker", "No column is “speaker”; the nearest: speech. There are: word, "),
        ('ask(session, "UN").save("un.csv")', "Asked has no “save”"),
        ("session.lexicon.famlies", "Lexicon has no “famlies”; the nearest: families"),
        ('ask(session, "UN").page.save()', "Page has no “save”"),
        ("load(1, 2, 3)", "To see what it takes, run load? in a cell."),
        (
            "x = session.words.head(1, 2)",
            "To see what it takes, run session.words.head? in a cell.",
        ),
        ('Reading("nobody")', "AskError: a reading names each decision, as in Reading(opening="),
        ("session.wrods", "NoTableError: no table is “wrods”; the nearest: words."),
    ],
)
def test_the_last_line_says_what_to_do(cell, text, told):
    lines = cell(text)
    assert lines[-1].startswith(told) and len(lines) <= 4


@pytest.mark.parametrize(
    ("text", "quoted"), [("ask(session, afraid)", "afraid"), ("open(duty.png)", "duty.png")]
)
def test_a_name_that_may_be_words_is_shown_in_quotation_marks(cell, text, quoted):
    assert cell(text)[-1].endswith(f'put it in quotation marks: "{quoted}".')


def test_the_mark_stands_where_python_stopped(cell):
    said, line, mark, _ = cell('ask(session "afraid")')
    assert said.startswith("SyntaxError: ")
    # of a comma that is missing Python marks what stands before it, or what after
    assert line[mark.index("^") :].startswith(("session", '"afraid"'))


def test_a_table_without_speakers_is_told_how_to_get_them(cell):
    assert cell('session.words["speaker"]')[-1].endswith(
        'With its speakers: session.with_speaker("…"), the name of the table in it.'
    )
    assert "with_speaker" not in cell("session.places.speaker")[-1]


@pytest.mark.parametrize(
    "text", ["{}['a']", "1 + 'a'", "len(3)", "'a'.b", "import json; json.loads('{').x"]
)
def test_other_errors_are_shown_as_always(cell, text):
    assert any("Traceback" in line for line in cell(text))


def test_the_whole_traceback_on_request(cell, monkeypatch):
    monkeypatch.setattr(AskError, "short", False)
    assert any("Traceback" in line for line in cell("session.words.speach"))
    assert "SyntaxError" in cell("ask(session")[-1]


def test_a_name_that_the_code_of_a_library_lacks_is_no_slip_of_the_reader(cell, tmp_path):
    (tmp_path / "lacking.py").write_text("nothing_there\n")
    sys.path.insert(0, str(tmp_path))
    try:
        assert any("Traceback" in line for line in cell("import lacking"))
    finally:
        sys.path.remove(str(tmp_path))


@pytest.mark.parametrize(
    ("begun", "offered"),
    [("session.spe", "speeches"), ("session.words.sen", "sentence"), ("Reading(ope", "opening=")],
)
def test_what_is_offered_where_tab_is_pressed(cell, begun, offered):
    completer = InteractiveShell.instance().Completer
    with provisionalcompleter():
        assert offered in [one.text for one in completer.completions(begun, len(begun))]
