"""Submissions as they come: nbgrader's folders, plain folders, the archives of Moodle and Canvas."""

from classroom.intake.names import file_name
from classroom.intake.reader import iterate_submissions, read_submissions
from classroom.intake.submission import Submission

__all__ = ["Submission", "file_name", "iterate_submissions", "read_submissions"]
