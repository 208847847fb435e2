"""The ledger's tables. Every name begins with ``ledger_``: nbgrader's gradebook may share the database."""

from datetime import UTC, datetime
from typing import ClassVar

from sqlalchemy import (
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from classroom.errors import ClassroomError


class AnyText(TypeDecorator):
    """Text that both databases take: NUL and half characters, which they refuse, are written as escapes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: object) -> str | None:
        if value is None:
            return None
        return value.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")


class Moment(TypeDecorator):
    """A moment in UTC: aware going in, aware coming out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ClassroomError(f"expected a time with its time zone, got {value.isoformat()} without one")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: object) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    type_annotation_map: ClassVar = {str: AnyText, datetime: Moment, bytes: LargeBinary, float: Double}


class Content(Base):
    """The bytes of a notebook, once, however many students handed them in."""

    __tablename__ = "ledger_content"
    sha: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[bytes]


class Submitted(Base):
    """One handing-in. The same bytes again at another time are a new one: a student may go back to them."""

    __tablename__ = "ledger_submission"
    id: Mapped[int] = mapped_column(primary_key=True)
    assignment: Mapped[str]
    student: Mapped[str]
    sha: Mapped[str] = mapped_column(ForeignKey("ledger_content.sha"))
    uri: Mapped[str]
    received: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("assignment", "student", "sha", "received", name="ledger_submission_once"),
        Index("ledger_submission_sha", "sha"),
    )


class Autograder(Base):
    """One version of an assignment's tests, limits and judge."""

    __tablename__ = "ledger_autograder"
    version: Mapped[str] = mapped_column(primary_key=True)
    assignment: Mapped[str]
    description: Mapped[str]
    created: Mapped[datetime]
    __table_args__ = (Index("ledger_autograder_assignment", "assignment"),)


class Result(Base):
    """What one version of the tests gave for some bytes; ``outcome`` is the whole of it, as JSON.

    ``receipt`` names the call that wrote the row: after a lost connection the caller finds its own row by it.
    """

    __tablename__ = "ledger_result"
    sha: Mapped[str] = mapped_column(ForeignKey("ledger_content.sha"), primary_key=True)
    version: Mapped[str] = mapped_column(ForeignKey("ledger_autograder.version"), primary_key=True)
    status: Mapped[str]
    reason: Mapped[str]
    points: Mapped[float]
    max_points: Mapped[float]
    outcome: Mapped[str]
    attempts: Mapped[int]
    worker: Mapped[str]
    finished: Mapped[datetime]
    receipt: Mapped[str]


class Score(Base):
    """The points of one test cell, for queries over tasks and tests."""

    __tablename__ = "ledger_score"
    sha: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    task: Mapped[str]
    test: Mapped[str]
    points: Mapped[float]
    max_points: Mapped[float]
    reason: Mapped[str]
    __table_args__ = (
        ForeignKeyConstraint(["sha", "version"], ["ledger_result.sha", "ledger_result.version"]),
    )


class Event(Base):
    """One line of the audit: what was done, and when. ``receipt`` as in a result."""

    __tablename__ = "ledger_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    text: Mapped[str]
    receipt: Mapped[str] = mapped_column(unique=True)
