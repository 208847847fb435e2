"""What may stand around a network: hands on its results, autocast, torch.func, export, weights that rest."""

import copy

import torch
from torch import Tensor, nn

from seqgraph.core import map_state, state_tensors
from tests.checks.numbers import TIGHT, gap, random, same_bits
from tests.checks.runners import LENGTHS, B, Build, I, T

BFLOAT16 = 0.1  # products are right to 1 in 256, and an error grows from step to step


def outputs_of(network: nn.Module, *arguments) -> Tensor:
    """The outputs of a runner or the answers of a read-out, with the same masks at each call."""
    torch.manual_seed(6)
    result = network(*arguments)
    return result[0] if isinstance(result, tuple) else result


def weighted(outputs: Tensor) -> Tensor:
    return (outputs * random(*outputs.shape, seed=1).to(outputs)).sum()


def gradients(network: nn.Module, x: Tensor, *arguments) -> tuple[Tensor, ...]:
    """The gradient by x and by those weights that ask for one."""
    x = x.clone().requires_grad_()
    weights = [weight for weight in network.parameters() if weight.requires_grad]
    return torch.autograd.grad(weighted(outputs_of(network, x, *arguments)), [x, *weights])


def check_results_share_no_memory(build: Build) -> None:
    """A change of the outputs in place reaches no state, and a change of the state no output."""
    runner, x = build(), random(B, T, I)
    for steps in (x, x[:, :1], x[:1]):
        with torch.no_grad():
            outputs, last = runner(steps)
            before = copy.deepcopy((outputs, last))
            outputs.mul_(0.5)
            assert same_bits(last, before[1])
            map_state(torch.Tensor.zero_, last)
            assert same_bits(2 * outputs, before[0])


def check_in_place_before_backward(build: Build) -> None:
    """Outputs may be changed in place before the backward pass, which stays right."""
    runner, x, found = build(), random(B, T, I), []
    for change in (lambda value: value.mul_(2), lambda value: value * 2):
        torch.manual_seed(6)
        outputs, last = runner(x)
        loss = weighted(change(outputs)) + sum(state.sum() for state in state_tensors(last))
        found.append(torch.autograd.grad(loss, list(runner.parameters())))
    assert gap(*found) <= TIGHT


def check_autocast(build: Build) -> None:
    """The same numbers up to bfloat16, gradients too, also for an input that a layer has made."""
    network, x = build().float(), random(B, T, I).float()
    wanted, slopes = outputs_of(network, x), gradients(network, x)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        for values in (x, x.bfloat16()):
            assert gap(outputs_of(network, values).float(), wanted) <= BFLOAT16
        rough = gradients(network, x)
    for slope, near in zip(slopes, rough, strict=True):
        assert (slope - near).norm() <= 3 * BFLOAT16 * slope.norm()


def check_states_under_autocast(build: Build) -> None:
    """States and outputs keep the precision of the weights, and a state that came in less is taken."""
    runner, x = build().float(), random(B, T, I).float()
    for lengths in (None, LENGTHS):
        wanted = outputs_of(runner, x, None, lengths)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            assert gap(outputs_of(runner, x, None, lengths), wanted) <= BFLOAT16
            outputs, last = runner(x.bfloat16(), None, lengths)
            continued, after = runner(x, map_state(torch.Tensor.bfloat16, last), lengths)
        values = (outputs, continued, *state_tensors(last), *state_tensors(after))
        assert {value.dtype for value in values} == {torch.float32}


def check_functional_derivatives(build: Build) -> None:
    """torch.func: gradients by the weights, Jacobians by x in both modes, and second derivatives."""
    network, x = build(2, 2), random(2, 3, 2)
    weights = dict(network.named_parameters())

    def loss(weights, x):
        torch.manual_seed(6)
        result = torch.func.functional_call(network, weights, (x,))
        return weighted(result[0] if isinstance(result, tuple) else result)

    by_weights = torch.func.grad(loss)(weights, x)
    slope, *expected = gradients(network, x)
    assert gap(tuple(by_weights.values()), tuple(expected)) <= TIGHT
    jacobian = torch.func.jacrev(loss, argnums=1)(weights, x)
    assert gap(jacobian, slope) <= TIGHT
    direction = random(*x.shape, seed=2)
    _, along = torch.func.jvp(lambda x: loss(weights, x), (x,), (direction,))
    assert gap(along, (slope * direction).sum()) <= TIGHT

    def moved(by):
        return torch.func.grad(loss, argnums=1)(weights, x + by * direction)

    _, curvature = torch.func.jvp(moved, (torch.zeros((), dtype=x.dtype),), (torch.ones((), dtype=x.dtype),))
    assert gap(curvature, (moved(1e-5) - moved(-1e-5)) / 2e-5) <= 1e-6


def check_forward_mode(build: Build) -> None:
    network, x, direction = build(), random(B, T, I), random(B, T, I, seed=2)
    slope, *_ = gradients(network, x)
    with torch.autograd.forward_ad.dual_level():
        dual = weighted(outputs_of(network, torch.autograd.forward_ad.make_dual(x, direction)))
        along = torch.autograd.forward_ad.unpack_dual(dual).tangent
    assert gap(along, (slope * direction).sum()) <= TIGHT


def check_vmap(build: Build) -> None:
    """A batch of batches gives what its parts give; and so does a batch of networks."""
    network, x = build().eval(), random(2, B, T, I)
    many = torch.func.vmap(lambda x: outputs_of(network, x), randomness="same")(x)
    for part, values in zip(many, x, strict=True):
        assert gap(part, outputs_of(network, values)) <= TIGHT
    weights = {name: torch.stack([weight, 2 * weight]) for name, weight in network.named_parameters()}
    both = torch.func.vmap(
        lambda weights: _first(torch.func.functional_call(network, weights, (x[0],))), randomness="same"
    )(weights)
    assert gap(both[0], outputs_of(network, x[0])) <= TIGHT
    assert gap(both[0], both[1]) > 1e-3


def check_export(build: Build) -> None:
    network, x = build().eval(), random(B, T, I)
    exported = torch.export.export(network, (x,)).module()
    assert gap(_first(exported(x)), outputs_of(network, x)) <= TIGHT


def check_weights_that_rest(build: Build) -> None:
    """Without gradients, or with some weights fixed: the same outputs, and the same gradients of the rest."""
    network, x = build(), random(B, T, I)
    wanted, slope, *slopes = outputs_of(network, x), *gradients(network, x)
    for quiet in (torch.no_grad, torch.inference_mode):
        with quiet():
            assert gap(outputs_of(network, x), wanted) <= TIGHT
    names = [name for name, _ in network.named_parameters()]
    for rest in ("U", "W", ""):
        for name, weight in network.named_parameters():
            weight.requires_grad_(rest not in name)
        kept = [found for name, found in zip(names, slopes, strict=True) if rest not in name]
        assert gap(gradients(network, x), (slope, *kept)) <= TIGHT
    assert not outputs_of(network, x).requires_grad


def _first(result: Tensor | tuple) -> Tensor:
    return result[0] if isinstance(result, tuple) else result


NETWORK_CHECKS = [
    check_autocast,
    check_functional_derivatives,
    check_forward_mode,
    check_vmap,
    check_weights_that_rest,
]
RUNNER_CHECKS = [check_results_share_no_memory, check_in_place_before_backward, check_states_under_autocast]
