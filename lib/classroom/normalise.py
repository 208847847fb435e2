"""Bring notebooks into normal form, or say what keeps them from it."""

from pathlib import Path

from classroom.colab import install_address, with_setup
from classroom.faults import faults
from classroom.normal_form import dumps, normalise
from classroom.notebooks import NotebookError, read, repository_root, write


def normal_text(path: Path) -> tuple[str, list[str], list[str]]:
    """Return the normal text of a notebook, what had to change for it, and the faults that remain."""
    notebook, text = read(path)
    notebook, setup_changes = with_setup(notebook, install_address(repository_root(path.parent)))
    normal, changes = normalise(notebook)
    wanted = dumps(normal)
    changes = [f"notebook: {change}" for change in setup_changes] + changes
    if wanted != text and not changes:
        changes.append("notebook: not written as JupyterLab writes it (indent, order of keys, last line)")
    return wanted, changes if wanted != text else [], faults(normal)


def normalise_files(paths: list[Path]) -> int:
    """Rewrite the notebooks that are not in normal form; return how many could not be read."""
    broken = 0
    for path in paths:
        try:
            text, changes, _ = normal_text(path)
        except NotebookError as error:
            broken += 1
            print(f"{error} (left as it was)")
            continue
        if write(path, text):
            print(f"{path}: normalised ({len(changes)} changes)")
    print(
        f"{len(paths) - broken} notebooks are in normal form" + (f", {broken} are broken" if broken else "")
    )
    return broken


def check_files(paths: list[Path]) -> int:
    """Print every reason why a notebook may not be committed; return how many notebooks have one."""
    bad = 0
    for path in paths:
        try:
            _, changes, found = normal_text(path)
        except NotebookError as error:
            bad += 1
            print(error)
            continue
        bad += bool(changes or found)
        for fault in (*found, *(f"{change} (not in normal form)" for change in changes)):
            print(f"{path}: {fault}")
        if changes:
            print(f"  to put it right: python -m classroom normalise {path}")
        if any("never run" in fault for fault in found):
            print(f"  to run it: python -m classroom execute {path}")
    print(f"{len(paths)} notebooks checked, {bad} at fault")
    return bad
