"""A second look at a release, which shares no code with the one that made it: is anything secret in it?"""

import re
from collections.abc import Iterator
from typing import Any

REGION = re.compile(
    r"^[ \t]*### BEGIN (SOLUTION|HIDDEN TESTS)[ \t]*$(.*?)^[ \t]*### END \1[ \t]*$", re.M | re.S
)
MARKER = re.compile(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS|VARIANT)")
# A shorter line may well stand inside a public one by chance; as a whole line it is still found.
TELLING = 12


def leaks(source: dict[str, Any], released: dict[str, Any]) -> list[str]:
    """Return the lines of solutions and hidden tests, of all variants, that are anywhere in a release.

    A line that is public in the source too is no secret.

    Args:
        source: the source notebook as it is on disk
        released: the students' notebook
    """
    secret, public = [], []
    for cell in source["cells"]:
        text = "".join(cell["source"])
        about = cell.get("metadata", {}).get("nbgrader") or {}
        inside = "\n".join(match[2] for match in REGION.finditer(text))
        if about.get("grade") and about.get("solution") and not inside:
            secret += text.splitlines()
            continue
        secret += inside.splitlines()
        public += REGION.sub("", text).splitlines()
    open_text = "\n".join(public)
    known = {line.strip() for line in public}
    lines = {line.strip() for line in secret} - known
    tools = "".join(cell for cell in _tools(released))
    found = list(_strings(released))
    told = [line for line in sorted(lines) if _marks(line) and _stands_in(line, found, open_text + tools)]
    return told + [text.strip() for text in found if MARKER.search(text)]


def _marks(line: str) -> bool:
    return bool(line) and not MARKER.search(line)


def _stands_in(line: str, found: list[str], public: str) -> bool:
    if line in (text.strip() for text in public.splitlines()):
        return False
    if len(line) >= TELLING and line not in public:
        return any(line in text for text in found)
    return any(line == text.strip() for text in found)


def _tools(released: dict[str, Any]) -> Iterator[str]:
    for cell in released["cells"]:
        if (cell["metadata"].get("nbgrader") or {}).get("grade_id") == "tools":
            yield from cell["source"]


def _strings(value: Any) -> Iterator[str]:
    """Yield every line of every text in a notebook, keys and metadata included."""
    if isinstance(value, str):
        yield from value.splitlines()
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(key)
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
