"""The double sum against the one sweep and against autograd."""

import pytest

from seqgraph.computation import bptt, bptt_double_sum
from tests.checks.numbers import TIGHT
from tests.seqgraph.computation.passes import autograd, one_pass, relative


@pytest.mark.parametrize("T", [2, 7, 30])
def test_the_double_sum_is_the_sweep_and_autograd(T):
    cell, x, h, direct = one_pass(T)
    double = bptt_double_sum(cell, x, h, direct)
    assert relative(double, bptt(cell, x, h, direct)) <= TIGHT
    assert relative(double, autograd(cell, x)) <= TIGHT
