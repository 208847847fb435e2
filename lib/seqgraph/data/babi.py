"""The bAbI tasks: stories of a small world with questions, by Facebook."""

import re

from seqgraph.data.fetch import fetch
from seqgraph.data.stories import Story

TASKS = ("single", "two", "three")
PARTS = ("train", "test")


def babi(task: int, part: str) -> list[Story]:
    r"""The questions of one of the first three bAbI tasks, 1000 a part, with 1, 2 or 3 supporting facts.

    A story goes on after a question: later questions see all that was told before. Words are lower-case.

    Args:
        task: 1, 2 or 3; so many facts a question needs.
        part: ``"train"`` or ``"test"``.

    Raises:
        ValueError: any other task or part.

    Source:
        [weston2015babi], the English files of 1000 questions, by way of :func:`fetch`

    Example:
        >>> babi(1, "exam")
        Traceback (most recent call last):
        ValueError: babi: part must be one of ['train', 'test'], got 'exam'.
    """
    if task not in (1, 2, 3):
        raise ValueError(f"babi: task must be 1, 2 or 3, got {task!r}.")
    if part not in PARTS:
        raise ValueError(f"babi: part must be one of {list(PARTS)}, got {part!r}.")
    kind = f"{TASKS[task - 1]}-supporting-fact{'s' if task > 1 else ''}"
    name = f"babi/tasks_1-20_v1-2/en/qa{task}_{kind}_{part}.txt"
    return _read(fetch(name).read_text(encoding="utf-8"))


def _read(text: str) -> list[Story]:
    found: list[Story] = []
    sentences: list[tuple[str, ...]] = []
    places: dict[int, int] = {}  # the number of a line to the place of its sentence
    for line in text.splitlines():
        number, _, rest = line.partition(" ")
        if number == "1":
            sentences, places = [], {}
        told, *answer = rest.split("\t")
        words = tuple(re.findall(r"[a-z]+", told.lower()))
        if answer:
            facts = tuple(places[int(fact)] for fact in answer[1].split())
            found.append(Story(tuple(sentences), words, answer[0].strip(), facts))
        else:
            places[int(number)] = len(sentences)
            sentences.append(words)
    return found
