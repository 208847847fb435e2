"""Every public name has a complete docstring, in one order, and files and functions stay small.

A public name is one in the ``__all__`` of a part of seqgraph. The order: one line, equation, Where, Shape,
Args, Returns, Raises, Source, Differs, Example. What a class inherits it need not say again. A function that
returns one thing may tell it in its one line; one whose body has three lines or fewer, argument checks not
counted, tells there what it raises, too.
"""

import ast
import importlib
import inspect
import re
import textwrap
from pathlib import Path

import pytest
from torch import nn

from seqgraph.core.expect import expect_size

ROOT = Path(__file__).resolve().parent.parent
LIB = ROOT / "lib"
ORDER = ("Where", "Shape", "Args", "Returns", "Raises", "Source", "Differs", "Example")
HEADING = re.compile(r"^([A-Z][a-z]+):[ \t]*$", re.MULTILINE)
SOURCE_KEY = re.compile(r"\[(\w+)\]")
EQUATION = re.compile(r"^(\.\. math::|\$\$)", re.MULTILINE)
KEYS = set(
    re.findall(r"^@\w+\{([^,\s]+),", (ROOT / "chapters/references.bib").read_text("utf-8"), re.MULTILINE)
)
MAX_FILE = 200
MAX_SHORT = 3
MAX_DOCSTRINGS = 0.40
MAX_FUNCTION = 40
MAX_ARGUMENTS = 6


def public_names() -> list[tuple[str, object]]:
    found = []
    for path in sorted(LIB.glob("seqgraph/*/__init__.py")):
        module = importlib.import_module(f"seqgraph.{path.parent.name}")
        found += [(f"{module.__name__}.{name}", getattr(module, name)) for name in module.__all__]
    # A constant is told by its value; its module says what it is for.
    return [(name, value) for name, value in found if inspect.isclass(value) or inspect.isroutine(value)]


def sections(docstring: str) -> tuple[str, dict[str, str]]:
    """Return the text before the first heading, and the text under each heading, in the order written."""
    head, *rest = HEADING.split(inspect.cleandoc(docstring))
    return head, dict(zip(rest[::2], rest[1::2], strict=True))


def incomplete(value) -> list[str]:
    """Return what a public name's docstring lacks."""
    docstring = vars(value).get("__doc__") if inspect.isclass(value) else value.__doc__
    if not docstring:
        return ["no docstring"]
    if _is_plain_tuple(value, docstring):
        return [] if _is_line(docstring) else ["the first line is no sentence"]
    head, found = sections(docstring)
    wrong = [] if _is_line(head) else ["the first line is no sentence"]
    if unknown := [name for name in found if name not in ORDER]:
        wrong.append(f"unknown sections {unknown}")
    if list(found) != sorted(found, key=[*ORDER, *unknown].index):
        wrong.append(f"sections out of order: {list(found)}")
    names = HEADING.findall(inspect.cleandoc(docstring))
    if len(names) > len(found):
        wrong.append("a section stands twice")
    if not EQUATION.search(head) and EQUATION.search(inspect.cleandoc(docstring)):
        wrong.append("the equation comes after a section")
    wrong += [f"no {name}:" for name in _needed(value) if not found.get(name, "").strip()]
    wrong += _argument_faults(value, found.get("Args", ""))
    wrong += _source_faults(found.get("Source", ""))
    if "Example" in found and ">>>" not in found["Example"]:
        wrong.append("Example: has no doctest")
    return wrong


def _is_line(head: str) -> bool:
    first = inspect.cleandoc(head).split("\n\n")[0]
    return "\n" not in first and first.endswith(".") and first[:1].isupper()


def _is_plain_tuple(value, docstring: str) -> bool:
    """A named tuple that only holds results tells its fields one by one, below each field."""
    return (
        inspect.isclass(value) and issubclass(value, tuple) and hasattr(value, "_fields") and bool(docstring)
    )


