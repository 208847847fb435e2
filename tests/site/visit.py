"""The built pages, and one of them opened in a browser that can reach nothing but this machine."""

from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
HTML = ROOT / "_build" / "html"
AXE = ROOT / "site" / "node_modules" / "axe-core" / "axe.min.js"
WIDGET = "application/vnd.jupyter.widget-view+json"
# What the theme keeps among its own templates is no page of the book.
NOT_PAGES = ("_static", "_sphinx_design_static", "reports")
# For what cannot take so long on any machine: it ends a hang and decides nothing else.
HANG_MS = 600_000
# How often a page may draw itself until something has happened: no seconds, so a slow machine has as many.
FRAMES = 600
UNTIL = """async ([condition, argument, frames]) => {
    const met = eval(condition);
    for (let frame = 0; frame < frames && !met(argument); frame++)
        await new Promise(requestAnimationFrame);
    return met(argument);
}"""
# Both the old and the new colours would be seen while they change.
END_CHANGES = """async () => {
    for (const change of document.getAnimations())
        change.effect?.getComputedTiming().endTime === Infinity ? change.cancel() : change.finish();
    for (let frame = 0; frame < 2; frame++)
        await new Promise(requestAnimationFrame);
}"""


def built_pages(holding: str = "") -> list[str]:
    """Return the pages whose source holds a text, as paths below the site."""
    found = sorted(page.relative_to(HTML).as_posix() for page in HTML.rglob("*.html"))
    pages = [page for page in found if not page.startswith(NOT_PAGES)]
    return [page for page in pages if holding in (HTML / page).read_text(encoding="utf-8")]


class Visit:
    """One page in the browser, and what it asked for and complained about."""

    def __init__(self, context, address: str, name: str):
        self.name, self.outside, self.errors = name, [], []
        self.host = urlsplit(address).netloc
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self._note(request.url))
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.page.goto(address + name)
        self.page.wait_for_load_state("networkidle")
        self._let_scripts_finish()

    def _note(self, url: str):
        if urlsplit(url).netloc not in ("", self.host):
            self.outside.append(url)

    def _let_scripts_finish(self):
        """Wait for formulas and sliders; what never comes is for the tests to tell."""
        self.page.evaluate("() => window.MathJax?.startup?.promise")
        sliders = self.page.locator(f"script[type='{WIDGET}']").count()
        self.until("count => document.querySelectorAll('.explore .noUi-handle').length >= count", sliders)

    def until(self, condition: str, argument=None) -> bool:
        """Let the page draw itself until a condition (a JavaScript function) is met; return whether it is."""
        return self.page.evaluate(UNTIL, [condition, argument, FRAMES])

    def show(self, theme: str = "light", width: int = 1280):
        """Change the colours and the width of the window."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        self.page.evaluate(END_CHANGES)

    def scroll(self, place: int):
        """Move the page, without the smooth way there."""
        self.page.evaluate("top => window.scrollTo({top, behavior: 'instant'})", place)
        self.page.evaluate(END_CHANGES)

    def axe(self, rules: tuple[str, ...] = ()) -> list[dict]:
        """Return what axe finds wrong, by some rules or by all that it has switched on."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        only = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
        options = {"resultTypes": ["violations"]} | only
        return self.page.evaluate("options => axe.run(options)", options)["violations"]

    def close(self):
        self.page.close()
