"""What runners and wrappers share: sizes and names."""

import pytest
import torch

from seqgraph.recurrent import GRUCell, Recurrent, Skip
from seqgraph.recurrent.around import AroundCell


def test_it_has_the_sizes_of_its_cell_and_names_it():
    around = AroundCell(GRUCell(2, 3))
    assert (around.input_size, around.hidden_size) == (2, 3)
    assert around._get_name() == "AroundCell(GRUCell)"
    assert Recurrent(Skip(GRUCell(2, 3), 2))._get_name() == "Recurrent(Skip(GRUCell))"


@pytest.mark.errors
def test_only_a_cell_may_be_inside():
    with pytest.raises(TypeError, match=r"^AroundCell: cell must be a recurrent cell, got GRUCell\.$"):
        AroundCell(torch.nn.GRUCell(2, 3))
