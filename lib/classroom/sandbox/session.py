"""One walled process of one submission: requests with a deadline, and a certain end."""

import contextlib
import select
import socket
import time
from typing import Any

from classroom.wire.channel import Channel, WireClosed, WireError, WireTimeout
from classroom.wire.decode import Decoder
from classroom.wire.encode import Encoder
from classroom.wire.values import Handle

END_SECONDS = 60.0  # a guard: what has been killed is gone much sooner
WAITED = "+"  # what the monitor's answer begins with


class SessionLost(Exception):
    """The student's process ended, or stopped speaking sense; the message is the grader's own."""


class SystemFault(Exception):
    """The sandbox itself failed: to be tried again, never a zero."""


class StudentError(Exception):
    """Student code raised: ``kind`` is the class name and ``text`` what it said (both are student-made)."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.kind, self.text = kind, text


class Session:
    """Ask the student's process for values. Made by ``WarmSandbox.open``."""

    def __init__(self, channel: Channel, watch: socket.socket) -> None:
        self._channel, self._watch, self._number, self._waited = channel, watch, 0, 0.0
        channel.clock.look = self._ask_monitor
        self._proxy: Any = None

    def wrap_handles(self, wrap: Any) -> None:
        """Set what stands for an object of the student: called with (session, Handle)."""
        self._proxy = wrap

    def ask(self, do: str, deadline: float, **values: Any) -> Any:
        """Return the answer to one request, before a deadline of the channel's clock.

        Raises: StudentError; SessionLost (the session is then closed); WireError if our values can't be sent.
        """
        if self._watch.fileno() < 0:
            raise SessionLost("its session is over")
        self._number += 1
        encoder = Encoder(_own_handle, self._channel.blob_bytes)
        meta = {"id": self._number, "do": do, "with": {k: encoder.encode(v) for k, v in values.items()}}
        try:
            self._channel.send(meta, bytes(encoder.blob), deadline)
            reply, blob = self._channel.receive(deadline)
            return self._read(reply, blob)
        except WireTimeout as error:
            self.close()
            raise SessionLost("time limit") from error
        except WireClosed as error:
            raise SessionLost(self._ending()) from error
        except WireError as error:
            self.close()
            raise SessionLost(f"a reply that is no value of the list ({error})") from error

    def _read(self, reply: dict[str, Any], blob: memoryview) -> Any:
        if type(reply.get("id")) is not int or reply["id"] != self._number:
            raise WireError("a reply to another question")
        if "error" in reply:
            error = reply["error"]
            if type(error) is not list or len(error) != 2 or not all(type(text) is str for text in error):
                raise WireError("an error without name and text")
            raise StudentError(*error)
        if "value" not in reply:
            raise WireError("a reply without a value")
        return Decoder(blob, self._wrap).decode(reply["value"])

    def _wrap(self, handle: Handle) -> Any:
        return handle if self._proxy is None else self._proxy(self, handle)

    def _ask_monitor(self) -> None:
        """Learn how long the student's process has waited for a processor."""
        with contextlib.suppress(OSError):
            self._watch.send(b"?")
            if self._next_word(socket.MSG_PEEK).startswith(WAITED):
                waited = float(self._next_word().removeprefix(WAITED))
                self._channel.clock.pardon(waited - self._waited)
                self._waited = max(waited, self._waited)

    def _next_word(self, flags: int = 0) -> str:
        """Return what the monitor says; "" where it says nothing."""
        if not select.select([self._watch], [], [], END_SECONDS)[0]:
            return ""
        return self._watch.recv(300, flags).decode("utf-8", "replace")

    def _ending(self) -> str:
        """Return in words how the student's process ended."""
        said = ""
        with contextlib.suppress(OSError):
            while (said := self._next_word()).startswith(WAITED):
                continue
        self.close()
        if said.startswith("the sandbox failed"):
            raise SystemFault(said)
        if said == "memory":
            return "memory limit"
        return "its process ended" if said in ("exit", "") else f"its process was ended by {said}"

    def end(self) -> None:
        """Have the student's process and all that it started ended, without waiting for it."""
        with contextlib.suppress(OSError):
            self._channel.close()
            self._watch.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """End the student's process and all that it started, and wait until they are gone."""
        if self._watch.fileno() < 0:
            return
        self.end()
        with contextlib.suppress(OSError):
            until = time.monotonic() + END_SECONDS
            while time.monotonic() < until and select.select([self._watch], [], [], END_SECONDS)[0]:
                if not self._watch.recv(300):
                    break
        self._watch.close()


def _own_handle(value: Any) -> Handle:
    handle = getattr(type(value), "handle_of", None)
    if handle is None:
        raise WireError(
            f"the judge can't send a {type(value).__name__} to a student's function; use student.define"
        )
    return handle.fget(value)
