"""What every function on indices refuses."""

import pytest
import torch

from seqgraph.text import Embedding, bag_of_words, cooccurrence, one_hot
from tests.checks.numbers import same_bits

CALLS = {
    "bag_of_words": lambda indices: bag_of_words(indices, 5),
    "one_hot": lambda indices: one_hot(indices, 5),
    "Embedding": lambda indices: Embedding(5, 2)(indices),
    "cooccurrence": lambda indices: cooccurrence([indices], 5, 1),
}
EVERY_CALL = pytest.mark.parametrize("name", CALLS)


@EVERY_CALL
@pytest.mark.parametrize(("indices", "came"), [([0, 5], "0..5"), ([-1, 2], "-1..2")])
def test_an_index_out_of_range_is_refused(name, indices, came):
    with pytest.raises(ValueError, match=rf"{name}: indices must lie in 0\.\.4, got {came}"):
        CALLS[name](torch.tensor(indices))


@pytest.mark.errors
@EVERY_CALL
def test_what_is_no_tensor_of_whole_numbers_is_refused(name):
    with pytest.raises(TypeError, match=f"{name}: indices must be int64 or int32, got torch.float32"):
        CALLS[name](torch.ones(2))
    with pytest.raises(TypeError, match=f"{name}: indices must be a torch.Tensor, got list"):
        CALLS[name]([1, 2])


@EVERY_CALL
def test_both_kinds_of_whole_numbers_give_the_same(name):
    torch.manual_seed(0)
    long = CALLS[name](torch.tensor([1, 4, 1]))
    torch.manual_seed(0)
    assert same_bits(long, CALLS[name](torch.tensor([1, 4, 1], dtype=torch.int32)))
