"""What stands in the judge for an object of the student: it can be asked, and never decides anything."""

from collections.abc import Iterator
from typing import Any, NoReturn

from classroom.sandbox.session import Session, StudentError
from classroom.wire.clock import FairClock
from classroom.wire.values import Handle


class NoVerdict(TypeError):
    """A test asked an object of the student for a verdict (``==``, ``bool``, ...)."""


class Clock(FairClock):
    """A submission's clock, with the deadline that all requests of one test share."""

    def __init__(self) -> None:
        super().__init__()
        self.deadline = 0.0

    def start(self, seconds: float, at_most: float) -> None:
        """Start ``seconds`` from now, but never beyond ``at_most``."""
        self.deadline = min(self.now() + seconds, at_most)


class Proxy:
    """A student's function or object. Calls and questions go to the sandbox; plain values come back."""

    __slots__ = ("_clock", "_handle", "_session")

    def __init__(self, session: Session, handle: Handle, clock: Clock) -> None:
        object.__setattr__(self, "_session", session)
        object.__setattr__(self, "_handle", handle)
        object.__setattr__(self, "_clock", clock)

    @property
    def handle_of(self) -> Handle:
        """The handle to send when this object is handed back to the student's code."""
        return self._handle

    def ask(self, do: str, **values: Any) -> Any:
        return self._session.ask(do, self._clock.deadline, **values)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self.ask("call", function=self, arguments=list(arguments), named=named)

    def __getattr__(self, name: str) -> Any:
        # Python's own protocols (copy, pickle, NumPy, PyTorch) must not reach the student's object.
        if name.startswith("__"):
            raise AttributeError(name)
        return self.ask("attribute", thing=self, name=name)

    def __getitem__(self, key: Any) -> Any:
        return self.ask("item", thing=self, key=key)

    def __len__(self) -> int:
        try:
            length = self.ask("length", thing=self)
        except StudentError as error:
            raise NoVerdict("a student's object has no length") from error
        if type(length) is not int or length < 0:
            raise NoVerdict("a student's object has no length")
        return length

    def __iter__(self) -> Iterator[Any]:
        items = self.ask("items", thing=self)
        if type(items) is not list:
            raise NoVerdict("a student's object has no items")
        return iter(items)

    def __repr__(self) -> str:
        return f"<the student's {self._handle.kind}>"

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError("a test can't change an attribute of a student's object")

    def _no_verdict(self, *others: Any) -> NoReturn:
        raise NoVerdict("expected a plain value (number, tensor, list, ...), got an object")

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __contains__ = _no_verdict
    __int__ = __float__ = __complex__ = __index__ = __hash__ = _no_verdict
