"""The normal form of a stored notebook: text outputs only, so that a diff shows what an author changed.

Pictures and widgets are made anew by every build, so they are dropped. Metadata is dropped except what the
book reads. Counts run from 1, pieces of one stream are joined, keys are sorted as JupyterLab sorts them.
"""

import hashlib
import json
import re
from typing import Any

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python"}
NOTEBOOK_KEYS = ("mystnb", "next_reason", "prev_reason")
CELL_KEYS = ("mystnb", "nbgrader", "tags")
DROPPED_TYPES = re.compile(r"image/(?!svg)|application/vnd\.jupyter\.widget-")
CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def normalise(notebook: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return a notebook in normal form and the list of what had to change, by cell."""
    changes: list[str] = []
    metadata = {"kernelspec": KERNEL, "language_info": LANGUAGE}
    metadata |= _kept(notebook.get("metadata", {}), NOTEBOOK_KEYS, (*metadata,), "notebook: ", changes)
    cells = []
    seen: set[str] = set()
    count = 0
    for number, cell in enumerate(notebook["cells"], start=1):
        told: list[str] = []
        # A cell that was never run keeps its missing count: the check must see it.
        runs = cell["cell_type"] == "code" and cell.get("execution_count") is not None
        count += runs
        cells.append(_cell(cell, count if runs else None, _cell_id(cell, number, seen, told), told))
        changes += [f"cell {number}: {change}" for change in told]
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, changes


def dumps(notebook: dict[str, Any]) -> str:
    """Return the text of a notebook as JupyterLab would write it."""
    return json.dumps(notebook, sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def joined(text: str | list[str]) -> str:
    """Return text that a notebook stores as one string or as lines."""
    return text if isinstance(text, str) else "".join(text)


def _lines(text: str | list[str]) -> list[str]:
    return joined(text).splitlines(keepends=True)


def _kept(
    metadata: dict, keys: tuple[str, ...], known: tuple[str, ...], where: str, changes: list[str]
) -> dict:
    for key in sorted(set(metadata) - set(keys) - set(known)):
        changes.append(f"{where}metadata {key!r} is not kept")
    return {key: metadata[key] for key in keys if metadata.get(key)}


def _cell_id(cell: dict, number: int, seen: set[str], told: list[str]) -> str:
    name = cell.get("id")
    if not isinstance(name, str) or not CELL_ID.fullmatch(name) or name in seen:
        told.append("no id of its own")
        salt = 0
        while True:
            text = f"{number}.{salt}:{joined(cell['source'])}"
            name = hashlib.sha256(text.encode()).hexdigest()[:8]
            if name not in seen:
                break
            salt += 1
    seen.add(name)
    return name


def _cell(cell: dict, count: int | None, name: str, told: list[str]) -> dict[str, Any]:
    kept = {
        "cell_type": cell["cell_type"],
        "id": name,
        "metadata": _kept(cell.get("metadata", {}), CELL_KEYS, (), "", told),
        "source": _lines(cell["source"]),
    }
    if cell.get("attachments") and cell["cell_type"] != "code":
        kept["attachments"] = cell["attachments"]
    if cell["cell_type"] == "code":
        if cell.get("execution_count") != count:
            told.append(f"execution count {cell['execution_count']} should be {count}")
        kept["execution_count"] = count
        kept["outputs"] = _outputs(cell.get("outputs", []), count, told)
    return kept


def _outputs(outputs: list[dict], count: int | None, told: list[str]) -> list[dict]:
    kept: list[dict] = []
    for output in outputs:
        kind = output["output_type"]
        if kind == "stream" and kept and kept[-1].get("name") == output["name"]:
            told.append(f"{output['name']} in several pieces")
            kept[-1]["text"] = _lines(joined(kept[-1]["text"]) + joined(output["text"]))
        elif kind == "stream":
            kept.append({"name": output["name"], "output_type": kind, "text": _lines(output["text"])})
        elif kind == "error":
            if output.get("traceback"):
                told.append("a traceback is stored")
            names = {key: output[key] for key in ("ename", "evalue", "output_type")}
            kept.append(names | {"traceback": []})
        else:
            data = _data(output["data"], told)
            result = {"execution_count": count} if kind == "execute_result" else {}
            if data:
                kept.append({"data": data, "metadata": {}, "output_type": kind, **result})
    return kept


def _data(data: dict[str, Any], told: list[str]) -> dict[str, Any]:
    kept = {}
    for kind, value in data.items():
        if DROPPED_TYPES.match(kind):
            told.append(f"a stored {kind}")
        else:
            is_json = kind == "application/json" or kind.endswith("+json")
            kept[kind] = value if is_json or not isinstance(value, str | list) else _lines(value)
    return kept
