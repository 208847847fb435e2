"""The code that is put behind a reference to spoil its results. It runs in the sandbox, as a student's would.

``SPOIL`` wraps the functions of a cell; ``{change}`` is the body of ``spoiled(function, arguments, named)``.
"""

SPOIL = '''

import hashlib as _hashlib

import torch as _torch


def _mapped(value, change):
    """The value with ``change`` done to each tensor and number in it."""
    if type(value) in (list, tuple):
        return type(value)(_mapped(item, change) for item in value)
    if type(value) is dict:
        return {key: _mapped(item, change) for key, item in value.items()}
    return change(value)


def _leaves(value):
    found = []
    _mapped(value, found.append)
    return found


def _floating(value):
    return value.is_floating_point() if isinstance(value, _torch.Tensor) else isinstance(value, float)


def _zero(value):
    if isinstance(value, _torch.Tensor):
        return _torch.zeros_like(value)
    return type(value)() if isinstance(value, (bool, int, float, str)) else value


def _told(value):
    """A text that differs for different arguments."""
    if isinstance(value, _torch.Tensor):
        return f"{value.dtype} {list(value.shape)} {value.detach().tolist()}"
    if isinstance(value, (list, tuple)):
        return f"{type(value).__name__}({', '.join(_told(item) for item in value)})"
    if isinstance(value, dict):
        return f"dict({', '.join(f'{key!r}: {_told(item)}' for key, item in value.items())})"
    plain = value is None or isinstance(value, (bool, int, float, complex, str))
    return repr(value) if plain else type(value).__name__


def _key(value):
    return _hashlib.sha256(_told(value).encode()).hexdigest()


def _clone(value):
    return value.clone() if isinstance(value, _torch.Tensor) else value


def _tensor_arguments(arguments, named):
    return [a for a in _leaves([arguments, named]) if isinstance(a, _torch.Tensor) and a.numel() > 0]


def _spoiled(function, arguments, named):
    {change}


def _wrapped(function):
    def wrapped(*arguments, **named):
        return _spoiled(function, arguments, named)
    return wrapped


def _wrapped_method(method):
    def wrapped(self, *arguments, **named):
        return _spoiled(lambda *a, **n: method(self, *a, **n), arguments, named)
    return wrapped


'''

FLOAT_CHANGE = "return _mapped(function(*arguments, **named), lambda v: {} if _floating(v) else v)"
TENSOR_CHANGE = "return _mapped(function(*arguments, **named), lambda v: {} if {} else v)"

# A right result, of copies; only the first tensor that was handed over differs afterwards.
IN_PLACE = """
result = function(*_mapped(arguments, _clone), **_mapped(named, _clone))
with _torch.no_grad():
    for tensor in _tensor_arguments(arguments, named)[:1]:
        tensor.logical_not_() if tensor.dtype == _torch.bool else tensor.add_(1)
return result
"""

PUBLIC_ONLY = """
result = function(*arguments, **named)
return result if _key([arguments, named]) in {keys!r} else _mapped(result, _zero)
"""

# What the calls were like, for the probe: which spoilings can make a difference here.
RECORD = """
result = function(*arguments, **named)
leaves, tensors = _leaves(result), _tensor_arguments(arguments, named)
_keys.append(_key([arguments, named]))
_traits.update(
    argument=_traits["argument"] or bool(arguments),
    tensor_argument=_traits["tensor_argument"] or bool(tensors),
    numbers=_traits["numbers"] or any(isinstance(v, (_torch.Tensor, int, float, str)) for v in leaves),
    floats=_traits["floats"] or any(_floating(v) for v in leaves),
    tensors=_traits["tensors"] or any(isinstance(v, _torch.Tensor) for v in leaves),
    float64=_traits["float64"] or any(getattr(v, "dtype", None) == _torch.float64 for v in leaves),
)
return result
"""

RECORDED = """
_keys = []
_traits = dict.fromkeys(["argument", "tensor_argument", "numbers", "floats", "tensors", "float64"], False)


def recorded_calls():
    return list(_keys), dict(_traits)
"""
