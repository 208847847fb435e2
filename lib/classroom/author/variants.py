"""Variants of a task: blocks of a source notebook that are kept in one year and not in another."""

import re
from collections.abc import Iterator

from classroom.author.secret import derive

BEGIN = re.compile(r"\s*(?:### BEGIN VARIANT (\S+) (\S+)|<!-- BEGIN VARIANT (\S+) (\S+) -->)\s*")
END = re.compile(r"\s*(?:### END VARIANT|<!-- END VARIANT -->)\s*")
WORDS = re.compile(r"\b(BEGIN|END) VARIANT\b")


def choose(secret: bytes | None, assignment: str, task: str, options: tuple[str, ...]) -> str | None:
    """Return the option that holds for a class: the secret picks it, without one it is the first."""
    if not options:
        return None
    if secret is None:
        return options[0]
    return options[int.from_bytes(derive(secret, "variant", assignment, task)[:8], "big") % len(options)]


def resolve(text: str, chosen: dict[str, str | None]) -> str:
    """Return the text with the blocks of the chosen options, without markers and without other blocks."""
    return "\n".join(
        line for line, block in _lines(text) if block is None or chosen.get(block[0]) == block[1]
    )


def blocks(text: str) -> set[tuple[str, str]]:
    """Return the (task, option) pairs that have a block in the text."""
    return {_block(match) for match in map(BEGIN.fullmatch, text.split("\n")) if match}


def variant_faults(text: str) -> list[str]:
    """Return what is wrong with the markers of a text."""
    faults, inside = [], False
    for line in text.split("\n"):
        if BEGIN.fullmatch(line):
            if inside:
                faults.append("a variant begins inside another")
            inside = True
        elif END.fullmatch(line):
            if not inside:
                faults.append("END VARIANT without BEGIN VARIANT")
            inside = False
        elif WORDS.search(line):
            faults.append(f"not a variant marker that is understood: {line.strip()!r}")
    return [*faults, "a variant has no END VARIANT"] if inside else faults


def _block(match: re.Match[str]) -> tuple[str, str]:
    return match[1] or match[3], match[2] or match[4]


def _lines(text: str) -> Iterator[tuple[str, tuple[str, str] | None]]:
    block = None
    for line in text.split("\n"):
        match = BEGIN.fullmatch(line)
        if match:
            block = _block(match)
        elif END.fullmatch(line):
            block = None
        else:
            yield line, block
