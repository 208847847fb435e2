"""Where the notebooks are, and how they are read and written without losing anything."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any


class NotebookError(Exception):
    """A file that is no notebook this course can work on."""


def repository_root(start: Path | None = None) -> Path:
    """Return the nearest folder at or above ``start`` that holds ``pyproject.toml`` (else ``start``)."""
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "pyproject.toml").is_file():
            return folder
    return start if start.is_dir() else start.parent


def chapters(root: Path) -> list[Path]:
    """Return all chapter notebooks below ``root``, sorted by path."""
    found = (root / "chapters").rglob("*.ipynb")
    return sorted(path for path in found if ".ipynb_checkpoints" not in path.parts)


def read(path: Path) -> tuple[dict[str, Any], str]:
    """Return a notebook and its text, or raise NotebookError that says what is wrong with the file."""
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise NotebookError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise NotebookError(f"{path}: is not UTF-8 text (byte {error.start})") from error
    try:
        notebook = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise NotebookError(f"{path}: is not valid JSON at {where}: {error.msg}") from error
    _expect_notebook(path, notebook)
    return notebook, text


def _expect_notebook(path: Path, notebook: Any) -> None:
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise NotebookError(f"{path}: is JSON but no notebook (it has no list of cells)")
    if notebook.get("nbformat") != 4:
        found = notebook.get("nbformat")
        raise NotebookError(
            f"{path}: must be in notebook format 4, found {found!r}; save it again in JupyterLab"
        )
    for number, cell in enumerate(notebook["cells"], start=1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
            raise NotebookError(f"{path}: cell {number}: is no code, markdown or raw cell")
        if not _is_text(cell.get("source")) or not isinstance(cell.get("metadata", {}), dict):
            raise NotebookError(f"{path}: cell {number}: has no source text or no metadata")
        outputs = cell.get("outputs", [])
        if not isinstance(outputs, list) or not all(_is_output(output) for output in outputs):
            raise NotebookError(f"{path}: cell {number}: has a broken list of outputs")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or (
        isinstance(value, list) and all(isinstance(line, str) for line in value)
    )


def _is_output(output: Any) -> bool:
    if not isinstance(output, dict):
        return False
    kind = output.get("output_type")
    if kind == "stream":
        return isinstance(output.get("name"), str) and _is_text(output.get("text"))
    if kind in ("display_data", "execute_result"):
        return isinstance(output.get("data"), dict)
    return kind == "error" and isinstance(output.get("ename"), str) and isinstance(output.get("evalue"), str)


def write(path: Path, text: str) -> bool:
    """Write a file as a whole or not at all; return whether it differed from what stood there."""
    target = path.resolve()
    data = text.encode("utf-8")
    if target.exists() and target.read_bytes() == data:
        return False
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, target.stat().st_mode & 0o777 if target.exists() else 0o644)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True
