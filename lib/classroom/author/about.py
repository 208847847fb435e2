"""assignment.yml: what a source notebook does not say itself."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from classroom.errors import ClassroomError
from classroom.limits import Limits

KEYS = ("title", "limits", "gpu", "tasks")
TASK_KEYS = ("chapter", "minutes", "level", "banned", "variants")


@dataclass(frozen=True)
class AboutTask:
    """What assignment.yml says of one task."""

    chapter: str = ""
    minutes: int = 0
    level: int = 1
    banned: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()


@dataclass
class About:
    """What assignment.yml says, and what is wrong with it."""

    title: str = ""
    limits: Limits = field(default_factory=Limits)
    gpu: bool = False
    tasks: dict[str, AboutTask] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read_about(path: Path) -> About:
    """Return what the file says; its faults are listed in ``faults``, each with the file's name."""
    about = About()
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        about.faults.append(f"{path.name}: cannot be read: {' '.join(str(error).split())}")
        return about
    if not isinstance(content, dict):
        about.faults.append(f"{path.name}: expected keys and values, at least title and tasks")
        return about
    told = _unknown(content, KEYS)
    about.title = content.get("title")
    if not isinstance(about.title, str) or not about.title.strip():
        told.append("title must be a text")
    about.gpu = content.get("gpu", False)
    if not isinstance(about.gpu, bool):
        told.append(f"gpu must be true or false, got {about.gpu!r}")
    try:
        about.limits = Limits().changed(dict(content.get("limits") or {}))
    except (ClassroomError, TypeError, ValueError) as error:
        told.append(str(error) if isinstance(error, ClassroomError) else "limits must be names and numbers")
    tasks = content.get("tasks")
    if not isinstance(tasks, dict) or not tasks:
        told.append("tasks must be a list of names, each with what is said of it")
    else:
        about.tasks = {str(name): _task(str(name), task, told) for name, task in tasks.items()}
    about.faults += [f"{path.name}: {fault}" for fault in told]
    return about


def _unknown(found: dict[Any, Any], known: tuple[str, ...]) -> list[str]:
    return [f"unknown key {key!r}; there are {', '.join(known)}" for key in found if key not in known]


def _task(name: str, found: Any, told: list[str]) -> AboutTask:
    if not isinstance(found, dict):
        told.append(f"task {name}: expected keys and values")
        return AboutTask()
    faults = _unknown(found, TASK_KEYS)
    task = AboutTask(
        chapter=found.get("chapter"),
        minutes=found.get("minutes"),
        level=found.get("level"),
        banned=_words(found, "banned", faults),
        variants=_words(found, "variants", faults),
    )
    if not isinstance(task.chapter, str) or not task.chapter:
        faults.append("chapter must be a text such as gated-units/gru")
    if type(task.minutes) is not int or task.minutes <= 0:
        faults.append(f"minutes must be a whole number above 0, got {task.minutes!r}")
    if type(task.level) is not int or task.level not in (1, 2, 3):
        faults.append(f"level must be 1, 2 or 3, got {task.level!r}")
    told += [f"task {name}: {fault}" for fault in faults]
    return task


def _words(found: dict[str, Any], key: str, faults: list[str]) -> tuple[str, ...]:
    words = found.get(key) or []
    right = isinstance(words, list) and all(
        isinstance(word, str) and word.split() == [word] for word in words
    )
    if not right or len(set(words)) != len(words):
        faults.append(f"{key} must be a list of different single words, got {words!r}")
        return ()
    return tuple(words)
