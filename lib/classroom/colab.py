"""The cell that installs the course's library where it is missing, as on Colab.

It stands in a chapter only when ``repository.url`` is set in ``_config.yml``: without an address there is
nothing to install from.
"""

import copy
import re
from pathlib import Path
from typing import Any

import yaml

from classroom.normal_form import joined
from classroom.notebooks import NotebookError

TAG = "colab-setup"
SOURCE = """\
# Where the course's library is missing (Colab), install it.
import importlib.util

if importlib.util.find_spec("seqgraph") is None:
    %pip install --quiet "sequences-to-graphs[data,show,train] @ git+{address}"
"""
ADDRESS = re.compile(r"https?://[\w.-]+(:\d+)?(/[\w.~-]+)+/?(@[\w./-]+)?")


def install_address(root: Path) -> str | None:
    """Return what pip shall install the library from, or None where ``repository.url`` is not set."""
    path = root / "_config.yml"
    if not path.is_file():
        return None
    try:
        config = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        repository = config.get("repository") or {}
        url = str(repository.get("url") or "").strip().rstrip("/")
        branch = str(repository.get("branch") or "").strip()
    except (yaml.YAMLError, AttributeError) as error:
        raise NotebookError(f"{path}: cannot be read: {error}") from error
    if not url:
        return None
    address = f"{url}@{branch}" if branch else url
    if not ADDRESS.fullmatch(address):
        raise NotebookError(f"{path}: repository.url and branch give no web address: {address!r}")
    return address


def is_setup(cell: dict[str, Any]) -> bool:
    """Return whether a cell is the set-up cell."""
    return TAG in cell.get("metadata", {}).get("tags", [])


def with_setup(notebook: dict[str, Any], address: str | None) -> tuple[dict[str, Any], list[str]]:
    """Return the notebook with the set-up cell that ``address`` asks for, and what had to change."""
    wanted = None if address is None else SOURCE.format(address=address).rstrip("\n")
    old = [cell for cell in notebook["cells"] if is_setup(cell)]
    cells = [cell for cell in notebook["cells"] if not is_setup(cell)]
    first = next((i for i, cell in enumerate(cells) if cell["cell_type"] == "code"), None)
    if wanted is not None and first is not None:
        cells.insert(first, _setup_cell(wanted))
    result = copy.copy(notebook) | {"cells": cells}
    if [joined(cell["source"]) for cell in old] == ([wanted] if wanted and first is not None else []):
        if [is_setup(cell) for cell in notebook["cells"]] == [is_setup(cell) for cell in cells]:
            return result, []
        return result, ["the Colab set-up cell is not the first code cell"]
    if wanted is None:
        return result, ["there is a Colab set-up cell but no repository.url in _config.yml"]
    if not old:
        return result, ["the Colab set-up cell for repository.url in _config.yml is missing"]
    return result, ["the Colab set-up cell does not follow repository.url in _config.yml"]


def _setup_cell(source: str) -> dict[str, Any]:
    # It prints nothing where the library is there, so it counts as run from the start.
    return {
        "cell_type": "code",
        "id": TAG,
        "metadata": {"tags": [TAG, "remove-cell"]},
        "source": source,
        "execution_count": 1,
        "outputs": [],
    }
