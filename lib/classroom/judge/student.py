"""``student.*`` in the judge: the questions that a plain call can't ask. The verdict stays with the test."""

from typing import Any

from classroom.judge.proxies import Clock
from classroom.sandbox.session import Session


class RemoteStudent:
    """The twin of ``classroom.checks.student``: same signatures, answered in the sandbox."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session, self._clock = session, clock

    def _ask(self, do: str, **values: Any) -> Any:
        return self._session.ask(do, self._clock.deadline, **values)

    def grad(self, f: Any, *args: Any, wrt: Any = (0,), cotangent: Any = None, output: Any = None) -> Any:
        """Return the gradients of ``sum(cotangent * f(*args)[output])`` for the arguments ``wrt``."""
        return self._ask("grad", f=f, arguments=list(args), wrt=wrt, cotangent=cotangent, output=output)

    def call_many(self, f: Any, argument_tuples: Any) -> Any:
        """Return ``[f(*arguments) for arguments in argument_tuples]`` in one round trip."""
        return self._ask("call_many", f=f, calls=[tuple(arguments) for arguments in argument_tuples])

    def arguments_after(self, f: Any, *args: Any) -> Any:
        """Return ``f(*args)`` and the arguments as they are after the call."""
        return self._ask("arguments_after", f=f, arguments=list(args))

    def raises(self, f: Any, *args: Any) -> Any:
        """Return the name of the exception that ``f(*args)`` raises, or None."""
        return self._ask("raises", f=f, arguments=list(args))

    def state_dict(self, module: Any) -> Any:
        """Return the module's parameters and buffers by name."""
        return self._ask("state_dict", module=module)

    def load_state_dict(self, module: Any, tensors: Any) -> Any:
        """Set the module's parameters and buffers."""
        return self._ask("load_state_dict", module=module, tensors=dict(tensors))

    def define(self, source: str, name: str) -> Any:
        """Run the test's own source beside the student's code; return what it defines under ``name``."""
        return self._ask("define", source=source, name=name)
