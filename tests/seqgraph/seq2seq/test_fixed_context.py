"""The fixed vector is the encoder's last states, at every step."""

import pytest
import torch

from seqgraph.core import ShapeError
from seqgraph.seq2seq import Encoder, FixedContext
from tests.checks.numbers import TIGHT, fill, random, same_bits


def test_it_is_the_encoders_last_states():
    encoder = fill(Encoder(8, 3, 5).double())
    memory = encoder(torch.tensor([[5, 7, 4, 2], [6, 2, 0, 0]]))
    context, weights = FixedContext(10)(random(2, 6, 4), memory.keys, mask=memory.mask)
    assert context.shape == (2, 6, 10)
    assert (context - memory.last[:, None]).abs().max() <= TIGHT
    assert weights.shape == (2, 6, 4)
    assert bool((weights == 0).all())


def test_without_a_mask_the_last_place_is_the_end():
    keys = random(2, 3, 4)
    context, _ = FixedContext(4)(random(2, 1, 1), keys)
    assert same_bits(context[:, 0], torch.cat([keys[:, -1, :2], keys[:, 0, 2:]], dim=-1))


def test_it_has_no_weights():
    assert list(FixedContext(4).parameters()) == []


@pytest.mark.errors
def test_wrong_input_is_refused():
    with pytest.raises(ValueError, match=r"key_size must be even \(two directions\), got 3"):
        FixedContext(3)
    with pytest.raises(ShapeError, match=r"keys must have shape \[2, S, 4\] \(key_size=4\)"):
        FixedContext(4)(random(2, 1, 1), random(2, 3, 6))
    with pytest.raises(ShapeError, match="query must have shape"):
        FixedContext(4)(random(2, 1), random(2, 3, 4))
