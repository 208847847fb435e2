"""The built site, served from this machine to a browser that can reach nothing else."""

import functools
import http.server
import os
import shutil
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
HTML = ROOT / "_build" / "html"
AXE = ROOT / "site" / "node_modules" / "axe-core" / "axe.min.js"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What the theme keeps among its own templates is no page of the book.
NOT_PAGES = ("_static", "_sphinx_design_static", "reports")


def built_pages() -> list[str]:
    found = sorted(page.relative_to(HTML).as_posix() for page in HTML.rglob("*.html"))
    return [page for page in found if not page.startswith(NOT_PAGES)]


def pytest_generate_tests(metafunc):
    if "page_name" in metafunc.fixturenames:
        metafunc.parametrize("page_name", built_pages(), scope="module")


@pytest.fixture(scope="session", autouse=True)
def site_is_built():
    if not (HTML / "index.html").exists():
        pytest.fail("there is no built site in _build/html: run `make book` first")


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def address():
    handler = functools.partial(QuietHandler, directory=str(HTML))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def browser():
    path = os.environ.get("CHROMIUM") or next(
        (found for name in BROWSERS if (found := shutil.which(name))), None
    )
    if path is None:
        pytest.skip("no Chromium on this machine: the browser checks were not run")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


class Visit:
    """One page in the browser, and what it asked for and complained about."""

    def __init__(self, browser, address: str, name: str, theme: str = "light", width: int = 1280):
        self.name, self.outside, self.errors = name, [], []
        self.context = browser.new_context(viewport={"width": width, "height": 900})
        self.context.add_init_script(
            f"localStorage.setItem('mode', '{theme}'); localStorage.setItem('theme', '{theme}');"
        )
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.route("**/*", self._only_here)
        self.host = urlsplit(address).netloc
        self.page.goto(address + name)
        self.page.wait_for_load_state("networkidle")
        self._let_scripts_finish()

    def _only_here(self, route):
        url = route.request.url
        if urlsplit(url).netloc in ("", self.host):
            route.continue_()
        else:
            self.outside.append(url)
            route.abort()

    def _let_scripts_finish(self):
        self.page.evaluate("() => window.MathJax?.startup?.promise")
        frames = self.page.locator("script[type='application/vnd.jupyter.widget-view+json']").count()
        if frames:
            self.page.wait_for_function(
                f"document.querySelectorAll('.explore .noUi-handle').length >= {frames}", timeout=20_000
            )

    def close(self):
        self.context.close()


@pytest.fixture(scope="module")
def visit(browser, address, page_name):
    visit = Visit(browser, address, page_name)
    yield visit
    visit.close()
