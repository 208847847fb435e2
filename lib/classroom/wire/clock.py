"""A submission's time: it passes while its code runs or sleeps, not while that waits for a processor."""

import time
from collections.abc import Callable

# Whatever is pardoned, time goes on at a tenth of the wall clock's pace: nothing hangs for ever.
SLOWEST = 0.1


def waited(process: int | str = "thread-self") -> float:
    """Return for how many seconds a process could have run and had no processor; 0 if nobody tells."""
    try:
        with open(f"/proc/{process}/schedstat") as stream:
            return int(stream.read().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


class FairClock:
    """A clock of one submission, in seconds of ``time.monotonic`` less those that a busy machine took.

    The judge and the student's code run in turn, so what either of them waited is taken off. It is looked up
    only where a deadline seems to be over.
    """

    def __init__(self) -> None:
        self._started, self._own, self._pardoned = time.monotonic(), waited(), 0.0
        self.look: Callable[[], None] = lambda: None  # looks up how long the student's process has waited

    def pardon(self, seconds: float) -> None:
        """Take off some seconds."""
        self._pardoned += max(seconds, 0.0)

    def now(self) -> float:
        """Return the time."""
        passed = time.monotonic() - self._started
        return self._started + max(passed - self._pardoned, SLOWEST * passed)

    def left(self, deadline: float) -> float:
        """Return the seconds until a deadline."""
        if (left := deadline - self.now()) > 0:
            return left
        own = waited()
        self.pardon(own - self._own)
        self._own = own
        self.look()
        return deadline - self.now()
