"""Which code a page folds away: what is not the lesson stands one click off."""

import ast

HIDDEN = {"hide-input", "remove-input", "hide-cell", "remove-cell"}


def kind_of(source: str, tags: set[str]) -> str | None:
    """Return the word that a code cell is folded under, or None for a cell to be read.

    Imports: nothing but imports and ``show.use_style()``. Plotting: begins with ``fig, ax = plt.subplots``
    and checks no statement. Set-up: tagged ``plumbing``. Hidden: tagged so for the book.
    """
    if source.startswith("fig, ax = plt.subplots") and "show.check(" not in source:
        return "Plotting"
    if _only_imports(source):
        return "Imports"
    if "plumbing" in tags:
        return "Set-up"
    return "Hidden" if HIDDEN & tags else None


def _only_imports(source: str) -> bool:
    try:
        statements = ast.parse(source).body
    except SyntaxError:  # a line of IPython's own
        return False
    others = [one for one in statements if not isinstance(one, ast.Import | ast.ImportFrom)]
    return len(others) < len(statements) and {ast.unparse(one) for one in others} <= {"show.use_style()"}
