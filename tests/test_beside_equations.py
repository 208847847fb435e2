"""The code that stands beside an equation is the library's own, line by line."""

import re
from pathlib import Path

import pytest

from classroom.normal_form import joined
from classroom.notebooks import chapters, read

ROOT = Path(__file__).resolve().parent.parent
PAIR = re.compile(r"^::::\{div\} equation-and-code$(.*?)^::::$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FORMULA = re.compile(r"^\$\$\n.*?^\$\$", re.MULTILINE | re.DOTALL)


def lines(code: str) -> str:
    """Code without indentation and empty lines, between line ends."""
    return "\n" + "\n".join(line.strip() for line in code.splitlines() if line.strip()) + "\n"


LIBRARY = [lines(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "lib/seqgraph").rglob("*.py"))]


def wrong(text: str) -> list[str]:
    """What is not as it should be in the pairs of a text."""
    found = []
    for pair in PAIR.findall(text):
        codes = CODE.findall(pair)
        if len(codes) != 1 or len(FORMULA.findall(pair)) != 1:
            found.append(f"a pair holds one formula and one piece of code: {pair.strip()[:60]!r}")
        found += [
            f"is not in the library: {code!r}"
            for code in codes
            if not any(lines(code) in one for one in LIBRARY)
        ]
    return found


@pytest.mark.parametrize("path", chapters(ROOT), ids=lambda path: path.stem)
def test_code_beside_equations_is_the_library_s(path):
    cells = [joined(cell["source"]) for cell in read(path)[0]["cells"] if cell["cell_type"] == "markdown"]
    assert [fault for text in cells for fault in wrong(text)] == []
    assert sum(text.count("equation-and-code") for text in cells) == sum(
        len(PAIR.findall(text)) for text in cells
    )


GOOD = """::::{div} equation-and-code
:::{div}
$$
h_t = o_t \\odot \\tanh(c_t)
$$ (eq-x)
:::
:::{div}
```python
h = o * torch.tanh(c)
return h, LSTMState(h, c)
```
:::
::::
"""


def test_the_library_s_lines_pass():
    assert wrong(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("o * torch", "i * torch"),
        ("return h,", "x = 1\nreturn h,"),
        ("$$ (eq-x)", "(eq-x)"),
        ("```python", "```"),
    ],
)
def test_a_planted_change_is_found(old, new):
    assert wrong(GOOD.replace(old, new)) != []
