"""What is missing skips a test, or fails it where everything must be there."""

import pytest

from tests.classroom.needs import needs


def test_what_is_there_is_no_word_worth():
    needs("a thing", True, "buy one")


def test_what_is_missing_skips_with_its_remedy(monkeypatch):
    monkeypatch.delenv("CLASSROOM_REQUIRE", raising=False)
    with pytest.raises(pytest.skip.Exception, match="a thing is not installed: buy one"):
        needs("a thing", False, "buy one")


def test_what_is_missing_fails_where_everything_must_be_there(monkeypatch):
    monkeypatch.setenv("CLASSROOM_REQUIRE", "1")
    with pytest.raises(pytest.fail.Exception, match="a thing is not installed: buy one"):
        needs("a thing", False, "buy one")