def _needed(value) -> list[str]:
    needed = ["Example"]
    if _arguments(value):
        needed.append("Args")
    if inspect.isclass(value):
        if issubclass(value, nn.Module) and not _inherits_shape(value):
            needed.append("Shape")
        if _raises(value):
            needed.append("Raises")
    elif _body_lines(value) > MAX_SHORT:
        if _returns_several(value):
            needed.append("Returns")
        if _raises(value):
            needed.append("Raises")
    return needed


def _inherits_shape(kind: type) -> bool:
    """Whether a base class of the library says which shapes go in and come out."""
    bases = [base for base in kind.__mro__[1:] if base.__module__.startswith("seqgraph")]
    return any("Shape" in sections(base.__doc__ or "")[1] for base in bases)


def _returns_several(function) -> bool:
    """Whether a plain tuple comes back; a named one describes its fields."""
    returned = ast.unparse(_definition(function).returns or ast.Constant(None))
    return returned.startswith("tuple[") and "..." not in returned


def _body_lines(function) -> int:
    """The lines of a function without its docstring and without the checks of its arguments."""
    node = _definition(function)
    checks = [part for part in node.body if _is_check(part)]
    return code_lines(node) - sum(part.end_lineno - part.lineno + 1 for part in checks)


def _is_check(part: ast.stmt) -> bool:
    call = part.value if isinstance(part, ast.Expr) else None
    return isinstance(call, ast.Call) and getattr(call.func, "id", "").lstrip("_").startswith("expect")


def _definition(function) -> ast.FunctionDef:
    return ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]


def _arguments(value) -> list[str]:
    if inspect.isclass(value) and issubclass(value, BaseException):
        return []
    try:
        parameters = inspect.signature(value).parameters
    except ValueError:
        return []
    return [name for name in parameters if name not in ("self", "args", "kwargs")]


