"""Submissions, versions of the tests, results and scores."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _what_came_in()
    _what_came_out()


def _what_came_in() -> None:
    op.create_table(
        "ledger_content",
        sa.Column("sha", sa.Text, primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "ledger_submission",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("assignment", sa.Text, nullable=False),
        sa.Column("student", sa.Text, nullable=False),
        sa.Column("sha", sa.Text, sa.ForeignKey("ledger_content.sha"), nullable=False),
        sa.Column("uri", sa.Text, nullable=False),
        sa.Column("received", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("assignment", "student", "sha", "received", name="ledger_submission_once"),
    )


def _what_came_out() -> None:
    op.create_table(
        "ledger_autograder",
        sa.Column("version", sa.Text, primary_key=True),
        sa.Column("assignment", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "ledger_result",
        sa.Column("sha", sa.Text, sa.ForeignKey("ledger_content.sha"), primary_key=True),
        sa.Column("version", sa.Text, sa.ForeignKey("ledger_autograder.version"), primary_key=True),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("points", sa.Double, nullable=False),
        sa.Column("max_points", sa.Double, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("worker", sa.Text, nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=False),
        sa.Column("receipt", sa.Text, nullable=False),
    )
    op.create_table(
        "ledger_score",
        sa.Column("sha", sa.Text, primary_key=True),
        sa.Column("version", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("task", sa.Text, nullable=False),
        sa.Column("test", sa.Text, nullable=False),
        sa.Column("points", sa.Double, nullable=False),
        sa.Column("max_points", sa.Double, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["sha", "version"], ["ledger_result.sha", "ledger_result.version"]),
    )


def downgrade() -> None:
    for table in ("score", "result", "autograder", "submission", "content"):
        op.drop_table(f"ledger_{table}")
