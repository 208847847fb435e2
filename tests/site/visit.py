"""The built pages, and one of them opened in a browser that can reach nothing but this machine."""

from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
HTML = ROOT / "_build" / "html"
AXE = ROOT / "site" / "node_modules" / "axe-core" / "axe.min.js"
WIDGET = "application/vnd.jupyter.widget-view+json"
# What the theme keeps among its own templates is no page of the book.
NOT_PAGES = ("_static", "_sphinx_design_static", "reports")


def built_pages(holding: str = "") -> list[str]:
    """Return the pages whose source holds a text, as paths below the site."""
    found = sorted(page.relative_to(HTML).as_posix() for page in HTML.rglob("*.html"))
    pages = [page for page in found if not page.startswith(NOT_PAGES)]
    return [page for page in pages if holding in (HTML / page).read_text(encoding="utf-8")]


class Visit:
    """One page in the browser, and what it asked for and complained about."""

    def __init__(self, browser, address: str, name: str):
        self.name, self.outside, self.errors = name, [], []
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.context.add_init_script("localStorage.setItem('mode', 'light')")
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.host = urlsplit(address).netloc
        self.page.route(lambda url: urlsplit(url).netloc not in ("", self.host), self._refuse)
        self.page.goto(address + name)
        self.page.wait_for_load_state("networkidle")
        self._let_scripts_finish()

    def _refuse(self, route):
        self.outside.append(route.request.url)
        route.abort()

    def _let_scripts_finish(self):
        """Wait for formulas and sliders; what never comes is for the tests to tell."""
        from playwright.sync_api import TimeoutError as Late

        self.page.evaluate("() => window.MathJax?.startup?.promise")
        sliders = self.page.locator(f"script[type='{WIDGET}']").count()
        drawn = f"document.querySelectorAll('.explore .noUi-handle').length >= {sliders}"
        try:
            self.page.wait_for_function(drawn, timeout=15_000)
        except Late:
            return

    def show(self, theme: str = "light", width: int = 1280):
        """Change the colours and the width of the window."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        self.page.wait_for_timeout(300)

    def close(self):
        self.context.close()
