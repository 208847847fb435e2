"""Where the course's own checks read how near each statement came to its bound."""

import json
import os
from pathlib import Path

VARIABLE = "SEQGRAPH_MARGINS"
# Of more values than this, the outermost two are kept.
MOST_VALUES = 64


def record(statement: str, bounds: dict[str, object], values: list[float]) -> None:
    """Append one JSON line to the file that ``SEQGRAPH_MARGINS`` names; without it do nothing.

    ``bounds`` holds the one bound of the statement, or nothing if the statement is a truth value.
    """
    name = os.environ.get(VARIABLE)
    if not name:
        return
    kind, bound = next(iter(bounds.items()), ("truth", ()))
    ends = [
        float(end) for end in (bound if isinstance(bound, tuple | list) else (bound,))
    ]
    kept = values if len(values) <= MOST_VALUES else [min(values), max(values)]
    line = {
        "statement": statement,
        "kind": kind,
        "bound": ends,
        "values": [float(value) for value in kept],
    }
    with Path(name).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
