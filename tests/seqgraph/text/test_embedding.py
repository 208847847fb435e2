"""Lookup, one-hot product and torch.nn.Embedding are one; the gradient has few rows."""

import pytest
import torch
from torch import nn

from seqgraph.core import ShapeError
from seqgraph.text import Embedding, embedding_gradient_rows, one_hot
from tests.checks.numbers import DEVICES, TIGHT, TIGHT32, gap, generator, random, same_bits


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("shape", [(), (5,), (3, 4)])
def test_three_ways_to_one_vector(shape, device):
    ours, theirs = Embedding(9, 4).to(device), nn.Embedding(9, 4).to(device)
    theirs.load_state_dict(ours.state_dict())
    indices = torch.randint(9, shape, generator=generator()).to(device)
    looked_up = ours(indices)
    assert looked_up.shape == (*shape, 4)
    assert same_bits(looked_up, theirs(indices))
    assert gap(looked_up, one_hot(indices, 9) @ ours.weight) <= TIGHT32


def test_the_six_factors_of_the_lecture():
    rows = [
        [0.32, 0.02, 0.48, 0.21, 0.56, 0.15],
        [0.65, 0.23, 0.41, 0.57, 0.03, 0.92],
        [0.45, 0.87, 0.89, 0.45, 0.12, 0.01],
        [0.65, 0.21, 0.25, 0.45, 0.78, 0.82],
    ]
    embedding = Embedding(5, 6)
    embedding.load_state_dict({"weight": torch.tensor([[0.0] * 6, *rows])})
    x = embedding(torch.tensor([1, 2, 3, 4, 1]))
    assert same_bits(x, torch.tensor([*rows, rows[0]]))


@pytest.mark.parametrize("shape", [(), (6,), (3, 5)])
def test_the_gradient_rows_are_those_of_torch(shape):
    layer = nn.Embedding(8, 3, sparse=True).double()
    indices, upstream = torch.randint(8, shape, generator=generator(2)), random(*shape, 3)
    layer(indices).backward(upstream)
    sparse = layer.weight.grad.coalesce()
    rows, values = embedding_gradient_rows(indices, upstream)
    assert same_bits(rows, sparse.indices()[0])
    assert gap(values, sparse.values()) <= TIGHT


def test_only_looked_up_rows_have_a_gradient_and_repeated_words_add_up():
    embedding, indices = Embedding(6, 2).double(), torch.tensor([[1, 2, 1], [4, 1, 2]])
    upstream = random(2, 3, 2)
    embedding(indices).backward(upstream)
    rows, values = embedding_gradient_rows(indices, upstream)
    assert rows.tolist() == [1, 2, 4]
    assert same_bits(embedding.weight.grad[[0, 3, 5]], torch.zeros(3, 2, dtype=torch.float64))
    assert gap(embedding.weight.grad[rows], values) <= TIGHT
    assert gap(values[0], upstream[0, 0] + upstream[0, 2] + upstream[1, 1]) <= TIGHT


def test_gradcheck():
    embedding, indices = Embedding(5, 3).double(), torch.tensor([1, 2, 3, 4, 1])

    def loss(weight):
        return torch.func.functional_call(embedding, {"weight": weight}, indices).tanh().sum()

    assert torch.autograd.gradcheck(loss, random(5, 3).requires_grad_())


def test_the_first_weights_follow_the_scale():
    assert abs(Embedding(200, 50, scale=0.1).weight.std().item() - 0.1) < 0.005
    assert abs(Embedding(200, 50).weight.std().item() - 1) < 0.05


@pytest.mark.errors
def test_errors():
    for sizes, name in (((0, 2), "vocabulary_size"), ((2, 1.5), "embedding_size")):
        with pytest.raises(ValueError, match=f"Embedding: {name} must be a whole number of at least 1"):
            Embedding(*sizes)
    for scale in (-0.1, float("nan")):
        with pytest.raises(ValueError, match="Embedding: scale must be a finite number of at least 0, got"):
            Embedding(2, 2, scale=scale)
    for shape in ((3,), (2, 2), (3, 2, 1)):
        with pytest.raises(ShapeError, match=r"gradient must have the shape of indices, \[3\], and one axis"):
            embedding_gradient_rows(torch.tensor([1, 2, 0]), torch.zeros(shape))
