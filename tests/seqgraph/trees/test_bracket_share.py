"""Brackets of merges, and how many two trees share."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.trees import bracket_share, brackets


def test_brackets_by_hand():
    assert brackets([]) == set()
    assert brackets([0]) == set()
    assert brackets([0, 0, 0]) == {(0, 1), (0, 2)}
    assert brackets([2, 1, 0]) == {(2, 3), (1, 3)}
    assert brackets([0, 1, 0]) == brackets([2, 0, 0]) == {(0, 1), (2, 3)}


def test_the_share_is_of_the_wanted_brackets_row_by_row():
    left, right, halves = [0, 0, 0], [2, 1, 0], [0, 1, 0]
    ours = torch.tensor([left, left, left, halves])
    wanted = torch.tensor([left, right, halves, [2, 0, 0]])
    assert bracket_share(ours, wanted).tolist() == [1.0, 0.0, 0.5, 1.0]
    assert bracket_share(torch.tensor([[0]]), torch.tensor([[0]])).tolist() == [1.0]


@pytest.mark.errors
def test_other_lengths_are_refused():
    with pytest.raises(ShapeError, match=r"bracket_share: wanted must have shape \[1, 2\] \(like merges\)"):
        bracket_share(torch.tensor([[0, 0]]), torch.tensor([[0]]))
