"""Up and down with data, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from classroom.errors import ClassroomError
from classroom.ledger.address import parse_address
from classroom.ledger.database import Database
from classroom.ledger.migrate import VERSION_TABLE, current, downgrade, head, upgrade
from classroom.ledger.models import Base
from classroom.ledger.store import Ledger
from tests.classroom.ledger.outcomes import at, graded


@pytest.fixture
def database(address):
    opened = Database(parse_address(address), patience=1.0)
    yield opened
    opened.engine.dispose()


def tables(database) -> set[str]:
    return database.read(lambda connection: set(inspect(connection).get_table_names()))


def fill(address):
    with Ledger(address) as ledger:
        ledger.set_version("v1", "gru", "d")
        for number in range(5):
            sha = ledger.add_submission("gru", f"s{number}", b"%d" % number, "u", at(number))
            ledger.record(sha, "v1", graded(2.0, number / 3), number, "w")
        ledger.event("grade", "done")
        return ledger.results("gru", "v1")


def test_results_live_through_down_and_up(address, database):
    before = fill(address)
    database.write(lambda connection: downgrade(connection, "0001"))
    assert database.read(current) == "0001"
    assert "ledger_event" not in tables(database)
    with Ledger(address) as ledger:  # opening brings it up again
        assert ledger.results("gru", "v1") == before
        assert ledger.events() == []
        ledger.event("grade", "again")
    assert database.read(current) == head() == "0002"
    assert database.read(lambda c: c.execute(text("SELECT count(*) FROM ledger_score")).scalar()) == 10


def test_data_of_the_first_revision_live_through_up(address, database):
    database.write(lambda connection: upgrade(connection, "0001"))
    rows = "INSERT INTO ledger_content VALUES ('feed', :data)"
    database.write(lambda connection: connection.execute(text(rows), {"data": b"x"}))
    with Ledger(address) as ledger:
        assert ledger.submission_bytes("feed") == b"x"


def test_all_the_way_down_leaves_nothing_and_up_again_works(address, database):
    before = fill(address)
    database.write(lambda connection: downgrade(connection, "base"))
    assert tables(database) == {VERSION_TABLE}
    after = fill(address)
    assert [row.outcome for row in after] == [row.outcome for row in before]


def test_the_revisions_give_exactly_the_tables_of_the_models(address, database):
    Ledger(address).close()
    options = {"version_table": VERSION_TABLE}

    def differences(connection):
        return compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)

    assert database.read(differences) == []


def test_a_revision_that_fails_changes_nothing(address, database, monkeypatch):
    database.write(lambda connection: upgrade(connection, "0001"))
    before = tables(database)
    blocker = "CREATE TABLE ledger_blocker (x INTEGER)"
    database.write(lambda connection: connection.execute(text(blocker)))
    index = "CREATE INDEX ledger_autograder_assignment ON ledger_blocker (x)"
    database.write(lambda connection: connection.execute(text(index)))
    with pytest.raises(Exception, match="already exists"):
        Ledger(address, patience=0.1)
    assert database.read(current) == "0001"
    assert tables(database) == before | {"ledger_blocker"}


def test_a_ledger_of_a_newer_course_is_refused(address, database):
    fill(address)
    newer = f"UPDATE {VERSION_TABLE} SET version_num = '9999'"
    database.write(lambda connection: connection.execute(text(newer)))
    with pytest.raises(ClassroomError, match=r"of revision 9999, which this version .* update the course"):
        Ledger(address)


def test_tables_of_others_stay_as_they_are(address, database):
    others = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"
    database.write(lambda connection: connection.execute(text(others)))
    row = "INSERT INTO alembic_version VALUES ('nbgrader')"
    database.write(lambda connection: connection.execute(text(row)))
    fill(address)
    database.write(lambda connection: downgrade(connection, "base"))
    kept = database.read(lambda c: c.execute(text("SELECT version_num FROM alembic_version")).scalar())
    assert kept == "nbgrader"
