"""The digits are scikit-learn's, in either order, with a fixed split."""

import sys

import pytest
import torch

from seqgraph.data import digits
from tests.checks.numbers import same_bits

sklearn_datasets = pytest.importorskip("sklearn.datasets", reason="scikit-learn is not installed")


def test_shapes_values_and_types():
    for order, shape in (("pixels", (64, 1)), ("rows", (8, 8))):
        x_train, y_train, x_test, y_test = digits(order)
        assert x_train.shape == (1000, *shape)
        assert x_test.shape == (797, *shape)
        assert x_train.dtype == torch.float32
        assert y_train.dtype == y_test.dtype == torch.int64
        assert (x_train.min(), x_train.max()) == (0, 1)
        assert same_bits(torch.cat([y_train, y_test]).unique(), torch.arange(10))


def test_pixels_are_the_rows_read_one_after_the_other():
    pixels, rows = digits("pixels"), digits("rows")
    assert same_bits(pixels.x_train[:, :, 0], rows.x_train.flatten(1))
    assert same_bits(pixels.y_train, rows.y_train)


def test_training_and_test_images_together_are_the_data_set_once():
    def as_rows(x, y):
        return sorted((*image, label) for image, label in zip(x.tolist(), y.tolist(), strict=True))

    x, y = sklearn_datasets.load_digits(return_X_y=True)
    ours = digits()
    together = torch.cat([ours.x_train, ours.x_test])[:, :, 0] * 16
    assert as_rows(together, torch.cat([ours.y_train, ours.y_test])) == as_rows(x, y)


def test_the_split_is_fixed_and_stratified():
    first, second = digits(), digits()
    assert same_bits(first, second)
    whole = torch.cat([first.y_train, first.y_test]).bincount()
    assert (first.y_train.bincount() - whole * 1000 / 1797).abs().max() <= 1
    assert first.y_train[:12].tolist() == [1, 1, 9, 7, 9, 4, 1, 1, 1, 6, 5, 9]


def test_the_default_dtype_is_followed():
    torch.set_default_dtype(torch.float64)
    try:
        assert digits("rows").x_train.dtype == torch.float64
    finally:
        torch.set_default_dtype(torch.float32)


@pytest.mark.errors
@pytest.mark.parametrize("order", ["columns", "", None, 8])
def test_a_wrong_order_is_refused(order):
    with pytest.raises(ValueError, match=r"digits: order must be one of \['pixels', 'rows'\], got"):
        digits(order)


@pytest.mark.errors
def test_without_scikit_learn_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(ImportError, match=r"digits needs sklearn: pip install '.\[data\]'"):
        digits()
