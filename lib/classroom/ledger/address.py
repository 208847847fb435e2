"""Where a ledger lies: a file, or a PostgreSQL database. Passwords are never shown."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from classroom.errors import ClassroomError

EXPECTED = "expected the path of a file, or postgresql://user@host/database"


def parse_address(address: str | Path | URL) -> URL:
    """Return the SQLAlchemy URL of a ledger; raise ClassroomError for an address it cannot live at."""
    if isinstance(address, Path) or (isinstance(address, str) and "://" not in address):
        return _file(Path(address))
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        # The text is not repeated, nor is the cause shown: it may hold a password.
        raise ClassroomError(f"the ledger's address cannot be read; {EXPECTED}") from None
    kind = url.get_backend_name()
    if kind == "sqlite":
        return _file(Path(url.database or ":memory:"))
    if kind in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    raise ClassroomError(f"a ledger cannot live in {kind}; {EXPECTED}")


def shown(url: URL) -> str:
    """Return a URL for messages: without password, and without options, which may hold one.

    A file below the folder where we are is named from there.
    """
    if url.get_backend_name() == "sqlite":
        path, here = Path(url.database or ""), Path.cwd()
        return str(path.relative_to(here) if path.is_relative_to(here) else path)
    plain = url.set(drivername="postgresql", query={})
    return plain.render_as_string(hide_password=True)


def _file(path: Path) -> URL:
    if not path.name or path.name == ":memory:":
        raise ClassroomError(f"a ledger must outlive its command: {EXPECTED}")
    path = path.expanduser().absolute()
    if not path.parent.is_dir():
        raise ClassroomError(f"no folder {path.parent} for the ledger {path.name}: make it first")
    if path.exists() and not path.is_file():
        raise ClassroomError(f"{path} is no file: {EXPECTED}")
    return URL.create("sqlite", database=str(path))
