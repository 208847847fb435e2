"""The checks of an exercise. No need to read them; they stand here so that PyTorch is all you need."""

import copy
import sys
from fractions import Fraction
from typing import Any

import torch

# How far apart two numbers may be, for each 1 of the expected number (and for all numbers below 1).
TOLERANCE = {torch.float64: 1e-9, torch.complex128: 1e-9, torch.float16: 1e-2, torch.bfloat16: 1e-2}
USUAL_TOLERANCE = 1e-5
NUMBERS = {float: torch.float64, complex: torch.complex128}
EXACT = (bool, int, str, type(None), Fraction, torch.dtype)


class CheckFailed(AssertionError):
    """A check did not hold; ``name`` says which."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


class Check:
    """Compare what came with what was expected; ``look`` says where to look when they differ."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed

    def close(self, name: str, got: Any, expected: Any, look: str = "", atol: float | None = None) -> None:
        """Demand the same type, dtype and shape, and numbers that agree up to rounding.

        A given ``atol`` is the largest difference allowed. Lists, tuples and dicts are compared item by item.
        """
        _demand(name, _difference(got, expected, True, atol), look)

    def equal(self, name: str, got: Any, expected: Any, look: str = "") -> None:
        """Demand the same type, dtype, shape and exactly the same values."""
        _demand(name, _difference(got, expected, False, None), look)

    def shape(self, name: str, got: Any, shape: Any, look: str = "") -> None:
        """Demand a tensor of this shape."""
        got = _plain(got)
        fits = type(got) is torch.Tensor and got.shape == tuple(shape)
        _demand(name, None if fits else (f"a tensor of shape {list(shape)}", _told(got), ""), look)

    def true(self, name: str, condition: Any, look: str = "") -> None:
        """Demand exactly True."""
        _demand(name, None if _plain(condition) is True else ("True", _told(condition), ""), look)

    def generator(self) -> torch.Generator:
        """Return a new source of random numbers; grading draws other numbers than your own run."""
        return torch.Generator().manual_seed(self._seed)


class Student:
    """Questions to your functions and modules that a plain call can't ask."""

    def grad(self, f: Any, *args: Any, wrt: Any = (0,), cotangent: Any = None, output: Any = None) -> tuple:
        """Return the gradients of ``sum(cotangent * f(*args)[output])`` by the arguments ``wrt``."""
        places = (wrt,) if type(wrt) is int else tuple(wrt)
        inputs = [a.detach().clone() if isinstance(a, torch.Tensor) else a for a in args]
        wanted = [inputs[place].requires_grad_() for place in places]
        with torch.enable_grad():
            result = f(*inputs) if output is None else f(*inputs)[output]
            if not isinstance(result, torch.Tensor):
                raise TypeError(f"expected a tensor to differentiate, got {_told(result)}")
            if cotangent is not None:
                check.shape("the shape of the result", result.detach(), cotangent.shape)
            total = result.sum() if cotangent is None else (cotangent * result).sum()
        if not total.requires_grad:
            return tuple(torch.zeros_like(tensor).detach() for tensor in wanted)
        return torch.autograd.grad(total, wanted, allow_unused=True, materialize_grads=True)

    def call_many(self, f: Any, argument_tuples: Any) -> list:
        """Return ``[f(*arguments) for arguments in argument_tuples]``."""
        return [f(*arguments) for arguments in argument_tuples]

    def arguments_after(self, f: Any, *args: Any) -> tuple:
        """Return ``f(*args)`` and the arguments as they are after the call."""
        copies = copy.deepcopy(args)
        return f(*copies), copies

    def raises(self, f: Any, *args: Any) -> str | None:
        """Return the name of the exception that ``f(*args)`` raises, or None."""
        try:
            f(*args)
        except Exception as error:
            return type(error).__name__
        return None

    def state_dict(self, module: Any) -> dict:
        """Return copies of the module's parameters and buffers by name."""
        return {name: tensor.detach().clone() for name, tensor in module.state_dict().items()}

    def load_state_dict(self, module: Any, tensors: Any) -> None:
        """Set the module's parameters and buffers; the names must be the module's own."""
        module.load_state_dict(dict(tensors))

    def define(self, source: str, name: str) -> Any:
        """Run some code beside yours and return what it defines under ``name``."""
        names = dict(vars(sys.modules["__main__"]))
        exec(compile(source, "<given by the test>", "exec"), names)
        return names[name]


def _demand(name: str, difference: tuple[str, str, str] | None, look: str) -> None:
    if difference is not None:
        expected, got, at = difference
        got += " (does the function return its result?)" if got == "None" else ""
        place, hint = f" at {at}" if at else "", f" Look at: {look.rstrip('.')}." if look else ""
        raise CheckFailed(name, f"{name}: expected {expected}{place}, got {got}.{hint}")


