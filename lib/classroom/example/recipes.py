"""Who is in the made class, and what each one hands in.

A recipe names, task by task, what stands in the solution cell; the last word holds for all tasks that follow.
What is behind a colon concerns the whole file.
"""

FULL, NOTHING, SOME = "full", "nothing", "not all"

# What a cell may be, and the points that it must get.
CELLS = {
    "reference": FULL,
    "right": FULL,
    "blank": NOTHING,
    "syntax": NOTHING,
    "raises": NOTHING,
    "none": NOTHING,
    "hangs": NOTHING,
    "crashes": NOTHING,
    "floods": FULL,
    "wrong": SOME,
}
# What may be wrong with a whole file, and whether its cells still count.
FILES = {
    "repeated": True,
    "reordered": True,
    "no-tests": True,
    "other-kernel": True,
    "pictures": True,
    "truncated": False,
    "empty": False,
    "another": False,
    "latin-1": False,
}

CLASS = {
    "aiko": "reference",
    "amara": "right",
    "anders": "right right reference",
    "beatriz": "reference blank reference",
    "bilal": "reference",
    "chidi": "reference reference wrong reference",
    "chen-wei": "right",
    "dalia": "blank",
    "dmitri": "wrong reference",
    "elif": "reference reference reference raises",
    "emeka": "syntax reference",
    "fatima": "reference",
    "farid": "hangs reference",
    "greta": "reference none reference",
    "hana": "crashes right",
    "ines": "right: other-kernel",
    "ivan": "reference: repeated",
    "jonas": "floods reference",
    "kamala": "reference reference blank",
    "kofi": "reference blank",
    "lars": "reference: reordered",
    "leila": "right reference wrong",
    "mei": "reference: no-tests",
    "noor": "reference: truncated",
    "oskar": "reference: empty",
    "priya": "right reference: pictures",
    "quentin": "reference: another",
    "rosa": "reference: latin-1",
    "sofia": "blank reference",
    "tomas": "raises blank reference",
}


def plan(recipe: str, tasks: list[str]) -> tuple[dict[str, str], str]:
    """Return what stands in each task's cell, and what is done to the file ("" for nothing)."""
    words, _, file = recipe.partition(":")
    cells = words.split()
    return {task: cells[min(n, len(cells) - 1)] for n, task in enumerate(tasks)}, file.strip()


def designed(recipe: str, tasks: list[str]) -> dict[str, str]:
    """Return for each task whether it must get its points: FULL, NOTHING or SOME of them."""
    cells, file = plan(recipe, tasks)
    if file and not FILES[file]:
        return dict.fromkeys(tasks, NOTHING)
    return {task: CELLS[cell] for task, cell in cells.items()}
