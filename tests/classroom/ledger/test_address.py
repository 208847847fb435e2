"""Addresses of ledgers: what is taken, what is refused, and that no password is shown."""

import stat
from pathlib import Path

import pytest

from classroom.errors import ClassroomError
from classroom.ledger.address import parse_address, shown
from classroom.ledger.database import LedgerUnavailable
from classroom.ledger.store import Ledger


def test_a_path_is_a_file_whatever_its_letters(tmp_path):
    path = tmp_path / "50%?#ü ledger.db"
    assert parse_address(path) == parse_address(str(path))
    assert shown(parse_address(path)) == str(path)
    with Ledger(path):
        assert path.is_file()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_sqlite_url_is_a_file_too(tmp_path):
    assert parse_address(f"sqlite:///{tmp_path}/a.db").database == str(tmp_path / "a.db")


@pytest.mark.parametrize("kind", ["postgresql", "postgres", "postgresql+psycopg2", "postgresql+psycopg"])
def test_postgresql_is_spoken_to_through_psycopg(kind):
    url = parse_address(f"{kind}://ann:secret@db.example/course")
    assert (url.drivername, url.password, url.database) == ("postgresql+psycopg", "secret", "course")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ann:secret@db.example/course",
        "postgresql://ann@db.example/course?password=secret&sslkey=secret",
        "postgresql://ann:secret@/course?host=secret",
    ],
)
def test_no_password_is_shown(address):
    assert "secret" not in shown(parse_address(address))
    assert "course" in shown(parse_address(address))


def test_no_password_is_shown_when_the_server_is_not_there():
    with pytest.raises(LedgerUnavailable) as raised:
        Ledger("postgresql://ann:secret@127.0.0.1:1/course")
    assert "postgresql://ann:***@127.0.0.1:1/course" in str(raised.value)
    assert "secret" not in str(raised.value) + str(raised.value.__cause__)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("mysql://ann:secret@db.example/course", "cannot live in mysql; expected the path"),
        ("postgresql://ann:secret@db.example:port/course", "address cannot be read; expected the path"),
        ("sqlite://", "must outlive its command"),
        (":memory:", "must outlive its command"),
        ("", "must outlive its command"),
    ],
)
def test_other_addresses_are_refused(address, message):
    with pytest.raises(ClassroomError, match=message) as raised:
        parse_address(address)
    assert "secret" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


def test_a_folder_that_is_missing_or_a_folder_as_file_is_refused(tmp_path):
    with pytest.raises(ClassroomError, match=r"no folder .*missing for the ledger a.db"):
        parse_address(tmp_path / "missing" / "a.db")
    with pytest.raises(ClassroomError, match="is no file"):
        parse_address(tmp_path)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    path = Path(tmp_path / "notes.txt")
    path.write_text("my notes, " * 1000)
    with pytest.raises(LedgerUnavailable, match="not a database"):
        Ledger(path)
    assert path.read_text() == "my notes, " * 1000
