"""A server for the built site, a browser, and one visit a page."""

import functools
import http.server
import os
import shutil
import threading

import pytest

from tests.site.visit import HANG_MS, HTML, WIDGET, Visit, built_pages

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name of another host means anything here: nothing can be fetched from it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def pytest_generate_tests(metafunc):
    """Give a test that visits pages every page, or those that hold what it is about.

    Of the session's scope, a page is opened once for the tests of all files; all of them are one worker's.
    """
    if "visit" in metafunc.fixturenames:
        about = {"slider": WIDGET, "quiz": 'class="quiz"'}
        held = next((text for word, text in about.items() if word in metafunc.module.__name__), "")
        pages = [pytest.param(page, marks=pytest.mark.xdist_group(page)) for page in built_pages(held)]
        metafunc.parametrize("visit", pages, ids=built_pages(held), scope="session", indirect=True)


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
    server.server_close()


@pytest.fixture(scope="session")
def browser():
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("no Chromium on this machine: the browser checks were not run")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET, timeout=HANG_MS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser):
    """One for all pages: it keeps the scripts that all of them load."""
    context = browser.new_context()
    context.set_default_timeout(HANG_MS)
    context.add_init_script("localStorage.setItem('mode', 'light')")
    yield context
    context.close()


@pytest.fixture(scope="session")
def visit(context, address, request):
    visit = Visit(context, address, request.param)
    yield visit
    visit.close()
