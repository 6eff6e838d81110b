"""The notebooks where they are run: in JupyterLab, untrusted and run anew; by others' viewers.

One JupyterLab serves a copy of the project, opened in Chromium; nobody has run anything there, so
every notebook is untrusted until its cells are run.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from urllib.parse import unquote

import pytest
from lxml import html
from nbconvert import HTMLExporter
from paths import TOP

NOTEBOOKS = sorted(path.name for path in (TOP / "chapters").glob("*.ipynb"))
LEAVE = shutil.ignore_patterns(
    ".*", "_build", "__pycache__", "tests", "node_modules", "*.egg-info", "mutants"
)
PORT, TOKEN = 8977, "read"
LARGEST = 400_000  # bytes of a notebook as it is stored
#: The whole notebook at once, or cells that are out of sight would not be there.
SETTINGS = {
    "notebook-extension/tracker.jupyterlab-settings": {"windowingMode": "none"},
    "docmanager-extension/plugin.jupyterlab-settings": {"autosave": False},
}
ROLE = re.compile(r"\{[a-z:]+\}")

#: What a reader sees or hears of a notebook: pictures with what stands below each and instead of it,
#: tables, items of lists, what stands out over its cell, errors, and drawings or mark-up that have
#: come to nothing.
SEEN = """() => {
  const book = document.querySelector('.jp-Notebook');
  const all = (selector) => [...book.querySelectorAll(selector)];
  const after = (i) => i.closest('.jp-OutputArea-child').nextElementSibling?.innerText ?? '';
  return {
    pictures: all('.jp-OutputArea-output img').map(i => [after(i), i.alt, i.naturalWidth]),
    tables: all('.jp-OutputArea-output table').length,
    items: all('.jp-OutputArea-output li').length,
    drawings: all('.jp-OutputArea-output svg').length,
    plain: all('.jp-RenderedText[data-mime-type="text/plain"]').map(e => e.innerText),
    errors: all('[data-mime-type*="stderr"], [data-mime-type*="error"]').map(e => e.innerText),
    prose: all('.jp-MarkdownCell .jp-RenderedMarkdown').map(e => e.innerText).join('\\n'),
    wide: all('.jp-OutputArea-output, .jp-MarkdownOutput')
      .filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1)
      .map(e => `${e.scrollWidth} > ${e.clientWidth}: ${e.innerText.slice(0, 60)}`),
  };
}"""


def stored(name):
    """The outputs of a notebook as they are stored: a dictionary of types for each."""
    cells = json.loads((TOP / "chapters" / name).read_text(encoding="utf-8"))["cells"]
    return [
        {kind: "".join(text) for kind, text in output.get("data", {}).items()}
        for cell in cells
        for output in cell.get("outputs", [])
    ]


def expected(name):
    """How many pictures, tables and items of lists the outputs of a notebook have."""
    outputs = stored(name)
    written = [html.fromstring(f"<div>{o['text/html']}</div>") for o in outputs if "text/html" in o]
    return (
        sum("image/png" in output for output in outputs),
        sum(len(one.findall(".//table")) for one in written),
        sum(len(one.findall(".//li")) for one in written),
    )


def alternatives(name):
    """What each stored picture shows, in words."""
    cells = json.loads((TOP / "chapters" / name).read_text(encoding="utf-8"))["cells"]
    kept = [o["metadata"] for c in cells for o in c.get("outputs", []) if "metadata" in o]
    return [" ".join(one["image/png"]["alt"].split()) for one in kept if "image/png" in one]


def as_it_should_be(name, seen):
    """Fail where a reader sees less than is stored, or what was not meant to be seen."""
    assert (len(seen["pictures"]), seen["tables"], seen["items"]) == expected(name)
    for (beneath, instead, width), alt in zip(seen["pictures"], alternatives(name)):
        assert width and f"The picture shows: {alt}" in " ".join(beneath.split())
        assert " ".join(instead.split()) == alt
    assert not seen["drawings"] and not seen["errors"] and not seen["wide"], seen
    only_text = [o["text/plain"] for o in stored(name) if set(o) == {"text/plain"}]
    assert len(seen["plain"]) == len(only_text), seen["plain"]
    assert not ROLE.search(seen["prose"])


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab, opened as `make lab` opens it, in a copy of the project."""
    own = tmp_path_factory.mktemp("lab")
    top = shutil.copytree(TOP, own / "top", ignore=LEAVE)
    (top / "_build").symlink_to(TOP / "_build")
    for name, content in SETTINGS.items():
        path = own / "settings/@jupyterlab" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    folders = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    environment = {**os.environ, **{name: str(own / f) for name, f in folders.items()}}
    command = [
        *(sys.executable, "-m", "jupyter", "lab", "--config=book/lab/config.py", "--no-browser"),
        *("--allow-root", f"--port={PORT}", "--ServerApp.port_retries=0"),
        f"--IdentityProvider.token={TOKEN}",
    ]
    log = (own / "log").open("w")
    server = subprocess.Popen(
        command, cwd=top, env={**environment, "PYTHONPATH": str(top)}, stdout=log, stderr=log
    )
    address = f"http://127.0.0.1:{PORT}"
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{address}/api/status?token={TOKEN}")
            break
        except OSError:
            assert server.poll() is None, (own / "log").read_text(encoding="utf-8")
            time.sleep(0.2)
    yield address
    server.terminate()
    server.wait()


