"""A private PostgreSQL server for the tests: its own folder, its own port, gone at the end.

``from tests.classroom.postgres import postgres_url`` makes the fixture known to a test file.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.classroom.needs import HANG_SECONDS, needs_postgres

USER = "course"
PASSWORD = "only-for-tests"


class PostgresServer:
    """A server that may be killed and started again.

    Args:
        programs: folder of initdb, pg_ctl and psql
        durable: whether commits reach the disk (needed where the server is killed)
    """

    def __init__(self, programs: Path, durable: bool = False) -> None:
        self._programs = programs
        self._durable = durable
        # A socket's path has room for about 100 characters: not below pytest's own folders.
        self._folder = Path(tempfile.mkdtemp(prefix="ledger-"))
        self._data = self._folder / "data"
        if os.getuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
        secret = self._folder / "secret"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        options = ["--auth=scram-sha-256", f"--username={USER}", f"--pwfile={secret}", "--encoding=UTF8"]
        self._run("initdb", "-D", self._data, "--no-sync", "--no-locale", *options)
        self.port = _free_port()

    def start(self) -> None:
        """Start, or start again after a kill, on the same port, and wait until the server answers."""
        fsync = "on" if self._durable else "off"
        settings = {"port": self.port, "listen_addresses": "127.0.0.1", "fsync": fsync}
        settings |= {"unix_socket_directories": self._folder, "shared_buffers": "16MB"}
        words = " ".join(f"-c {name}={value}" for name, value in settings.items())
        log = self._folder / "log"
        self._run("pg_ctl", "-D", self._data, "-w", "-t", HANG_SECONDS, "-l", log, "-o", words, "start")

    def kill(self) -> None:
        """Kill every process of the server at once, as a power cut would."""
        main = int((self._data / "postmaster.pid").read_text().split()[0])
        os.kill(main, signal.SIGSTOP)  # or it would tidy up after its children
        processes = [*_children(main), main]
        for process in processes:
            os.kill(process, signal.SIGKILL)
        while any(_alive(process) for process in processes):
            time.sleep(0.01)
        # Where nobody collects dead processes yet, a new server takes the old one for alive.
        for lock in (self._data / "postmaster.pid", self._folder / f".s.PGSQL.{self.port}.lock"):
            lock.unlink()

    def stop(self) -> None:
        """Stop for good and remove everything."""
        self._run("pg_ctl", "-D", self._data, "-w", "-m", "immediate", "stop", check=False)
        shutil.rmtree(self._folder)

    def new_database(self) -> str:
        """Make an empty database and return its URL."""
        import psycopg

        name = f"test_{uuid4().hex}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            # Sorted as people sort, so that an order left to the database is seen to differ from SQLite's.
            icu = " TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en'"
            newer = connection.info.server_version >= 150_000
            connection.execute(f"CREATE DATABASE {name}{icu if newer else ''}")
        return self._url(name)

    def _url(self, database: str) -> str:
        return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def _run(self, program: str, *arguments: object, check: bool = True) -> None:
        command = [str(self._programs / program), *map(str, arguments)]
        if os.getuid() == 0:  # PostgreSQL refuses to be root
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]
        output = self._folder / "output"
        with output.open("w") as file:  # no pipe: the server would keep it open
            done = subprocess.run(command, stdout=file, stderr=file, cwd=self._folder, check=False)
        if check and done.returncode:
            raise RuntimeError(f"{program}: {output.read_text()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _children(parent: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True)
    return [int(word) for word in found.stdout.split()]


def _alive(process: int) -> bool:
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True)
    return found.stdout.strip() not in ("", "Z", "Zs")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for the whole session."""
    server = PostgresServer(needs_postgres())
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_url(postgres_server: PostgresServer) -> str:
    """The URL of one database for the whole session."""
    return postgres_server.new_database()


@pytest.fixture
def fresh_postgres_url(postgres_server: PostgresServer) -> str:
    """The URL of an empty database for one test."""
    return postgres_server.new_database()
