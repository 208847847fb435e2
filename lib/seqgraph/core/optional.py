"""Packages that only a part of the library needs."""

import importlib
from types import ModuleType


def need(module: str, who: str, extra: str) -> ModuleType:
    """Import an optional module, or raise ImportError that says which extra brings it."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.split(".")[0]
        raise ImportError(f"{who} needs {package}: pip install '.[{extra}]'") from error
