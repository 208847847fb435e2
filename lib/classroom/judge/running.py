"""The student's notebook, running: cells replayed in a session, and again without those that broke one."""

from dataclasses import dataclass, field

from classroom.judge.proxies import Clock, Proxy
from classroom.judge.reading import StudentCell
from classroom.limits import Limits
from classroom.outcome import CellOutput
from classroom.sandbox.session import Session, SessionLost, StudentError
from classroom.sandbox.warm import WarmSandbox


class OutOfTime(Exception):
    """The time for the whole submission is over."""


@dataclass
class Running:
    """Hands out a session in which all cells have run; makes a new one when the last was lost.

    A cell that ends its session (a hang, a crash) is left out from then on: it costs its own task only.
    """

    cells: list[StudentCell]
    warm: WarmSandbox
    limits: Limits
    clock: Clock = field(default_factory=Clock)
    broken: dict[int, str] = field(default_factory=dict)
    outputs: dict[int, CellOutput] = field(default_factory=dict)
    _session: Session | None = None
    _left_out: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        self.until = self.clock.now() + self.limits.submission_seconds

    def session(self, left_out: frozenset[int] = frozenset()) -> Session:
        """Return a session in which all cells but some have run.

        Args:
            left_out: places of the cells that must not have run

        Raises:
            OutOfTime: the submission's time is over
        """
        if left_out != self._left_out:
            self.lose()
            self._left_out = left_out
        while self._session is None:
            self.check_time()
            self._session = self._replay()
        return self._session

    def lose(self) -> None:
        """End the session, for good."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def leave(self) -> None:
        """End the session for good, without waiting until its processes are gone."""
        if self._session is not None:
            self.warm.leave(self._session)
            self._session = None

    def check_time(self) -> None:
        if self.clock.left(self.until) <= 0:
            self.lose()
            raise OutOfTime

    def _replay(self) -> Session | None:
        session = self.warm.open(self.clock)
        session.wrap_handles(lambda session, handle: Proxy(session, handle, self.clock))
        for cell in self.cells:
            if cell.index in self.broken or cell.index in self._left_out:
                continue
            deadline = min(self.clock.now() + self.limits.cell_seconds, self.until)
            try:
                self._keep(cell.index, session.ask("run", deadline, source=cell.source, label=cell.label))
            except StudentError as error:
                self._keep(cell.index, ("", error.text))
            except SessionLost as lost:
                seconds = f" of {self.limits.cell_seconds:g} s" if str(lost) == "time limit" else ""
                self.broken[cell.index] = f"{lost}{seconds}"
                self.outputs.setdefault(cell.index, CellOutput(cell.index, "", f"ended: {lost}{seconds}"))
                return None
        return session

    def _keep(self, index: int, answer: object) -> None:
        """Keep what a cell printed the first time, before the student's code has seen a hidden input."""
        if index in self.outputs:
            return
        right = type(answer) is tuple and len(answer) == 2 and type(answer[0]) is str
        text, error = answer if right else ("", "")
        size = self.limits.output_kb * 1024 + 100
        self.outputs[index] = CellOutput(index, text[:size], error[:4000] if type(error) is str else "")
