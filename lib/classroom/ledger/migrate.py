"""Bring a ledger's tables to a revision, up or down. Alembic is a library here: no ini file, no command."""

import io

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from classroom.errors import ClassroomError

VERSION_TABLE = "ledger_revision"
LOCK = 0x6C656467  # any number, as long as every ledger uses the same


def current(connection: Connection) -> str | None:
    """Return the revision of the tables, None where there are none yet."""
    return MigrationContext.configure(
        connection, opts={"version_table": VERSION_TABLE}
    ).get_current_revision()


def head() -> str:
    """Return the newest revision that this code knows."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the tables up inside the connection's transaction; others who open the ledger meanwhile wait."""
    _run(connection, command.upgrade, revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Take revisions back, with the tables they made; ``base`` takes all."""
    _run(connection, command.downgrade, revision)


def _run(connection: Connection, change: object, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    config = _config()
    config.attributes["connection"] = connection
    try:
        change(config, revision)
    except CommandError as error:
        raise ClassroomError(
            f"the ledger's tables are of revision {current(connection)}, which this version of the course "
            f"does not know (its newest is {head()}): update the course"
        ) from error


def _config() -> Config:
    config = Config(stdout=io.StringIO())
    config.set_main_option("script_location", "classroom.ledger:migrations")
    return config
