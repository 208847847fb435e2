"""Routes that would skip the work, found in the source text of the student's cells."""

import ast
from collections.abc import Iterator
from functools import cache, lru_cache

from classroom.inside.cells import without_magics

# Ways to reach a name without writing it.
INDIRECT = frozenset(
    "getattr setattr delattr eval exec compile __import__ globals locals vars breakpoint attrgetter "
    "methodcaller getmembers getattr_static import_module".split()
)
HIDDEN = INDIRECT | frozenset(
    "ops jit hub library fx package export load loads save utils backends overrides sys builtins "
    "importlib inspect ctypes ctypeslib testing runstring distutils f2py get_field vformat Formatter "
    "get_type_hints ForwardRef pickle serialization find_class update_wrapper wraps singledispatch "
    "singledispatchmethod".split()
)
USUAL_DUNDERS = frozenset(
    "__init__ __call__ __name__ __doc__ __len__ __getitem__ __setitem__ __iter__ __next__ __repr__ "
    "__str__ __eq__ __post_init__ __version__ __add__ __mul__ __matmul__ __neg__ __sub__ __truediv__ "
    "__enter__ __exit__ __class__ __new__ __radd__ __rmul__ __rsub__ __hash__ __lt__ __bool__ "
    "__contains__ __main__".split()
)
IMPORTS = frozenset(
    "torch numpy math cmath itertools functools collections typing dataclasses random time copy "
    "matplotlib fractions statistics abc enum warnings string re textwrap pprint contextlib decimal "
    "numbers __future__".split()
)
TORCH_PARTS = frozenset(
    "torch torch.nn torch.nn.functional torch.nn.init torch.autograd torch.linalg torch.optim "
    "torch.fft".split()
)
UNREADABLE = "is no Python that the grader can read"
SHOWN = 60


def banned_routes(source: str, banned: tuple[str, ...]) -> list[str]:
    """Return each route in a cell's source that its task does not allow, in words; [] if nothing is banned.

    Args:
        source: the text of one cell; what cannot be read is a route, since it might yet be run
        banned: names, as attribute, import, keyword or text: ``("LSTM", "LSTMCell")``; case does not matter
    """
    if not banned:
        return []
    facts = _facts(source)
    if facts is None:
        return [UNREADABLE]
    names = frozenset(name.lower() for name in banned)
    return list(dict.fromkeys(words for fact in facts if (words := _route(fact, names))))


@cache
def _private_to_torch() -> frozenset[str]:
    """Return PyTorch's own private names: calling a variable `self` does not make them a student's."""
    import torch

    parts = (torch, torch.nn, torch.nn.functional, torch.autograd, torch.Tensor)
    return frozenset(name for part in parts for name in dir(part) if name.startswith("_"))


@lru_cache(maxsize=256)
def _facts(source: str) -> tuple[tuple[str, ...], ...] | None:
    """Return what a cell names, as (kind, name, ...), each once; None if it is no Python.

    The same magic lines are left out as when it is run.
    """
    try:
        nodes = list(ast.walk(ast.parse(without_magics(source))))
        # A text that stands alone is a remark.
        remarks = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        told = (node for node in nodes if not (isinstance(node, ast.Constant) and id(node) in remarks))
        return tuple(dict.fromkeys(fact for node in told for fact in _named(node)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _named(node: ast.AST) -> Iterator[tuple[str, ...]]:
    if isinstance(node, ast.Attribute):
        own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
        yield ("own" if own else "attribute", node.attr)
    elif isinstance(node, ast.Import):
        yield from (("import", alias.name, "") for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (("import", "." * node.level + (node.module or ""), alias.name) for alias in node.names)
    elif isinstance(node, ast.Name):
        yield ("name", node.id)
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield ("function", node.name)
    elif isinstance(node, ast.MatchClass):
        yield from (("attribute", name) for name in node.kwd_attrs)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield ("text", node.value[:SHOWN])


def _route(fact: tuple[str, ...], names: frozenset[str]) -> str | None:
    kind, name = fact[:2]
    if kind == "import":
        return _import(name, fact[2], names)
    if kind == "text":
        return f"names {name} in a text" if name.lower() in names else None
    if kind in ("attribute", "own") and name.lower() in names:
        return f"uses {name[:SHOWN]}"
    hidden = name in (INDIRECT if kind in ("name", "function") else HIDDEN)
    dunder = name.startswith("__") and name.endswith("__") and name not in USUAL_DUNDERS
    private = name.startswith("_") and name not in USUAL_DUNDERS and kind in ("attribute", "own")
    private = private and (kind == "attribute" or name in _private_to_torch())
    return f"reaches names in an indirect way ({name[:SHOWN]})" if hidden or dunder or private else None


def _import(module: str, name: str, names: frozenset[str]) -> str | None:
    parts, shown = module.split("."), module[:SHOWN]
    if module == "classroom.checks":
        return None
    if parts[0] not in IMPORTS:
        return f"imports {shown}, which this assignment does not need"
    if name == "*":
        return f"imports everything from {shown}: name what you need"
    for part in [*parts[1:], *([name] if name else [])]:
        if words := _route(("attribute", part), names):
            return words
    if parts[0] == "torch" and module not in TORCH_PARTS:
        return f"imports {shown}, which this assignment does not need"
    return None
