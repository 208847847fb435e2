"""The precision that autocast is on for."""

import pytest
import torch

from seqgraph.core.autocast import autocast_dtype
from seqgraph.core.expect import expect_dtype


def test_it_is_on_only_inside_and_only_for_its_device():
    x = torch.zeros(1)
    assert autocast_dtype(x) is None
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert autocast_dtype(x) == torch.bfloat16
        assert autocast_dtype(x.to("meta")) is None
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=False):
        assert autocast_dtype(x) is None


def test_a_dtype_is_converted_under_autocast_only():
    low = torch.zeros(1, dtype=torch.bfloat16)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert expect_dtype("f", "x", low, torch.float32).dtype == torch.float32
        assert expect_dtype("f", "x", low.float(), torch.bfloat16).dtype == torch.bfloat16
        for other in (torch.float64, torch.float16, torch.int64):
            with pytest.raises(TypeError, match=rf"f: x must be torch.float32 like the weights, got {other}"):
                expect_dtype("f", "x", low.to(other), torch.float32)
    with pytest.raises(TypeError, match=r"f: x must be torch.float32 like the weights, got torch.bfloat16"):
        expect_dtype("f", "x", low, torch.float32)
