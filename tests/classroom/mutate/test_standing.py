"""The spoiled references, run here without a sandbox: each must do what its name says."""

import pytest
import torch

from classroom.author.source import Task, TestCell
from classroom.mutate.standing import SPOILINGS, Recording, recorder, spoiled, spoilings, wrapped_names

SOLUTION = "def pair(x, y):\n    return x + y, [x * 1.5]"
TESTS = (TestCell("pair-a", "pair", "pair(1, 2)", 1.0),)
X, Y = torch.tensor([1.0, 2.0], dtype=torch.float64), torch.tensor([3.0, 4.0], dtype=torch.float64)
RIGHT = (X + Y, [X * 1.5])


def task(source=SOLUTION, tests=TESTS):
    return Task("pair", tests, source, "", "a/b", 1, 1, (), None)


def called(source, *arguments, name="pair"):
    names = {}
    exec(source, names)
    return names[name](*arguments), names


def way(name):
    return spoiled(task(), next(found.change for found in SPOILINGS if found.name == name))


def test_none_and_the_first_argument_and_an_error():
    assert called(way("returns None"), X, Y)[0] is None
    assert called(way("returns its first argument"), X, Y)[0] is X
    with pytest.raises(ValueError, match="spoiled"):
        called(way("raises"), X, Y)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("returns zeros", torch.zeros_like),
        ("returns NaN", lambda v: v * torch.nan),
        ("adds an axis", lambda v: v[None]),
        ("returns float32", lambda v: v.to(torch.float32)),
        ("adds 1e-3", lambda v: v + 1e-3),
    ],
)
def test_each_tensor_of_the_result_is_changed(name, change):
    (total, (more,)), _ = called(way(name), X, Y)
    expected = (change(RIGHT[0]), change(RIGHT[1][0]))
    torch.testing.assert_close((total, more), expected, equal_nan=True, rtol=0, atol=0)


def test_an_argument_is_changed_and_the_result_and_its_gradient_are_right():
    x = X.clone()
    result, _ = called(way("changes an argument"), x, Y)
    assert result[0].equal(RIGHT[0])
    assert x.equal(X + 1)
    x = X.clone().requires_grad_()
    result[0].sum()
    total = called(way("changes an argument"), x, Y)[0][0].sum()
    assert torch.autograd.grad(total, x)[0].equal(torch.ones_like(X))


def test_a_recorder_tells_calls_and_traits_and_changes_nothing():
    result, names = called(recorder(task()), X, Y)
    assert result[0].equal(RIGHT[0])
    keys, traits = names["recorded_calls"]()
    assert len(keys) == 1
    assert all(traits.values())
    keys, traits = called(recorder(task("def pair(x, y):\n    return x")), 1, 2)[1]["recorded_calls"]()
    assert {name for name, there in traits.items() if there} == {"argument", "numbers"}


def test_right_for_public_inputs_only():
    keys, traits = called(recorder(task()), X, Y)[1]["recorded_calls"]()
    found, skipped = spoilings(task(), Recording(keys, traits))
    source = found["is right for public inputs only"]
    assert called(source, X.clone(), Y)[0][0].equal(RIGHT[0])
    assert called(source, X + 1e-12, Y)[0][0].equal(torch.zeros_like(X))
    assert called(source, X.float(), Y)[0][0].equal(torch.zeros_like(X))
    assert skipped == {}


def test_what_would_change_nothing_is_left_out_with_the_reason():
    keys, traits = called(recorder(task("def pair(x, y):\n    return x")), 1, 2)[1]["recorded_calls"]()
    found, skipped = spoilings(task(), Recording(keys, traits))
    assert skipped == {
        "returns NaN": "no result is floating point",
        "adds 1e-3": "no result is floating point",
        "adds an axis": "no result is a tensor",
        "returns float32": "no result is a float64 tensor",
        "changes an argument": "no argument is a tensor",
    }
    assert len(found) + len(skipped) == len(SPOILINGS) + 1


def test_modules_are_spoiled_in_their_forward():
    source = "class pair(torch.nn.Module):\n    def forward(self, x):\n        return x * 2"
    made = task(source)
    assert wrapped_names(made) == ["pair.forward"]
    text = "import torch\n" + spoiled(made, SPOILINGS[1].change)
    names = {}
    exec(text, names)
    assert names["pair"]()(X).equal(torch.zeros_like(X))


def test_functions_that_no_test_reads_are_left_alone():
    assert wrapped_names(task(SOLUTION + "\ndef helper():\n    pass")) == ["pair"]
