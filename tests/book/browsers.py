"""Three browsers to open the book in, one window each for the whole run, all from Debian.

Chromium is driven by Playwright, WebKitGTK by Selenium, and Firefox by WebDriver BiDi, the protocol
that it speaks itself (Debian has no geckodriver).  Each window opens a page at a width, runs a
script in it, and notes what goes wrong.
"""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import websocket
from paths import SITE
from playwright.sync_api import sync_playwright
from selenium import webdriver

CHROMIUM, FIREFOX, WEBKIT = "chromium", "firefox-esr", "WebKitWebDriver"
MINIBROWSER = "/usr/lib/*-linux-gnu/webkit2gtk-4.*/MiniBrowser"


def missing(name: str, package: str):
    """A browser that is not there: a failure where everything has to be tested, else no test."""
    message = f"{name} IS MISSING, so no page was opened in it: `apt-get install {package}`"
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def outside(url: str) -> bool:
    """Whether an address is on another machine."""
    return (urlsplit(url).hostname or "127.0.0.1") != "127.0.0.1"


# -- the site on this machine --------------------------------------------------------------------

#: Firefox asks its makers for nothing, and its scroll bars take no room, as on a phone.
QUIET = {
    "app.normandy.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "messaging-system.rsexperimentloader.enabled": False,
    "services.settings.server": "data:,#",
    "ui.useOverlayScrollbars": 1,
}
#: What WebKit's driver has no word for: a page's errors, noted from its first line on.
WATCH = b"""<script>window.faults = [];
addEventListener("error", (e) =>
  faults.push(e.message || `does not get ${e.target.src || e.target.href}`), true);
addEventListener("unhandledrejection", (e) => faults.push(String(e.reason)));</script>"""


class Quiet(SimpleHTTPRequestHandler):
    """The files of the site; below /watched/ pages note their own errors."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        before, watched, rest = self.path.partition("/watched/")
        self.path = f"/{rest}" if watched else before
        path = Path(self.translate_path(self.path))
        if not watched or path.suffix != ".html" or not path.is_file():
            return super().do_GET()
        page = path.read_bytes().replace(b"<head>", b"<head>" + WATCH, 1)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@pytest.fixture(scope="session")
def address():
    """The site served on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


# -- one window for each engine ------------------------------------------------------------------


class Chromium:
    """Chromium, by Playwright."""

    name = "chromium"

    def __init__(self, browser):
        self.page, self.faults = browser.new_page(), []
        self.page.on("request", lambda request: self.asked(request.url))
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def asked(self, url):
        if outside(url):
            self.faults.append(f"asks for {url}")

    def open(self, home, name, width=1280):
        self.faults.clear()
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.goto(f"{home}/{name}")

    def run(self, script):
        """What a function of JavaScript gives."""
        return self.page.evaluate(script)

    def print(self, path, width, height):
        """The page as PDF, on paper of a size in millimetres."""
        self.page.pdf(path=path, width=f"{width}mm", height=f"{height}mm")

    def close(self):
        self.page.close()


