"""The two kinds of region of a source notebook that students never see: solutions and hidden tests."""

from collections.abc import Iterator

SOLUTION = "SOLUTION"
HIDDEN = "HIDDEN TESTS"
STUB = ("# YOUR CODE HERE", "raise NotImplementedError()")


def without(text: str, what: str, stub: tuple[str, ...] = ()) -> str:
    """Return the text without its regions; ``stub`` stands in each one's place, as far indented."""
    kept = []
    for line, state in _lines(text, what):
        if state == "out":
            kept.append(line)
        elif state == "begin":
            indent = line[: len(line) - len(line.lstrip())]
            kept += [indent + words for words in stub]
    return "\n".join(kept)


def unmarked(text: str, what: str) -> str:
    """Return the text with its regions but without their markers."""
    return "\n".join(line for line, state in _lines(text, what) if state in ("in", "out"))


def inner_lines(text: str, what: str) -> dict[int, str]:
    """Return the lines of all regions, markers included, by their number from 1."""
    numbered = enumerate(_lines(text, what), start=1)
    return {number: line for number, (line, state) in numbered if state != "out"}


def region_faults(text: str, what: str) -> list[str]:
    """Return what is wrong with the markers of a text."""
    faults, inside = [], False
    for line in text.split("\n"):
        state = _marker(line, what)
        if state == "begin":
            if inside:
                faults.append(f"BEGIN {what} inside a region that is still open")
            inside = True
        elif state == "end":
            if not inside:
                faults.append(f"END {what} without BEGIN {what}")
            inside = False
        elif f"BEGIN {what}" in line or f"END {what}" in line:
            faults.append(f"a marker stands alone on its line as '### BEGIN {what}', got {line.strip()!r}")
    return [*faults, f"BEGIN {what} without END {what}"] if inside else faults


def _marker(line: str, what: str) -> str:
    return {f"### BEGIN {what}": "begin", f"### END {what}": "end"}.get(line.strip(), "")


def _lines(text: str, what: str) -> Iterator[tuple[str, str]]:
    inside = False
    for line in text.split("\n"):
        state = _marker(line, what)
        inside = state == "begin" or (inside and state != "end")
        yield line, state or ("in" if inside else "out")
