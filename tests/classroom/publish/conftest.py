"""A course that nbgrader made once, for all tests of this folder."""

import shutil

import pytest

from tests.classroom.publish.course_maker import sync


@pytest.fixture(scope="session")
def empty_course(tmp_path_factory):
    """A course with the assignment and no student: made once, it takes nbgrader seconds."""
    folder = tmp_path_factory.mktemp("empty") / "course"
    sync(folder)
    return folder


@pytest.fixture
def course(tmp_path, empty_course):
    return shutil.copytree(empty_course, tmp_path / "course")
