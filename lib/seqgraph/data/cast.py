"""Real conversations with a search engine, each turn rewritten so that it stands alone."""

import csv
import json
import re
from pathlib import Path
from typing import NamedTuple

from seqgraph.data.fetch import fetch

TRAIN = "cast/2019_evaluation_topics_annotated_resolved_v1.0.tsv"
TEST = "cast/2020_manual_evaluation_topics_v1.0.json"


class Conversation(NamedTuple):
    """One conversation: its number and its turns, each as lower-case words."""

    number: int
    """The number of the conversation in its part."""
    queries: tuple[tuple[str, ...], ...]
    """Its turns in order, each a tuple of lower-case words."""


def conversations(part: str) -> list[Conversation]:
    r"""The conversations of TREC CAsT, by number, with the turns that people rewrote by hand.

    In the original a turn may read "Is it treatable?"; rewritten, "Is throat cancer treatable?", it could be
    asked first. Nobody clicked anything, and one person wrote each conversation with its end in mind. Words
    are runs of letters, digits and apostrophes.

    Args:
        part: ``"2019"`` (50 conversations) or ``"2020"`` (25 others).

    Raises:
        ValueError: any other part.

    Source:
        the TREC Conversational Assistance Track, repository daltonj/treccastweb, by way of :func:`fetch`

    Example:
        >>> conversations("2018")
        Traceback (most recent call last):
        ValueError: conversations: part must be '2019' or '2020', got '2018'.
    """
    if part not in ("2019", "2020"):
        raise ValueError(f"conversations: part must be '2019' or '2020', got {part!r}.")
    turns = _tsv(fetch(TRAIN)) if part == "2019" else _json(fetch(TEST))
    return [
        Conversation(number, tuple(queries))
        for number, queries in sorted(turns.items())
    ]


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z0-9']+", text.lower().replace("’", "'")))


def _tsv(path: Path) -> dict[int, list[tuple[str, ...]]]:
    turns: dict[int, list] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for name, text in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            turns.setdefault(int(name.split("_")[0]), []).append(_words(text))
    return turns


def _json(path: Path) -> dict[int, list[tuple[str, ...]]]:
    topics = json.loads(path.read_text(encoding="utf-8"))
    return {
        topic["number"]: [
            _words(turn["manual_rewritten_utterance"]) for turn in topic["turn"]
        ]
        for topic in topics
    }
