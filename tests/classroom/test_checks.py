"""The checks of an exercise: what they accept, what they refuse, and that their words teach."""

import ast
import re
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import torch

from classroom import checks
from classroom.checks import Check, CheckFailed, check, student

ONES = torch.ones(2, 3)


class AlwaysEqual:
    def __eq__(self, other):
        return True

    __hash__ = None


class AgreeableTensor(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return True


class Many(list):
    def __eq__(self, other):
        return True

    __hash__ = None


def words(question, *arguments, **named):
    with pytest.raises(CheckFailed) as caught:
        question("h", *arguments, **named)
    assert caught.value.name == "h"
    return str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        ONES,
        torch.zeros(0, 3),
        torch.tensor(2.0),
        torch.tensor([1 + 2j]),
        torch.tensor([True]),
        torch.tensor([float("nan"), float("inf"), -float("inf")]),
        torch.nn.Parameter(torch.ones(2)),
        0.5,
        float("nan"),
        float("-inf"),
        1j,
        3,
        10**400,
        True,
        None,
        "text",
        Fraction(1, 3),
        np.eye(2),
        np.float64(0.5),
        torch.Size([1, 2]),
        [1, (ONES, 0.5), {"a": [ONES], 2: None}],
        {},
        (),
    ],
)
@pytest.mark.parametrize("question", [check.close, check.equal])
def test_a_value_agrees_with_itself(question, value):
    assert question("h", value, value) is None


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (None, ONES),
        (AlwaysEqual(), ONES),
        (AlwaysEqual(), 1.0),
        (AlwaysEqual(), None),
        (ONES.as_subclass(AgreeableTensor), ONES),
        (Many([1.0]), [1.0]),
        ([AlwaysEqual()], [1.0]),
        ({1: 0.0}, {True: 0.0}),
        ({"a": 0.0}, {"b": 0.0}),
        ([1.0, 2.0], [1.0]),
        ([1.0], (1.0,)),
        (ONES.double(), ONES),
        (ONES.int(), ONES),
        (ONES[0], ONES),
        (torch.ones(3, 1), torch.ones(3)),
        (ONES * float("nan"), ONES),
        (torch.tensor([float("inf")]), torch.tensor([-float("inf")])),
        (torch.tensor([1e30]), torch.tensor([float("inf")])),
        (torch.tensor([1.0]), torch.tensor([float("nan")])),
        (float("inf"), 1.0),
        (1, 1.0),
        (True, 1),
        (1.0, True),
        (torch.tensor(1.0), 1.0),
        (1.0, torch.tensor(1.0)),
        (np.eye(2), torch.eye(2)),
        (np.eye(2), np.eye(2, dtype=np.float32)),
        (Fraction(1, 3), 1 / 3),
        ("1", 1),
        (torch.float64, torch.float32),
        (0.5 + 1e-8, 0.5),
        (ONES + 1e-4, ONES),
        (ONES.to_sparse(), ONES),
    ],
)
@pytest.mark.parametrize("question", [check.close, check.equal])
def test_what_only_looks_alike_is_refused(question, got, expected):
    assert "expected " in words(question, got, expected)


def test_close_allows_rounding_of_the_dtype_and_equal_does_not():
    for dtype, small in ((torch.float64, 5e-10), (torch.float32, 5e-6), (torch.bfloat16, 7.8e-3)):
        one = torch.ones(1, dtype=dtype)
        check.close("h", one + small, one)
        words(check.equal, one + small, one)
        words(check.close, one + 20 * small, one)
        check.close("h", 1000 * (one + small), 1000 * one)


def test_a_given_tolerance_is_the_largest_difference_also_for_large_numbers():
    check.close("h", 1000.4, 1000.0, atol=0.5)
    words(check.close, 1000.6, 1000.0, atol=0.5)
    words(check.close, torch.tensor([2]), torch.tensor([1]), atol=5)


@pytest.mark.parametrize(
    ("got", "expected", "told"),
    [
        (None, ONES, "h: expected a float32 tensor of shape [2, 3], got None (does the function return"),
        (torch.ones(3), ONES, "got a float32 tensor of shape [3] (shapes must agree exactly"),
        (ONES.long(), ONES, "got a int64 tensor of shape [2, 3] (whole numbers?)"),
        (1, 1.0, "expected the float 1, got the int 1."),
        (AlwaysEqual(), 1.0, "got an object of class AlwaysEqual."),
        (ONES.as_subclass(AgreeableTensor), ONES, "got an object of class AgreeableTensor."),
        ([0.5, [ONES, ONES + torch.tensor([0, 0, 1])]], [0.5, [ONES, ONES]], " 1 at [1][1][0, 2], got 2 "),
        ({"a": 1.0}, {"b": 1.0}, "expected keys ['b'], got ['a']."),
        ([1.0] * 3, [1.0], "expected a list of 1 items, got a list of 3 items."),
        (ONES[0].index_fill(0, torch.tensor([1]), float("nan")), ONES[0], "got nan (1 of 3 entries differ"),
        (torch.tensor([0.5, 3]), torch.ones(2), "1 at [0], got 0.5 (2 of 2 entries differ, largest"),
        (1.0000001, 1.0, "expected 1.0, got 1.0000001 (largest difference 1e-07)."),
        ("a" * 500, "b", "got the str 'aaaa"),
    ],
)  # fmt: skip
def test_the_words_say_what_was_expected_what_came_and_where(got, expected, told):
    text = words(check.close, got, expected)
    assert told in text
    assert len(text) < 250


