"""What grading one submission gives: points and reasons, as plain values that travel as JSON."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class TestResult:
    """One test cell: its points, and why some are missing (``reason``, in the grader's own words).

    ``message`` belongs to the public part of the test and may hold text of the student's code.
    """

    __test__ = False  # no test class of pytest's

    test: str
    task: str
    points: float
    max_points: float
    reason: str = ""
    message: str = ""


@dataclass(frozen=True)
class CellOutput:
    """What a student's cell printed, and the error it ended with."""

    cell: int
    text: str = ""
    error: str = ""


@dataclass(frozen=True)
class Outcome:
    """A graded submission (``status`` "graded"), or one that could not be read ("refused": 0 points)."""

    status: str
    reason: str
    tests: tuple[TestResult, ...]
    outputs: tuple[CellOutput, ...] = ()
    seconds: float = 0.0

    @property
    def points(self) -> float:
        return sum(test.points for test in self.tests)

    @property
    def max_points(self) -> float:
        return sum(test.max_points for test in self.tests)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Outcome":
        values = json.loads(text)
        tests = tuple(TestResult(**test) for test in values.pop("tests"))
        outputs = tuple(CellOutput(**output) for output in values.pop("outputs"))
        return cls(tests=tests, outputs=outputs, **values)
