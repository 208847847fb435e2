"""Serve what a page loads from its own host, and show repository buttons only where there is a repository."""

import shutil
from pathlib import Path

from sphinx.errors import ExtensionError

SITE = Path(__file__).resolve().parent.parent
BUTTONS = ("use_repository_button", "use_edit_page_button", "use_issues_button")
# (where npm put it, which files, where they go below _static)
FROM_NPM = (
    ("mathjax/es5", "tex-chtml.js", "mathjax"),
    ("mathjax/es5/output/chtml/fonts/woff-v2", "*.woff", "mathjax/output/chtml/fonts/woff-v2"),
    ("mathjax", "LICENSE", "mathjax"),
    ("@jupyter-widgets/html-manager/dist", "embed.js*.txt", "widgets"),
    ("@jupyter-widgets/html-manager/dist", "embed.js", "widgets"),
    ("@jupyter-widgets/html-manager/dist", "*.woff2", "widgets"),
    ("@fontsource-variable/source-serif-4/files", "*-4-latin-wght-*.woff2", "fonts"),
    ("@fontsource-variable/source-serif-4", "LICENSE", "fonts"),
)
OWN = (("style", "*.css"), ("scripts", "*.js"))


def use_local(app, config):
    """Gather the files in one folder and add them after Jupyter Book's own scan of _static."""
    modules = SITE / "node_modules"
    if not modules.is_dir():
        raise ExtensionError("the pages' JavaScript is not installed: build with `make book`, which runs npm")
    assets = Path(app.srcdir) / "_build/assets"
    shutil.rmtree(assets, ignore_errors=True)
    for folder, pattern, target in FROM_NPM:
        copy(modules / folder, pattern, assets / target)
    for folder, pattern in OWN:
        copy(SITE / folder, pattern, assets / "site")
    config.html_static_path.append(str(assets))
    app.add_js_file("site/shim.js", priority=1)
    app.add_js_file("site/quiz.js", loading_method="defer")
    for sheet in sorted((SITE / "style").glob("*.css")):
        app.add_css_file(f"site/{sheet.name}", priority=900)
    config.mathjax_path = "mathjax/tex-chtml.js"
    config.nb_ipywidgets_js = {"widgets/embed.js": {}}  # embed.js, unlike embed-amd.js, needs no require.js
    config.html_context.setdefault("default_mode", "light")  # without JavaScript: see templates/layout.html


def copy(folder: Path, pattern: str, target: Path) -> None:
    """Copy the files that match, of which there must be one."""
    files = sorted(folder.glob(pattern))
    if not files:
        raise ExtensionError(
            f"nothing matches {pattern} in {folder.name}: delete site/node_modules and build again"
        )
    target.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copy(file, target)


def follow_repository(app, config):
    """Show buttons that lead to a repository if _config.yml names one in ``repository.url``."""
    options = config.html_theme_options
    known = bool(options.get("repository_url"))
    for button in BUTTONS:
        options[button] = known
    if not known:
        options["launch_buttons"] = {}


def drop_thebe(app, pagename, templatename, context, doctree):
    """Remove a script of Jupyter Book that names another host and throws when it is loaded twice."""

    def unwanted(asset):
        body = (getattr(asset, "attributes", None) or {}).get("body", "")
        return "THEBE_JS_URL" in body or "sphinx-thebe" in str(getattr(asset, "filename", asset) or "")

    for kind in ("script_files", "css_files"):
        context[kind] = [asset for asset in context[kind] if not unwanted(asset)]


def setup(app):
    """Run after Jupyter Book's and the theme's own handlers."""
    app.connect("config-inited", use_local, priority=900)
    app.connect("config-inited", follow_repository, priority=900)
    app.connect("html-page-context", drop_thebe, priority=999)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
