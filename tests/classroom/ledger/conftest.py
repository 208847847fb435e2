"""Every test with ``address`` runs on both databases."""

import pytest

from tests.classroom.postgres import fresh_postgres_url, postgres_server  # noqa: F401


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path) -> str:
    """Where an empty ledger may be made: a file, then a database."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    return request.getfixturevalue("fresh_postgres_url")
