"""A small assignment with answers, good or with holes in its tests."""

from pathlib import Path
from textwrap import dedent

from tests.classroom.author.source_maker import cell, given, graded, save, solution

ABOUT = """\
title: Small
tasks:
  blend: {chapter: a/b, minutes: 1, level: 1, banned: [lerp], variants: [keeps, writes]}
  count: {chapter: a/b, minutes: 1, level: 1}
"""
BLEND = '''
def blend(old, new, z):
    """Mix two vectors."""
    ### BEGIN SOLUTION
    ### BEGIN VARIANT blend keeps
    return z * old + (1 - z) * new
    ### END VARIANT
    ### BEGIN VARIANT blend writes
    return (1 - z) * old + z * new
    ### END VARIANT
    ### END SOLUTION
'''
BLEND_TEST = """
one, two = torch.ones(2).double(), torch.full((2,), 2.0).double()
check.close("halves", blend(one, two, torch.full((2,), 0.5).double()), (one + two) / 2)
### BEGIN HIDDEN TESTS
a, b, z = torch.rand(3, 2, generator=check.generator(), dtype=torch.float64)
### BEGIN VARIANT blend keeps
expected = b + z * (a - b)
### END VARIANT
### BEGIN VARIANT blend writes
expected = a + z * (b - a)
### END VARIANT
got, after = student.arguments_after(blend, a, b, z)
check.close("drawn", got, expected)
check.equal("nothing changed", after, (a, b, z))
### END HIDDEN TESTS
"""
COUNT = """
def count(numbers, least=0):
    ### BEGIN SOLUTION
    return sum(1 for number in numbers if number > least)
    ### END SOLUTION
"""
COUNT_TEST = """
check.equal("one of two", count([1, -1]), 1)
### BEGIN HIDDEN TESTS
check.equal("none", count([]), 0)
check.equal("zero is not positive", count([0, 1, 2, 3]), 3)
### END HIDDEN TESTS
"""
RIGHT = """
# task: blend
def blend(a, b, z):
    ### BEGIN VARIANT blend keeps
    a, b = b, a
    ### END VARIANT
    return a + z * (b - a)
# task: count
def count(numbers):
    return {count}
"""
WRONG = {
    "wrong-other": "# loses: count\n# task: count\ndef count(numbers):\n    return len(numbers)",
    "wrong-banned": "# loses: blend\n# task: blend\ndef blend(a, b, z):\n    return torch.lerp(a, b, z)",
}


def make(folder: Path, blend_test: str = BLEND_TEST, equal: str = "[]", **wrong: str) -> Path:
    """Write the assignment ``small`` and return the folder of exercises."""
    cells = [
        cell("markdown", "# Small"),
        given("tools", "from classroom.checks import check, student"),
        given("imports", "import torch"),
        solution("blend", BLEND),
        graded("blend-values", blend_test, points=2),
        solution("count", COUNT),
        graded("count-values", COUNT_TEST),
    ]
    exercises = save(folder, cells, ABOUT, "small")
    answers = exercises / "small" / "answers"
    answers.mkdir()
    counts = ("len([n for n in numbers if n > 0])", "sum(map(int, map((0).__lt__, numbers)))")
    for number, count in enumerate(counts, start=1):
        (answers / f"right-{number}.py").write_text(RIGHT.format(count=count))
    for name, text in (WRONG | wrong).items():
        (answers / f"{name}.py").write_text(dedent(text))
    (exercises / "small" / "equivalent-mutants.yml").write_text(dedent(equal))
    return exercises
