"""What every made-up task asks of its arguments, and that its batches repeat with the seed."""

from functools import partial

import pytest
import torch

from seqgraph.data import adding_problem, first_symbol, look_ahead
from tests.checks.numbers import generator, same_bits

TASKS = {
    "adding_problem": adding_problem,
    "first_symbol": partial(first_symbol, num_symbols=4),
    "look_ahead": partial(look_ahead, ahead=2),
}
EVERY_TASK = pytest.mark.parametrize("name", TASKS)


@EVERY_TASK
def test_the_same_seed_gives_the_same_batch_and_the_global_seed_does_not_matter(name):
    draw, batches = TASKS[name], []
    for seed, own in ((1, 7), (2, 7), (1, 8)):
        torch.manual_seed(seed)
        batches.append(draw(batch_size=4, length=9, generator=generator(own)))
    assert same_bits(batches[0], batches[1])
    assert not same_bits(batches[0][0], batches[2][0])


@EVERY_TASK
def test_each_call_draws_a_new_batch(name):
    source = generator()
    one, two = (TASKS[name](batch_size=4, length=9, generator=source) for _ in range(2))
    assert not same_bits(one[0], two[0])


@EVERY_TASK
def test_the_dtype_is_the_default_one(name):
    torch.set_default_dtype(torch.float64)
    try:
        x, _ = TASKS[name](batch_size=2, length=5, generator=generator())
    finally:
        torch.set_default_dtype(torch.float32)
    assert x.dtype == torch.float64
    assert TASKS[name](batch_size=2, length=5, generator=generator())[0].dtype == torch.float32


@pytest.mark.errors
@EVERY_TASK
@pytest.mark.parametrize("argument", ["batch_size", "length"])
@pytest.mark.parametrize("value", [0, -3, 2.0, True, "4", None])
def test_a_wrong_size_is_refused(name, argument, value):
    sizes = {"batch_size": 4, "length": 9, argument: value}
    with pytest.raises(ValueError, match=f"{name}: {argument} must be a whole number of at least [12], got"):
        TASKS[name](**sizes, generator=generator())


@pytest.mark.errors
@EVERY_TASK
@pytest.mark.parametrize("wrong", [None, 0, torch.manual_seed])
def test_a_generator_is_needed(name, wrong):
    with pytest.raises(TypeError, match=rf"{name}: generator must be a torch.Generator, got"):
        TASKS[name](batch_size=4, length=9, generator=wrong)


@pytest.mark.errors
@EVERY_TASK
def test_a_generator_elsewhere_is_refused(name):
    class Elsewhere(torch.Generator):
        device = torch.device("cuda", 0)

    with pytest.raises(ValueError, match=f"{name}: generator must be on the CPU, got one on cuda:0"):
        TASKS[name](batch_size=4, length=9, generator=Elsewhere())
