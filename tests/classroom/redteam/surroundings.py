"""What surrounds a grading under attack: who listens, what lies about, what must come out unchanged."""

import contextlib
import os
import secrets
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.classroom.needs import HANG_SECONDS

CANARY = "REDTEAM-CANARY"


def _tcp(family: int, address: str, port: int) -> socket.socket:
    end = socket.socket(family, socket.SOCK_STREAM)
    end.bind((address, port))
    end.listen(64)
    return end


class Listeners:
    """Sockets of this machine that no submission may reach: TCP, UDP, and UNIX by path and by name.

    Args:
        folder: where the socket with a path lies
        port: the port, or 0 for any free one
        name: the abstract socket's name, or "" for one that nobody else has
    """

    def __init__(self, folder: Path, port: int = 0, name: str = "") -> None:
        tcp = _tcp(socket.AF_INET, "127.0.0.1", port)
        self.port = tcp.getsockname()[1]
        self.name = name or f"redteam-{secrets.token_hex(8)}"
        self._streams = [tcp]
        with contextlib.suppress(OSError):  # a machine without IPv6
            self._streams.append(_tcp(socket.AF_INET6, "::1", self.port))
        for address in (f"\0{self.name}", str(folder / "socket")):
            end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            end.bind(address)
            end.listen(64)
            self._streams.append(end)
        self._datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._datagrams.bind(("127.0.0.1", self.port))
        for end in (*self._streams, self._datagrams):
            end.setblocking(False)

    def reached(self) -> list[str]:
        """Return what came since the last call."""
        found = []
        for end in self._streams:
            with contextlib.suppress(BlockingIOError):
                end.accept()[0].close()
                found.append(f"a connection to {end.getsockname()!r}")
        with contextlib.suppress(BlockingIOError):
            found.append(f"a datagram of {len(self._datagrams.recv(4096))} bytes")
        return found

    def close(self) -> None:
        for end in (*self._streams, self._datagrams):
            end.close()


@dataclass
class Canaries:
    """Files that no submission may read or change; each holds ``token``."""

    files: tuple[Path, ...]
    token: str = field(default_factory=lambda: f"{CANARY}-{secrets.token_hex(8)}")

    def plant(self) -> None:
        for path in self.files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{self.token}\n", encoding="utf-8")
            # Open to all, so that it is the sandbox that keeps them, not a file mode.
            path.chmod(0o666)

    def changed(self) -> list[str]:
        """Return the files that are not as they were planted."""
        return [
            str(path) for path in self.files if not path.is_file() or path.read_text() != f"{self.token}\n"
        ]

    def remove(self) -> None:
        for path in self.files:
            path.unlink(missing_ok=True)


def descendants(pid: int) -> set[int]:
    """Return the living processes that descend from one, in whatever process namespace."""
    parents: dict[int, int] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError, ValueError):
                fields = Path("/proc", name, "stat").read_text().rpartition(")")[2].split()
                if fields[0] != "Z":
                    parents[int(name)] = int(fields[1])
    found, new = {pid}, {pid}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
    return found - {pid}


def left_over(pid: int, before: set[int], seconds: float = HANG_SECONDS) -> set[int]:
    """Return the processes that a submission left behind, after giving them time to end."""
    until = time.monotonic() + seconds
    while (left := descendants(pid) - before) and time.monotonic() < until:
        time.sleep(0.02)
    return left