@pytest.fixture(scope="module")
def window(lab, browser):
    """A window of Chromium that the server knows."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{lab}/lab/tree/index.md?token={TOKEN}")
    yield page
    context.close()


def opened(lab, window, name):
    """Open a notebook in a workspace of its own, and wait until all of it is there."""
    space = re.sub(r"\W", "-", f"{name}-{time.monotonic_ns()}")
    window.goto(f"{lab}/lab/workspaces/{space}/tree/chapters/{name}")
    cells = json.loads((TOP / "chapters" / name).read_text(encoding="utf-8"))["cells"]
    prose = sum(cell["cell_type"] == "markdown" for cell in cells)
    window.wait_for_function(
        "n => document.querySelectorAll('.jp-MarkdownCell .jp-RenderedMarkdown :first-child')"
        ".length >= n && [...document.images].every(i => i.complete)",
        arg=prose,
        timeout=60_000,
    )
    return window


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_readable_before_anybody_has_run_it_and_afterwards(lab, window, name):
    page = opened(lab, window, name)
    as_it_should_be(name, page.evaluate(SEEN))
    page.wait_for_function("document.body.innerText.includes('Python 3 (ipykernel) | Idle')")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]"
        ".every(e => /\\[\\d+\\]/.test(e.innerText)) && "
        "document.body.innerText.includes('Python 3 (ipykernel) | Idle')",
        timeout=90_000,
    )
    as_it_should_be(name, page.evaluate(SEEN))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_viewer_that_takes_out_whatever_could_harm_leaves_the_notebook_whole(name):
    page, _ = HTMLExporter(sanitize_html=True).from_filename(str(TOP / "chapters" / name))
    root = html.fromstring(page)
    outputs = root.xpath("//div[contains(@class, 'jp-OutputArea-output')]")
    within = "descendant-or-self::"
    pictures = [i for o in outputs for i in o.xpath(f"{within}img")]
    counted = [len([e for o in outputs for e in o.xpath(within + tag)]) for tag in ("table", "li")]
    assert (len(pictures), *counted) == expected(name)
    text = " ".join(root.text_content().split())
    assert all(f"The picture shows: {alt}" in text for alt in alternatives(name))
    prose = root.xpath("//div[contains(@class, 'jp-RenderedMarkdown')]")
    assert prose and not any(ROLE.search(cell.text_content()) for cell in prose)
    assert not any(o.xpath(f"{within}svg") for o in outputs)


def test_a_notebook_exported_as_this_project_does_has_alternative_texts(lab):
    """Those that are stored with its pictures, from JupyterLab or with whatever could harm taken
    out; nbconvert's own template of the kind says that it knows none."""
    name = "certainty.ipynb"
    with urllib.request.urlopen(f"{lab}/nbconvert/html/chapters/{name}?token={TOKEN}") as page:
        exported = page.read().decode()
    templates = [str(TOP / "book/lab/nbconvert")]
    exporter = HTMLExporter(
        sanitize_html=True, template_name="described", extra_template_basedirs=templates
    )
    for text in (exported, exporter.from_filename(str(TOP / "chapters" / name))[0]):
        shown = html.fromstring(text).xpath("//div[contains(@class, 'jp-RenderedImage')]/img")
        assert [" ".join(picture.get("alt").split()) for picture in shown] == alternatives(name)


def test_numbers_in_prose_and_under_charts_open_their_lines_in_the_built_book(lab, window):
    page = opened(lab, window, "speakers.ipynb")
    for where in (".jp-MarkdownCell a[title^='count']", ".jp-OutputArea-output td a"):
        link = page.locator(where).first
        number = link.inner_text().replace(",", "")
        with page.context.expect_page() as event:
            link.click()
        there = event.value
        there.wait_for_load_state()
        lines = there.locator(f"id={unquote(there.url.partition('#')[2])}")
        assert number in lines.locator("h2").first.inner_text().replace(",", "")
        assert there.evaluate("document.styleSheets[0].cssRules.length") > 50
        there.close()


def test_the_front_page_opens_rendered_and_leads_to_chapters_and_lists(lab, window):
    window.goto(f"{lab}/lab/workspaces/front/tree/index.md")
    prose = window.locator(".jp-MarkdownViewer")
    prose.get_by_text("Ask your own question").click()
    window.wait_for_selector(".jp-Notebook")
    assert "ask.ipynb" in window.url


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_link_of_a_notebook_leads_nowhere(name):
    text = (TOP / "chapters" / name).read_text(encoding="utf-8")
    ids = {}
    links = set(re.findall(r"/static/([\w./-]+\.html)(?:#([^\s\"\\]+))?", text))
    assert links or name == "programme.ipynb"
    for page, fragment in links:
        if page not in ids:
            ids[page] = set(html.parse(str(TOP / "_build/html" / page)).xpath("//@id"))
        assert not fragment or fragment in ids[page], f"{page} has no {fragment}"


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_small_and_holds_nothing_that_changes_from_run_to_run(name):
    path = TOP / "chapters" / name
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert path.stat().st_size < LARGEST
    assert not re.search(r"\bat 0x[0-9a-f]{6}|/home/|/tmp/", path.read_text(encoding="utf-8"))
    assert all("execution" not in cell["metadata"] for cell in notebook["cells"])
    assert all(re.fullmatch(r"[a-z]+-\w+", cell["id"]) for cell in notebook["cells"])
    assert set(notebook["metadata"]["language_info"]) == {"name"}
