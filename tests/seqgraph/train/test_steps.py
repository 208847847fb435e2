"""The training loop."""

import pytest
import torch

from seqgraph import train
from seqgraph.optim import clip_by_norm
from tests.checks.numbers import TIGHT32, gap, same_bits


def mean_square(model, x):
    return (model(x) ** 2).mean()


def sgd(model, lr=0.1):
    return torch.optim.SGD(model.parameters(), lr=lr)


@pytest.fixture
def model():
    train.seeded(3)
    return torch.nn.Linear(2, 1)


CPU = {"runtime": train.Runtime("cpu")}


def test_the_caller_sees_the_model_after_each_update(model):
    x = torch.ones(4, 2)
    seen = []
    for step in train.steps(model, mean_square, [(x,)] * 3, sgd(model), **CPU):
        seen.append((step.number, step.loss.item(), mean_square(model, x).item()))
    numbers, before, after = zip(*seen, strict=True)
    assert numbers == (1, 2, 3)
    assert before[1:] == pytest.approx(after[:-1], abs=TIGHT32)


def test_it_equals_a_loop_written_out(model):
    twin = torch.nn.Linear(2, 1)
    twin.load_state_dict(model.state_dict())
    optimizer, x = sgd(twin), torch.randn(4, 2, generator=torch.Generator().manual_seed(0))
    for _ in range(4):
        optimizer.zero_grad()
        mean_square(twin, x).backward()
        clip_by_norm(twin.parameters(), 0.1)
        optimizer.step()
    norms = [
        step.gradient_norm
        for step in train.steps(
            model, mean_square, [(x,)] * 4, sgd(model), clip=lambda p: clip_by_norm(p, 0.1), **CPU
        )
    ]
    assert all(norm > 0 for norm in norms)
    assert gap(model.weight, twin.weight) <= TIGHT32


def test_the_caller_may_stop(model):
    made = [
        step.number
        for step, _ in zip(
            train.steps(model, mean_square, iter([(torch.ones(1, 2),)] * 9), sgd(model), **CPU),
            range(2),
            strict=False,
        )
    ]
    assert made == [1, 2]


def test_the_model_trains_in_training_mode(model):
    model.eval()
    for _ in train.steps(model, mean_square, [(torch.ones(1, 2),)], sgd(model), **CPU):
        assert model.training


@pytest.mark.errors
def test_a_loss_that_is_not_finite_stops_training_and_keeps_the_model(model):
    before = model.weight.clone()
    with pytest.raises(FloatingPointError, match="loss must be finite, got nan at update 1"):
        list(train.steps(model, mean_square, [(torch.full((1, 2), float("nan")),)], sgd(model), **CPU))
    assert same_bits(model.weight, before)


@pytest.mark.errors
def test_a_loss_of_several_numbers_is_refused(model):
    with pytest.raises(ValueError, match="one number, got a tensor of shape"):
        list(train.steps(model, lambda model, x: model(x), [(torch.ones(4, 2),)], sgd(model), **CPU))


def test_a_notebook_server_sees_a_progress_bar(model, monkeypatch, capsys):
    batches = [(torch.ones(1, 2),)] * 3
    list(train.steps(model, mean_square, batches, sgd(model), **CPU))
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("JPY_SESSION_NAME", "a.ipynb")
    list(train.steps(model, mean_square, batches, sgd(model), **CPU))
    assert "/3" in capsys.readouterr().err