class Firefox:
    """Firefox, by WebDriver BiDi over a web socket."""

    name = "firefox"

    def __init__(self):
        program = shutil.which(FIREFOX) or shutil.which("firefox") or missing("Firefox", FIREFOX)
        self.folder = tempfile.mkdtemp()
        settings = "".join(
            f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in QUIET.items()
        )
        Path(self.folder, "user.js").write_text(settings, encoding="utf-8")
        options = ["--headless", "--no-remote", "--remote-debugging-port", "0"]
        self.process = subprocess.Popen(
            [program, *options, "--profile", self.folder], stderr=subprocess.DEVNULL
        )
        port = Path(self.folder, "WebDriverBiDiServer.json")  # written when it listens
        for _ in range(300):
            if port.exists() and port.read_text(encoding="utf-8"):
                break
            time.sleep(0.1)
        url = "ws://127.0.0.1:{ws_port}".format(**json.loads(port.read_text(encoding="utf-8")))
        self.socket = websocket.create_connection(f"{url}/session", suppress_origin=True)
        self.sent, self.faults = 0, []
        self.call("session.new", capabilities={})
        self.window = self.call("browsingContext.getTree")["contexts"][0]["context"]
        self.call("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])

    def call(self, method, **parameters):
        self.sent += 1
        self.socket.send(json.dumps({"id": self.sent, "method": method, "params": parameters}))
        while (answer := json.loads(self.socket.recv())).get("id") != self.sent:
            self.note(answer["method"], answer["params"])
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['message']}")
        return answer["result"]

    def note(self, event, what):
        if event == "log.entryAdded" and what["level"] == "error":
            self.faults.append(f"script: {what['text']}")
        url = what.get("request", {}).get("url", "")
        if outside(url):
            self.faults.append(f"asks for {url}")

    def open(self, home, name, width=1280):
        size = {"width": width, "height": 800}
        self.call("browsingContext.setViewport", context=self.window, viewport=size)
        url = f"{home}/{name}"
        self.call("browsingContext.navigate", context=self.window, url="about:blank", wait="none")
        self.faults.clear()
        self.call("browsingContext.navigate", context=self.window, url=url, wait="complete")

    def run(self, script):
        answer = self.call(
            "script.callFunction",
            functionDeclaration=f"async () => JSON.stringify(await ({script})() ?? null)",
            target={"context": self.window},
            awaitPromise=True,
            userActivation=True,
        )
        assert answer["type"] == "success", answer.get("exceptionDetails")
        return json.loads(answer["result"]["value"])

    def print(self, path, width, height):
        page = {"width": width / 10, "height": height / 10}
        margin = dict.fromkeys(("top", "bottom", "left", "right"), 0)
        answer = self.call("browsingContext.print", context=self.window, page=page, margin=margin)
        Path(path).write_bytes(base64.b64decode(answer["data"]))

    def close(self):
        self.call("browser.close")
        self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)


class WebKit:
    """WebKitGTK's small browser, by Selenium, on a screen of its own; pages lie in a frame."""

    name = "webkit"

    def __init__(self):
        found = sorted(Path("/").glob(MINIBROWSER.lstrip("/")))
        if not found or not shutil.which(WEBKIT):
            missing("WebKit", "webkit2gtk-driver")
        if not shutil.which("Xvfb"):
            missing("A screen for WebKit", "xvfb")
        read, write = os.pipe()
        screen = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x1000x24"]
        self.screen = subprocess.Popen(screen, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        display = os.read(read, 20).decode().strip()
        options = webdriver.WebKitGTKOptions()
        options.binary_location = str(found[-1])
        options.add_argument("--automation")
        environment = {**os.environ, "DISPLAY": f":{display}", "GDK_BACKEND": "x11"}
        environment |= {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1", "NO_AT_BRIDGE": "1"}
        service = webdriver.WebKitGTKService(shutil.which(WEBKIT), env=environment)
        self.driver = webdriver.WebKitGTK(options=options, service=service)
        self.driver.set_window_rect(0, 0, 1400, 1000)
        self.frame = Path(tempfile.mkdtemp(), "frame.html")

    def open(self, home, name, width=1280):
        home = f"{home}/watched" if home.startswith("http") else home
        self.frame.write_text(
            f'<iframe src="{home}/{name}" style="border:0;width:{width}px;height:800px">'
        )  # the window itself cannot be as narrow as a phone
        self.driver.switch_to.default_content()
        self.driver.get(self.frame.as_uri())
        self.driver.switch_to.frame(0)

    def run(self, script):
        return self.driver.execute_async_script(
            f"const done = arguments[0]; Promise.resolve(({script})()).then("
            "(x) => done([x ?? null]), (error) => done(String(error)));"
        )[0]

    @property
    def faults(self):
        asked = self.run("() => performance.getEntriesByType('resource').map((e) => e.name)")
        return self.run("() => window.faults || []") + [
            f"asks for {url}" for url in filter(outside, asked)
        ]

    def close(self):
        self.driver.quit()
        self.screen.terminate()
        self.screen.wait(10)
        shutil.rmtree(self.frame.parent)


@pytest.fixture(scope="session")
def browser():
    """Chromium itself: the one of the system, or Playwright's own."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=shutil.which(CHROMIUM), args=["--no-sandbox"]
            )
        except Exception:
            missing("Chromium", "chromium")
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def chromium(browser):
    window = Chromium(browser)
    yield window
    window.close()


@pytest.fixture(scope="session")
def firefox():
    window = Firefox()
    yield window
    window.close()


@pytest.fixture(scope="session")
def webkit():
    window = WebKit()
    yield window
    window.close()


@pytest.fixture(scope="session", params=["chromium", "firefox", "webkit"])
def window(request):
    """A window of each engine in turn."""
    return request.getfixturevalue(request.param)
