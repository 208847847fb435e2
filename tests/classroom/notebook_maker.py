"""Small notebooks for the tests: as JupyterLab saves them, before they are in normal form."""

import json
from pathlib import Path


def code(source="x = 1", outputs=(), count=1, **more):
    cell = {"cell_type": "code", "id": "c0de", "metadata": {}, "source": source}
    return cell | {"outputs": list(outputs), "execution_count": count} | more


def text(source="# Title", **more):
    return {"cell_type": "markdown", "id": "text", "metadata": {}, "source": source} | more


def stream(words, name="stdout"):
    return {"output_type": "stream", "name": name, "text": words}


def shown(**data):
    data = {kind.replace("_", "/", 1).replace("_", "+"): value for kind, value in data.items()}
    return {"output_type": "display_data", "data": data, "metadata": {"image/png": {"width": 10}}}


def notebook(*cells, **metadata):
    for number, cell in enumerate(cells):
        if cell.get("id") in ("c0de", "text"):
            cell["id"] = f"cell-{number}"
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def save(path: Path, content) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path
