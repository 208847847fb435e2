"""The Stanford Sentiment Treebank: sentences as binary trees, a label at every phrase."""

import re
from typing import NamedTuple
from zipfile import ZipFile

from seqgraph.data.fetch import fetch

FILE = "sst/trainDevTestTrees_PTB.zip"
PARTS = {"train": "train", "validation": "dev", "test": "test"}
SIGN = re.compile(r"[()]|[^ ()]+")  # a few words hold a space that does not break


class LabelledTree(NamedTuple):
    """A sentence as a binary tree whose nodes all have a label, a parent before its children."""

    words: list[str | None]
    """One a node: the word at a leaf, None at a phrase; the leaves stand in the order of the sentence."""
    parents: list[int]
    """The parent of each node, -1 at the root, which stands first."""
    labels: list[int]
    """One a node, from 0 (very negative) over 2 (neutral) to 4 (very positive)."""


def sst(part: str) -> list[LabelledTree]:
    r"""The sentences of one part: 8544 to train on, 1101 to choose with, 2210 to test.

    Args:
        part: ``"train"``, ``"validation"`` or ``"test"``.

    Raises:
        ValueError: any other part.

    Source:
        [socher2013recursive], by way of :func:`fetch`

    Example:
        >>> sst("exam")
        Traceback (most recent call last):
        ValueError: sst: part must be one of ['train', 'validation', 'test'], got 'exam'.
    """
    if part not in PARTS:
        raise ValueError(f"sst: part must be one of {list(PARTS)}, got {part!r}.")
    with ZipFile(fetch(FILE)) as archive:
        lines = archive.read(f"trees/{PARTS[part]}.txt").decode("utf-8").splitlines()
    return [labelled_tree(line) for line in lines if line.strip()]


def labelled_tree(line: str) -> LabelledTree:
    r"""Read one tree, written in brackets with the label first.

    Args:
        line: a bracket is a label and a word, or a label and further brackets.

    Raises:
        ValueError: the brackets do not close, or there is more than one tree.

    Example:
        >>> labelled_tree("(3 (2 a) (4 delight))")
        LabelledTree(words=[None, 'a', 'delight'], parents=[-1, 0, 0], labels=[3, 2, 4])
    """
    words, parents, labels, above = [], [], [], []
    signs = SIGN.findall(line)
    for before, sign in zip(["", *signs], signs, strict=False):
        if sign == ")" and above:
            above.pop()
        elif sign == "(" and (above or not words):
            parents.append(above[-1] if above else -1)
            above.append(len(words))
            words.append(None)
        elif before == "(" and sign.isdigit():
            labels.append(int(sign))
        elif above and before.isdigit() and words[above[-1]] is None:
            words[above[-1]] = sign
        else:
            raise ValueError(
                f"labelled_tree: {sign!r} must not stand here, in {line!r}."
            )
    if above or len(labels) != len(words) or not words:
        raise ValueError(f"labelled_tree: line must hold one whole tree, got {line!r}.")
    return LabelledTree(words, parents, labels)
