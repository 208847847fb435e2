"""A stack in one number against a Python list: exact, in floats and in tensors."""

import random
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
import torch

from seqgraph.computation import pop, push, sat, some, stack_of, symbols_of, top

KINDS = [Fraction, float, np.float32, np.float64]
ALL = [stack for depth in range(7) for stack in product((0, 1), repeat=depth)]


def number(kind, symbols):
    exact = stack_of(symbols)
    return exact if kind is Fraction else kind(float(exact))


def test_the_numbers_of_the_chapter():
    """1 on top of 0: 0.31 in base 4."""
    stack = stack_of((1, 0))
    assert stack == Fraction(3, 4) + Fraction(1, 16) == Fraction(13, 16)
    assert (top(stack), some(stack), pop(stack)) == (1, 1, Fraction(1, 4))
    assert push(stack, 1) == Fraction(61, 64)
    assert symbols_of(push(stack, 1)) == (1, 1, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_every_stack_up_to_depth_six_against_a_tuple(kind):
    for symbols in ALL:
        stack = number(kind, symbols)
        assert symbols_of(stack) == symbols
        assert top(stack) == (symbols[0] if symbols else 0)
        assert some(stack) == bool(symbols)
        assert pop(stack) == number(kind, symbols[1:])
        for symbol in (0, 1):
            assert push(stack, symbol) == number(kind, (symbol, *symbols))
            assert pop(push(stack, symbol)) == stack


@pytest.mark.parametrize("kind", [*KINDS, np.float16])
def test_the_kind_of_number_stays(kind):
    stack = number(kind, (1, 0))
    results = [top(stack), some(stack), pop(stack), push(stack, 1), sat(stack), sat(4 * stack), sat(-stack)]
    assert {type(result) for result in results} == {kind}


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_tensors_do_all_stacks_at_once(dtype):
    stacks = torch.tensor([float(stack_of(symbols)) for symbols in ALL], dtype=dtype)
    assert top(stacks).tolist() == [symbols[0] if symbols else 0 for symbols in ALL]
    assert some(stacks).tolist() == [float(bool(symbols)) for symbols in ALL]
    assert pop(stacks).tolist() == [float(stack_of(symbols[1:])) for symbols in ALL]
    coins = torch.tensor([i % 2 for i in range(len(ALL))], dtype=dtype)
    pushed = push(stacks, coins)
    assert pushed.dtype == dtype
    assert pushed.tolist() == [float(stack_of((i % 2, *symbols))) for i, symbols in enumerate(ALL)]


def test_a_thousand_random_operations_equal_a_list():
    draw, stack, reference = random.Random(0), Fraction(0), []
    for _ in range(1000):
        if draw.random() < 0.6:
            symbol = draw.randrange(2)
            stack, reference = push(stack, symbol), [symbol, *reference]
        else:
            assert top(stack) == (reference[0] if reference else 0)
            stack, reference = pop(stack), reference[1:]
        assert stack == stack_of(reference)
    assert len(reference) > 100


def test_there_is_a_gap_between_the_two_symbols():
    """Top 0 lies below 1/2, top 1 above 3/4, and nothing lies between 0 and 1/4: the slope 4 is enough."""
    by_top = {0: [], 1: []}
    for symbols in ALL[1:]:
        by_top[symbols[0]].append(stack_of(symbols))
    assert Fraction(1, 4) <= min(by_top[0])
    assert max(by_top[0]) < Fraction(1, 2)
    assert Fraction(3, 4) <= min(by_top[1])
    assert max(by_top[1]) < 1


@pytest.mark.parametrize("value", [-2, 0, 0.25, 1, 7])
def test_sat_of_a_number_is_that_of_a_tensor(value):
    assert sat(float(value)) == sat(torch.tensor(float(value))).item() == min(1, max(0, value))


def test_the_gradient_passes_where_sat_does_not_cut():
    stack = torch.tensor([0.3, 0.6], dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(push, (stack, torch.tensor([0.2, 0.7]).double().requires_grad_()))
    assert torch.autograd.gradcheck(top, (stack,))  # 4 * 0.6 - 2 = 0.4 is inside, 4 * 0.3 - 2 is cut
    top(stack).sum().backward()
    assert stack.grad.tolist() == [0, 4]


def test_a_spoilt_stack_is_read_as_well_as_can_be():
    assert symbols_of(1.0, max_length=5) == (1, 1, 1, 1, 1)  # all digits 3, without end
    assert symbols_of(0.0625) == ()
    assert symbols_of(stack_of((1, 0, 1)), max_length=2) == (1, 0)


@pytest.mark.errors
def test_a_wrong_symbol_is_refused():
    with pytest.raises(ValueError, match="stack_of: symbols must be 0 or 1, got 2"):
        stack_of([1, 2])
