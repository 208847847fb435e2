"""The course secret: where it comes from, that only its owner can read it, and what follows from it."""

import hashlib
import hmac
import stat

import pytest

from classroom.author.secret import derive, read_secret
from classroom.errors import ClassroomError


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.delenv("CLASSROOM_SECRET", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def test_it_is_made_once_for_its_owner_alone_and_said(home, capsys):
    first = read_secret(None)
    path = home / "config" / "classroom" / "secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert str(path) in capsys.readouterr().err
    assert read_secret(None) == first == path.read_bytes().strip()
    assert capsys.readouterr().err == ""
    assert len(first) == 64


def test_a_named_file_goes_before_the_environment_and_that_before_the_users_own(home, monkeypatch):
    one, two = home / "one", home / "two"
    one.write_text("the secret of file one\n")
    two.write_text("the secret of file two")
    monkeypatch.setenv("CLASSROOM_SECRET", str(two))
    assert read_secret(one) == b"the secret of file one"
    assert read_secret(None) == b"the secret of file two"
    assert not (home / "config").exists()


def test_a_file_that_is_short_or_missing_is_told(home):
    short = home / "short"
    short.write_text("abc")
    with pytest.raises(ClassroomError, match="has at least 16 bytes, this has 3"):
        read_secret(short)
    with pytest.raises(ClassroomError, match="cannot be read: No such file"):
        read_secret(home / "none")


def test_what_follows_from_it_is_an_hmac_that_keeps_words_apart():
    expected = hmac.new(b"k", b"\0" * 7 + b"\x01a" + b"\0" * 7 + b"\x02bc", hashlib.sha256).digest()
    assert derive(b"k", "a", "bc") == expected
    assert (
        len({derive(b"k", "a", "bc"), derive(b"k", "ab", "c"), derive(b"k", "abc"), derive(b"l", "a", "bc")})
        == 4
    )