def _raises(value) -> bool:
    """Return whether the body of a function, or of the methods that a class defines, raises."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(value)))
    return any(isinstance(node, ast.Raise) and node.exc is not None for node in ast.walk(tree))


def _argument_faults(value, text: str) -> list[str]:
    named = re.findall(r"^\s{4}(?:\*{0,2})(\w+(?:, \w+)*)(?: \([^)]*\))?:", text, re.MULTILINE)
    told = [name for names in named for name in names.split(", ")]
    arguments = _arguments(value)
    wrong = [f"Args: does not name {name}" for name in arguments if name not in told]
    wrong += [
        f"Args: names {name}, which is no argument" for name in told if name not in _all_parameters(value)
    ]
    ordered = [name for name in told if name in arguments]
    if not wrong and ordered != arguments:
        wrong.append(f"Args: order is {ordered}, the signature's is {arguments}")
    return wrong


def _all_parameters(value) -> list[str]:
    try:
        return list(inspect.signature(value).parameters)
    except ValueError:
        return []


def _source_faults(text: str) -> list[str]:
    return [
        f"Source: [{key}] is not in chapters/references.bib"
        for key in SOURCE_KEY.findall(text)
        if key not in KEYS
    ]


PUBLIC = public_names()


@pytest.mark.parametrize(("name", "value"), PUBLIC, ids=[name for name, _ in PUBLIC])
def test_the_docstring_of_a_public_name_is_complete(name, value):
    assert incomplete(value) == []


def test_there_are_public_names_and_sources():
    assert len(PUBLIC) > 20
    assert len(KEYS) > 10


FUNCTIONS = [
    (path.relative_to(LIB), node)
    for path in sorted(LIB.rglob("*.py"))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
]


def code_lines(node: ast.FunctionDef) -> int:
    """Return the lines of a function without its docstring, which may be as long as it must."""
    body = node.body
    if ast.get_docstring(node, clean=False) is not None:
        body = body[1:]
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def docstring_lines(tree: ast.Module) -> int:
    """Count the lines of all docstrings, and of the texts below the fields of result tuples."""
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Expr))
    return sum(t.end_lineno - t.lineno + 1 for t in texts if isinstance(getattr(t, "value", None), str))


def test_docstrings_are_at_most_two_fifths_of_the_library():
    files = [path.read_text(encoding="utf-8") for path in LIB.glob("seqgraph/**/*.py")]
    told = sum(docstring_lines(ast.parse(text)) for text in files)
    assert told / sum(len(text.splitlines()) for text in files) <= MAX_DOCSTRINGS


def test_no_file_is_longer_than_200_lines():
    long = {
        str(path.relative_to(LIB)): len(path.read_text("utf-8").splitlines()) for path in LIB.rglob("*.py")
    }
    assert {name: lines for name, lines in long.items() if lines > MAX_FILE} == {}


def test_no_function_is_longer_than_40_lines():
    long = {f"{path}:{node.name}": code_lines(node) for path, node in FUNCTIONS}
    assert {name: lines for name, lines in long.items() if lines > MAX_FUNCTION} == {}


def test_no_constructor_has_more_than_6_arguments():
    count = {
        f"{path}:{node.lineno}": len(node.args.args) + len(node.args.kwonlyargs) - 1
        for path, node in FUNCTIONS
        if node.name == "__init__"
    }
    assert {name: arguments for name, arguments in count.items() if arguments > MAX_ARGUMENTS} == {}


GOOD = """Add two numbers.

    .. math:: a + b

    Args:
        a: one number.
        b: the other number.

    Returns:
        Their sum and their product.

    Raises:
        ValueError: a is negative.

    Source:
        [elman1990finding]

    Example:
        >>> 1 + 1
        2
    """


def add(a: int, b: int) -> tuple[int, int]:
    if a < 0:
        raise ValueError("a")
    total = a + b
    return total, a * b


def one_sum(a: int, b: int) -> int:
    if a < 0:
        raise ValueError("a")
    total = a + b
    return total


def checked_sum(a: int, b: int) -> tuple[int, int]:
    expect_size("checked_sum", "a", a)
    expect_size("checked_sum", "b", b)
    total = a + b
    return total, a * b


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Add two numbers.", "add two numbers", "the first line is no sentence"),
        ("b: the other", "c: the other", "Args: does not name b"),
        ("b: the other", "c: the other", "Args: names c, which is no argument"),
        ("Returns:", "Gives:", "unknown sections ['Gives']"),
        ("Returns:", "Gives:", "no Returns:"),
        ("Raises:\n        ValueError: a is negative.\n", "", "no Raises:"),
        ("elman1990", "nobody1900", "Source: [nobody1900finding] is not in chapters/references.bib"),
        (">>> 1 + 1", "1 + 1", "Example: has no doctest"),
        ("Example:\n        >>> 1 + 1\n        2\n", "", "no Example:"),
        (
            "Add two numbers.\n",
            "Add two numbers.\n\n    Source:\n        [elman1990finding]\n",
            "the equation comes after a section",
        ),
    ],
)
def test_a_planted_fault_is_found(old, new, fault):
    assert old in GOOD
    add.__doc__ = GOOD.replace(old, new, 1)
    assert fault in incomplete(add)


def test_sections_in_the_wrong_order_are_found():
    add.__doc__ = GOOD.replace("Returns:", "X:").replace("Raises:", "Returns:").replace("X:", "Raises:")
    assert any(fault.startswith("sections out of order") for fault in incomplete(add))


def test_one_result_or_a_short_body_is_told_in_the_one_line():
    text = GOOD.replace("Returns:\n        Their sum and their product.\n\n    ", "")
    assert text != GOOD
    for function, faults in ((add, ["no Returns:"]), (one_sum, []), (checked_sum, [])):
        function.__doc__ = text
        assert incomplete(function) == faults


def test_a_complete_docstring_passes():
    add.__doc__ = GOOD
    assert incomplete(add) == []
    add.__doc__ = None
    assert incomplete(add) == ["no docstring"]
