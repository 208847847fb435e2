"""When the weight of a layer may be used past the layer."""

import pytest
import torch
from torch import nn
from torch.nn.utils import parametrizations, weight_norm

from seqgraph.recurrent.bare_linear import bare_weight, split_rows
from tests.checks.numbers import TIGHT, gap, random


class Loud(nn.Linear):
    """A subclass, which may do anything."""


def ignore(*_):
    return None


def patched(layer: nn.Linear) -> nn.Linear:
    layer.forward = lambda h: h
    return layer


def hooked(name: str):
    def hang(layer):
        getattr(layer, name)(ignore)
        return layer

    return hang


def plain() -> nn.Linear:
    return nn.Linear(3, 5, bias=False).double()


MORE = {
    "a bias": lambda layer: nn.Linear(3, 5).double(),
    "a subclass": lambda layer: Loud(3, 5, bias=False).double(),
    "another module": nn.Sequential,
    "a parametrization": parametrizations.weight_norm,
    "a patched forward": patched,
    "a forward hook": hooked("register_forward_hook"),
    "a hook before": hooked("register_forward_pre_hook"),
    "a hook on the way back": hooked("register_full_backward_hook"),
    "a hook before the way back": hooked("register_full_backward_pre_hook"),
}


def test_a_plain_layer_is_its_weight():
    layer = plain()
    assert bare_weight(layer) is layer.weight


@pytest.mark.parametrize("what", MORE)
def test_a_layer_with_more_is_called(what):
    layer = MORE[what](plain())
    assert bare_weight(layer) is None


@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_the_old_weight_norm_hides_the_weight_in_a_hook():
    assert bare_weight(weight_norm(plain())) is None


def test_a_hook_on_all_modules_counts_until_it_is_removed():
    layer = plain()
    handle = nn.modules.module.register_module_forward_hook(ignore)
    assert bare_weight(layer) is None
    handle.remove()
    assert bare_weight(layer) is layer.weight


@pytest.mark.parametrize("wrap", [lambda layer: layer, nn.Sequential])
def test_split_rows_are_parts_of_the_product(wrap):
    layer, h = plain(), random(2, 3)
    first, others = split_rows(wrap(layer), 2)
    assert gap(torch.cat([first(h), others(h)], dim=1), layer(h)) <= TIGHT