def _plain(value: Any) -> Any:
    """Return a parameter as its tensor, a shape as a tuple, a NumPy number as Python's."""
    kind = type(value)
    if kind in (torch.nn.Parameter, torch.Size):
        return tuple(value) if kind is torch.Size else torch.Tensor.detach(value)
    is_number = kind.__module__ == "numpy" and kind.__name__ != "ndarray" and hasattr(kind, "item")
    return value.item() if is_number else value


def _told(value: Any) -> str:
    """Say in a few words what a value is."""
    value, kind = _plain(value), type(_plain(value))
    if kind is torch.Tensor:
        return f"a {str(value.dtype)[6:]} tensor of shape {list(value.shape)}"
    if kind in (list, tuple, dict):
        return f"a {kind.__name__} of {len(value)} items"
    if kind in (*EXACT, *NUMBERS):
        named = kind in (int, float, complex, str, Fraction)
        return f"the {kind.__name__} {_number(value)}" if named else str(value)
    return f"an object of class {kind.__name__}"


def _number(value: Any) -> str:
    text = f"{value:.6g}" if type(value) in (float, complex) else repr(value)
    return text if len(text) <= 60 else text[:60] + "..."


def _difference(got: Any, expected: Any, close: bool, atol: float | None, at: str = "") -> Any:
    """Return None, or of the first difference: what was expected, what came, and where."""
    got, expected = _plain(got), _plain(expected)
    kind = type(expected)
    # Exact types: a subclass could bring its own idea of what is equal.
    if type(got) is not kind:
        return _told(expected), _told(got), at
    if kind in (list, tuple, dict):
        return _items_difference(got, expected, close, atol, at)
    if kind in EXACT or (kind in NUMBERS and got == expected):
        return None if got == expected else (_told(expected), _told(got), at)
    if kind is torch.Tensor:
        got, expected = torch.Tensor.detach(got).cpu(), torch.Tensor.detach(expected).cpu()
    elif kind in NUMBERS or kind.__name__ == "ndarray":
        got, expected = (torch.tensor(value, dtype=NUMBERS.get(kind)) for value in (got, expected))
    else:
        raise TypeError(f"a check compares tensors, numbers, texts and lists of these, not {kind.__name__}")
    if got.dtype != expected.dtype or got.shape != expected.shape or got.layout != expected.layout:
        return _told(expected), _told(got) + _advice(got, expected), at
    return None if torch.equal(got, expected) else _entries_difference(got, expected, close, atol, at)


def _items_difference(got: Any, expected: Any, close: bool, atol: float | None, at: str) -> Any:
    keys, found = (list(v if type(v) is dict else range(len(v))) for v in (expected, got))
    if {(type(key), key) for key in keys} != {(type(key), key) for key in found}:
        told = (_told(expected), _told(got)) if type(expected) is not dict else (f"keys {keys}", f"{found}")
        return told[0][:300], told[1][:300], at
    pairs = ((got[key], expected[key], f"{at}[{key!r}]") for key in keys)
    return next(filter(None, (_difference(g, e, close, atol, place) for g, e, place in pairs)), None)


def _entries_difference(got: Any, expected: Any, close: bool, atol: float | None, at: str) -> Any:
    dtype, wide = expected.dtype, torch.complex128 if expected.dtype.is_complex else torch.float64
    gap, size = (got.to(wide) - expected.to(wide)).abs(), expected.to(wide).abs()
    agree = (got == expected) | (got.isnan() & expected.isnan())
    if close and (dtype.is_floating_point or dtype.is_complex):
        allowed = TOLERANCE.get(dtype, USUAL_TOLERANCE) * size.clamp(min=1) if atol is None else atol
        agree |= gap.isfinite() & size.isfinite() & (gap <= allowed)
    if agree.all():
        return None
    index = torch.nonzero(~agree)[0].tolist()
    wanted, first = expected[tuple(index)].item(), got[tuple(index)].item()
    alike = _number(wanted) == _number(first)
    told = (repr(wanted), repr(first)) if alike else (_number(wanted), _number(first))
    count = f"{int((~agree).sum())} of {agree.numel()} entries differ, " if index else ""
    gaps = gap[~agree & gap.isfinite()]
    largest = f"largest difference {_number(gaps.max().item())}" if len(gaps) else "no finite difference"
    return told[0], f"{told[1]} ({count}{largest})", at + (str(index) if index else "")


def _advice(got: torch.Tensor, expected: torch.Tensor) -> str:
    if got.shape != expected.shape:
        return " (shapes must agree exactly, also where they would broadcast)"
    return " (whole numbers?)" if expected.is_floating_point() and not got.is_floating_point() else ""


check = Check()
student = Student()