def test_the_hint_is_the_last_sentence():
    assert words(check.true, False, look="the sign.") == "h: expected True, got False. Look at: the sign."


def test_shape():
    check.shape("h", ONES, (2, 3))
    check.shape("h", torch.nn.Parameter(ONES), [2, 3])
    assert "expected a tensor of shape [3, 2], got a float32 tensor of shape [2, 3]." in words(
        check.shape, ONES, (3, 2)
    )
    words(check.shape, ONES.as_subclass(AgreeableTensor), (2, 3))
    words(check.shape, None, (2, 3))


@pytest.mark.parametrize("condition", [False, 1, None, torch.tensor(True), AlwaysEqual(), "True"])
def test_only_true_is_true(condition):
    words(check.true, condition)


def test_true_accepts_true_and_numpys_true():
    check.true("h", True)
    check.true("h", np.True_)


def test_a_test_that_compares_what_has_no_values_is_the_authors_fault():
    with pytest.raises(TypeError, match="not AlwaysEqual"):
        check.equal("h", AlwaysEqual(), AlwaysEqual())


def test_the_generator_starts_anew_each_time_and_follows_the_seed():
    draws = [torch.rand(2, generator=c.generator()) for c in (check, check, Check(7))]
    assert torch.equal(draws[0], draws[1])
    assert not torch.equal(draws[0], draws[2])


def test_gradients_by_any_argument_of_any_output():
    a, b, weight = torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0]), torch.tensor([1.0, 10.0])
    both = student.grad(lambda a, b: (a.sum(), a * b), a, b, wrt=(0, 1), cotangent=weight, output=1)
    check.equal("h", both, (weight * b, weight * a))
    assert not a.requires_grad
    check.equal("h", student.grad(lambda a, b: b * 2, a, b), (torch.zeros(2),))
    check.equal("h", student.grad(lambda a: torch.zeros(1), a, wrt=0), (torch.zeros(2),))
    with torch.no_grad():
        check.equal("h", student.grad(torch.sum, a), (torch.ones(2),))


def test_gradients_of_what_has_none_are_told():
    with pytest.raises(TypeError, match="expected a tensor to differentiate, got None"):
        student.grad(lambda a: None, torch.ones(1))
    with pytest.raises(
        CheckFailed, match=re.escape("expected a tensor of shape [2], got a float32 tensor of")
    ):
        student.grad(lambda a: a, torch.ones(1), cotangent=torch.ones(2))


def test_arguments_after_shows_changes_and_keeps_the_originals():
    def grow(items, tensor):
        items.append(1)
        return tensor.add_(1).sum()

    items, tensor = [], torch.zeros(2)
    result, after = student.arguments_after(grow, items, tensor)
    check.equal("h", (result, after), (torch.tensor(2.0), ([1], torch.ones(2))))
    check.equal("h", (items, tensor), ([], torch.zeros(2)))


def test_calls_exceptions_and_modules():
    assert student.call_many(max, [(1, 2), (5, 3)]) == [2, 5]
    assert student.raises(int, "x") == "ValueError"
    assert student.raises(int, "1") is None
    module = torch.nn.Linear(1, 1)
    student.load_state_dict(module, {"weight": torch.ones(1, 1), "bias": torch.ones(1)})
    check.equal("h", student.state_dict(module), {"weight": torch.ones(1, 1), "bias": torch.ones(1)})


def test_define_sees_the_students_names_and_leaves_them_alone(monkeypatch):
    monkeypatch.setattr(sys.modules["__main__"], "factor", 3, raising=False)
    assert student.define("def times(x):\n    return factor * x", "times")(2) == 6
    assert not hasattr(sys.modules["__main__"], "times")


def test_the_file_stands_alone_and_is_short_enough_to_embed():
    text = Path(checks.__file__).read_text(encoding="utf-8")
    imports = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name if isinstance(n, ast.Import) else n.module for n in imports for alias in n.names}
    assert {name for name in names if name not in sys.stdlib_module_names} == {"torch"}
    assert len(text.splitlines()) <= 200
