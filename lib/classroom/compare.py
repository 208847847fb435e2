"""Whether a chapter came out as it is stored: the text of every output, by the rules of nbval's strict mode.

Pictures and widgets are not stored, so they are not compared. Outputs of different kinds may come in any
order.
"""

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from classroom.normal_form import DROPPED_TYPES, joined

PATTERN = re.compile(r"^regex: *(?P<regex>.*)\nreplace: *(?P<replace>.*)$", re.MULTILINE)
MOST_CHARACTERS = 2000

Patterns = list[tuple[re.Pattern, str]]


def read_patterns(path: Path) -> Patterns:
    """Return what is replaced before texts are compared, from a file as nbval reads it."""
    found = PATTERN.finditer(path.read_text(encoding="utf-8"))
    return [(re.compile(match["regex"]), match["replace"]) for match in found]


def stored_outputs(notebook: dict[str, Any]) -> int:
    """Return how many stored outputs a comparison looks at."""
    return sum(len(cell["outputs"]) for cell in notebook["cells"] if _is_compared(cell))


def differences(stored: dict[str, Any], new: dict[str, Any], patterns: Patterns) -> list[str]:
    """Return what differs, by cell, with the stored text and the new one.

    The code of the two notebooks is the same; ``new`` may lack what is no code.
    """
    told = []
    runs = iter(cell for cell in new["cells"] if cell["cell_type"] == "code")
    for number, cell in enumerate(stored["cells"], start=1):
        run = next(runs, {"outputs": []}) if cell["cell_type"] == "code" else None
        if run is None or not _is_compared(cell):
            continue
        before, after = _texts(cell["outputs"], patterns), _texts(run["outputs"], patterns)
        for kind in sorted(before.keys() | after.keys()):
            if before.get(kind) != after.get(kind):
                told.append(f"cell {number}, {kind}\n{_shown(before, after, kind)}")
    return told


def _is_compared(cell: dict[str, Any]) -> bool:
    tags = cell.get("metadata", {}).get("tags", [])
    return cell["cell_type"] == "code" and "nbval-ignore-output" not in tags


def _texts(outputs: list[dict], patterns: Patterns) -> dict[str, list]:
    """Return what is compared: streams by name, errors by field, data by media type."""
    found: dict[str, list] = defaultdict(list)
    for output in outputs:
        if output["output_type"] == "stream":
            found[output["name"]].append(joined(output["text"]))
        elif output["output_type"] == "error":
            found["error"].append(f"{output['ename']}: {output['evalue']}")
        else:
            for kind, value in output["data"].items():
                if not DROPPED_TYPES.match(kind):
                    found[kind].append(joined(value) if isinstance(value, str | list) else value)
    for name in ("stdout", "stderr"):
        if name in found:
            found[name] = ["".join(found[name])]
    return {kind: [_replaced(value, patterns) for value in values] for kind, values in found.items()}


def _replaced(value: Any, patterns: Patterns) -> Any:
    for regex, replace in patterns if isinstance(value, str) else ():
        value = regex.sub(replace, value)
    return value


def _shown(before: dict, after: dict, kind: str) -> str:
    lines = []
    for word, texts in (("stored", before), ("new", after)):
        text = "\n".join(map(str, texts.get(kind, ["(nothing)"]))).rstrip("\n")
        cut = text[:MOST_CHARACTERS] + (" ..." if len(text) > MOST_CHARACTERS else "")
        lines += [f"    {word}:", *(f"      {line}" for line in cut.split("\n"))]
    return "\n".join(lines)
