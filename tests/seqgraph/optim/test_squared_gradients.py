"""What both optimisers owe to ``torch.optim.Optimizer``, and their errors."""

import copy
import pickle

import pytest
import torch
from torch import nn

from seqgraph.optim import AdaGrad, RMSProp
from seqgraph.optim.squared_gradients import SquaredGradients
from tests.checks.numbers import DEVICES, random, same_bits

BOTH = pytest.mark.parametrize("kind", [AdaGrad, RMSProp])


def step(optimizer, *parameters, seed=1):
    for number, theta in enumerate(parameters):
        theta.grad = random(*theta.shape, seed=seed + number).to(theta)
    optimizer.step()


@BOTH
@pytest.mark.parametrize("copied", [copy.deepcopy, lambda state: pickle.loads(pickle.dumps(state))])
def test_a_state_dict_continues_exactly(kind, copied):
    theta = nn.Parameter(random(3))
    optimizer = kind([theta], lr=0.1)
    step(optimizer, theta)
    twin = nn.Parameter(theta.detach().clone())
    other = kind([twin], lr=9.0, delta=9.0)
    other.load_state_dict(copied(optimizer.state_dict()))
    step(optimizer, theta, seed=2)
    step(other, twin, seed=2)
    assert same_bits(theta, twin)


@BOTH
def test_groups_have_their_own_learning_rate(kind):
    one, two, three = (nn.Parameter(torch.zeros(2, dtype=torch.float64)) for _ in range(3))
    optimizer = kind([{"params": [one]}, {"params": [two], "lr": 0.5}], lr=0.1)
    optimizer.add_param_group({"params": three, "lr": 0.2})
    for theta in (one, two, three):
        theta.grad = torch.ones_like(theta)
    optimizer.step()
    torch.testing.assert_close(two / one, torch.full_like(one, 5.0))
    torch.testing.assert_close(three / one, torch.full_like(one, 2.0))


@BOTH
def test_a_scheduler_can_turn_the_learning_rate(kind):
    theta = nn.Parameter(random(3))
    optimizer = kind([theta], lr=0.1)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.5)
    step(optimizer, theta)
    scheduler.step()
    assert optimizer.param_groups[0]["lr"] == pytest.approx(0.05)


@BOTH
def test_a_closure_is_called_with_gradients_on_and_its_loss_returned(kind):
    theta = nn.Parameter(torch.ones(1))
    optimizer = kind([theta], lr=0.1)

    def closure():
        optimizer.zero_grad()
        loss = (theta**2).sum()
        loss.backward()
        return loss

    assert optimizer.step(closure) == 1.0
    assert theta < 1
    assert optimizer.step() is None


@BOTH
def test_parameters_without_a_gradient_stay(kind):
    still, moved = nn.Parameter(torch.ones(2)), nn.Parameter(torch.ones(2))
    optimizer = kind([still, moved], lr=0.1)
    step(optimizer, moved)
    assert same_bits(still, torch.ones(2))
    assert not same_bits(moved, torch.ones(2))
    assert still not in optimizer.state


@BOTH
def test_a_nan_breaks_its_own_number_only(kind):
    theta = nn.Parameter(torch.zeros(3))
    optimizer = kind([theta], lr=0.1)
    theta.grad = torch.tensor([1.0, float("nan"), 0.0])
    optimizer.step()
    assert theta.isnan().tolist() == [False, True, False]
    assert theta[2] == 0  # no gradient, no step: 0 divided by the small number


@BOTH
@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_history_lives_where_the_parameter_does(kind, device, dtype):
    theta = nn.Parameter(torch.ones(2, dtype=dtype, device=device))
    optimizer = kind([theta], lr=0.1)
    step(optimizer, theta)
    r = optimizer.state[theta]["r"]
    assert (r.dtype, r.device, theta.dtype) == (dtype, theta.device, dtype)


@pytest.mark.errors
@BOTH
@pytest.mark.parametrize("name", ["lr", "delta"])
@pytest.mark.parametrize("value", [0, -1.0, float("nan"), float("inf"), True, "0.1", None])
def test_a_wrong_hyperparameter_is_refused(kind, name, value):
    theta = nn.Parameter(torch.zeros(1))
    message = f"{kind.__name__}: {name} must be a finite number above 0, got"
    with pytest.raises(ValueError, match=message):
        kind([theta], **{"lr": 0.1, name: value})
    with pytest.raises(ValueError, match=message):
        kind([{"params": [theta], name: value}], lr=0.1)


@pytest.mark.errors
@BOTH
def test_there_must_be_parameters(kind):
    with pytest.raises(ValueError, match="empty parameter list"):
        kind([], lr=0.1)
    with pytest.raises(TypeError, match="param_group must be a dict"):
        kind([nn.Parameter(torch.zeros(1))], lr=0.1).add_param_group([])


@pytest.mark.errors
@BOTH
def test_complex_parameters_are_refused(kind):
    with pytest.raises(
        TypeError, match=rf"{kind.__name__}: parameters must be real numbers, got torch.complex64"
    ):
        kind([torch.zeros(1, dtype=torch.complex64, requires_grad=True)], lr=0.1)


@pytest.mark.errors
@BOTH
def test_a_sparse_gradient_is_refused_before_anything_moves(kind):
    first, table = nn.Parameter(torch.ones(1)), nn.Embedding(3, 2, sparse=True)
    optimizer = kind([first, *table.parameters()], lr=0.1)
    first.grad = torch.ones(1)
    table(torch.tensor([1])).sum().backward()
    with pytest.raises(TypeError, match=f"{kind.__name__}: gradients must be dense"):
        optimizer.step()
    assert first == 1


@pytest.mark.errors
def test_the_shared_part_is_no_optimiser():
    theta = nn.Parameter(torch.ones(1))
    optimizer = SquaredGradients([theta], {"lr": 0.1, "delta": 0.1})
    theta.grad = torch.ones(1)
    with pytest.raises(TypeError, match="SquaredGradients is not a whole optimiser: it must define update"):
        optimizer.step()
