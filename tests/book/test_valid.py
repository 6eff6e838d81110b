"""Every page is valid HTML, as the Nu validator sees it (from npm; .ci/run installs it)."""

import json
import shutil
import subprocess

from browsers import missing
from paths import SITE, TOP

VALIDATOR = TOP / "tests/node_modules/vnu-jar/build/dist/vnu.jar"


def test_every_page_is_valid():
    if not VALIDATOR.exists():
        missing("The validator", "npm` and then `npm ci --prefix tests --ignore-scripts")
    if not shutil.which("java"):
        missing("Java", "default-jre-headless")
    pages = sorted(map(str, SITE.rglob("*.html")))
    command = ["java", "-Xss8m", "-jar", str(VALIDATOR), "--errors-only", "--format", "json"]
    run = subprocess.run([*command, *pages], capture_output=True, text=True)
    messages = json.loads(run.stderr)["messages"]
    found = [
        f"{m['url'].removeprefix(SITE.as_uri())}: {m['message']} {m.get('extract', '')[:80]}"
        for m in messages
    ]
    assert pages and not found, "\n".join(found[:20])
