"""What every runner must do. Each check takes a way to build one, anew, in float64."""

from collections.abc import Callable
from functools import partial

import torch
from torch import nn

from seqgraph.core import map_state, state_tensors
from seqgraph.recurrent import Recurrent
from tests.checks.numbers import TIGHT, gap, random, row, same_bits

B, T, I, H = 3, 5, 3, 4
LENGTHS = [5, 2, 3]
Build = Callable[..., nn.Module]


def start(runner: nn.Module, x: torch.Tensor) -> tuple:
    """A state that is not zero and carries the masks, if there are any."""
    torch.manual_seed(3)
    return map_state(torch.Tensor.detach, runner(x)[1])


def check_shapes(build: Build) -> None:
    runner, x = build(), random(B, T, I)
    outputs, last = runner(x)
    assert outputs.shape == (B, T, runner.output_size)
    assert [tensor.shape[0] for tensor in state_tensors(last)] == [B] * len(state_tensors(last))
    assert gap(last, map_state(torch.clone, runner(x, last)[1])) >= 0  # raises if the structure has changed


def check_padding_is_silent(build: Build) -> None:
    """Zero outputs and a frozen state past the end; the same numbers as the shorter sequence on its own."""
    runner, x = build(), random(B, T, I)
    state = start(runner, x)
    outputs, last = runner(x, state, LENGTHS)
    for b, length in enumerate(LENGTHS):
        alone, its_last = runner(x[b : b + 1, :length], row(state, b))
        assert gap(outputs[b : b + 1, :length], alone) <= TIGHT
        assert torch.count_nonzero(outputs[b, length:]) == 0
        assert gap(row(last, b), its_last) <= TIGHT


def check_padding_never_matters(build: Build) -> None:
    """Whatever stands in the padding: outputs, states and all gradients stay bit for bit the same."""
    runner, clean = build(), random(B, T, I)
    state, results = start(runner, clean), []
    past_end = torch.arange(T) >= torch.tensor(LENGTHS)[:, None]
    for rubbish in (0.0, 1e6, float("nan"), float("inf")):
        x = clean.masked_fill(past_end[..., None], rubbish).requires_grad_()
        outputs, last = runner(x, state, LENGTHS)
        loss = (outputs * random(*outputs.shape, seed=1)).sum() + sum(s.sum() for s in state_tensors(last))
        results.append((outputs, last, torch.autograd.grad(loss, [x, *runner.parameters()])))
    assert torch.count_nonzero(results[0][2][0][past_end]) == 0
    assert torch.count_nonzero(results[0][2][0][~past_end]) > 0
    for result in results[1:]:
        assert same_bits(results[0], result)


def check_lengths_as_list_or_tensor(build: Build) -> None:
    runner, x = build(), random(B, T, I)
    state = start(runner, x)
    first = runner(x, state, LENGTHS)
    assert gap(first, runner(x, state, torch.tensor(LENGTHS))) <= TIGHT
    assert gap(first, runner(x, state, torch.tensor(LENGTHS, dtype=torch.int32))) <= TIGHT
    assert gap(runner(x, state), runner(x, state, [T] * B)) <= TIGHT


def check_batch_independence(build: Build) -> None:
    """A sequence that is changed, or broken by NaN, leaves the outputs and gradients of the others alone."""
    runner, x = build(), random(B, T, I)
    state, results = start(runner, x), []
    for intruder in (0.5, -9.0, float("nan")):
        mine = x.clone()
        mine[1, 1:] = intruder
        mine.requires_grad_()
        outputs, last = runner(mine, state)
        (gradient,) = torch.autograd.grad(outputs[[0, 2]].sum(), mine)
        others = (outputs[[0, 2]], map_state(lambda s: s[[0, 2]], last), gradient[[0, 2]])
        results.append((others, outputs[1]))
    assert gap(results[0][0], results[1][0]) <= TIGHT
    assert gap(results[0][0], results[2][0]) <= TIGHT
    assert gap(results[0][1], results[1][1]) > 1e-3
    assert results[2][1].isnan().any()


def check_gradients(build: Build) -> None:
    """Numerical derivatives for the input, the first state and all weights, whole and with lengths."""
    runner = build(2, 2)
    x = random(2, 3, 2).requires_grad_()
    state = start(runner, x)
    flat = [tensor.clone().requires_grad_() for tensor in state_tensors(state)]
    names, weights = zip(*runner.named_parameters(), strict=True)

    def function(lengths, x, *tensors):
        pieces, values = iter(tensors[: len(flat)]), tensors[len(flat) :]
        begin = map_state(lambda _: next(pieces), state)
        call = (x, begin, lengths)
        outputs, last = torch.func.functional_call(runner, dict(zip(names, values, strict=True)), call)
        return (outputs, *state_tensors(last))

    for lengths in (None, [3, 2]):
        call = partial(function, lengths)
        assert torch.autograd.gradcheck(
            call, (x, *flat, *weights), fast_mode=not isinstance(runner, Recurrent)
        )


def check_continuation(build: Build) -> None:
    """A sequence cut in two, the state handed on, gives what the whole gives."""
    runner, x = build(), random(B, T, I)
    state = start(runner, x)
    for lengths, cut in ((None, 2), ([5, 3, 4], 2)):
        head, tail = (None, None) if lengths is None else ([cut] * B, [n - cut for n in lengths])
        whole, last = runner(x, state, lengths)
        first, between = runner(x[:, :cut], state, head)
        second, its_last = runner(x[:, cut:], between, tail)
        assert gap(whole, torch.cat([first, second], dim=1)) <= TIGHT
        assert gap(last, its_last) <= TIGHT
