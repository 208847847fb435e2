"""The library's own code on a page."""

import ast
import inspect
import textwrap


def source(*objects) -> None:
    r"""Show the code of functions or methods, as it stands in the library, without docstrings.

    Args:
        objects: functions, methods or classes that were defined in a file.

    Raises:
        TypeError: nothing was given, or an object has no Python source.

    Example:
        >>> source(source)
        <IPython.core.display.Markdown object>
    """
    from IPython.display import Markdown, display

    if not objects:
        raise TypeError(
            "source: expected at least one function, method or class, got none."
        )
    display(
        Markdown("```python\n" + "\n\n".join(_code(obj) for obj in objects) + "\n```")
    )


def _code(obj) -> str:
    code = textwrap.dedent(inspect.getsource(obj)).rstrip()
    hidden: set[int] = set()
    for node in ast.walk(ast.parse(code)):
        documented = isinstance(
            node, ast.FunctionDef | ast.ClassDef
        ) and ast.get_docstring(node)
        if documented and len(node.body) > 1:
            hidden |= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    return "\n".join(
        line for number, line in enumerate(code.splitlines(), 1) if number not in hidden
    )
