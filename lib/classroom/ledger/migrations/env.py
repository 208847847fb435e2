"""What Alembic runs: the revisions, on the connection and in the transaction of whoever asked for them."""

from alembic import context

from classroom.ledger.migrate import VERSION_TABLE
from classroom.ledger.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
