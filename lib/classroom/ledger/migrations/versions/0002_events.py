"""The audit, and indexes for questions about one notebook's bytes or one assignment."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ledger_event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("receipt", sa.Text, nullable=False, unique=True),
    )
    op.create_index("ledger_submission_sha", "ledger_submission", ["sha"])
    op.create_index("ledger_autograder_assignment", "ledger_autograder", ["assignment"])


def downgrade() -> None:
    op.drop_index("ledger_autograder_assignment", "ledger_autograder")
    op.drop_index("ledger_submission_sha", "ledger_submission")
    op.drop_table("ledger_event")
