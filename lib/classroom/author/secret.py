"""The course secret: hidden inputs, variants and versions follow from it, so students must not have it."""

import hashlib
import hmac
import os
import sys
from pathlib import Path

from classroom.errors import ClassroomError

SHORTEST = 16


def derive(secret: bytes, *words: str) -> bytes:
    """Return 32 bytes that follow from the secret and the words (HMAC-SHA256) and tell nothing about it."""
    # Lengths keep ("a", "bc") and ("ab", "c") apart.
    parts = [word.encode() for word in words]
    message = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    return hmac.new(secret, message, hashlib.sha256).digest()


def read_secret(path: Path | None = None) -> bytes:
    """Return the course secret: of a file, of the file that $CLASSROOM_SECRET names, or the user's own.

    The user's own is made on first use. Raises ClassroomError for a file that can't be read or is too short.
    """
    named = os.environ.get("CLASSROOM_SECRET")
    if path is None and not named:
        return _own_secret()
    found = path or Path(named or "")
    try:
        secret = found.read_bytes().strip()
    except OSError as error:
        raise ClassroomError(
            f"{found}: the course secret cannot be read: {error.strerror or error}"
        ) from error
    return _long_enough(found, secret)


def _own_secret() -> bytes:
    folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "classroom"
    path = folder / "secret"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _long_enough(path, path.read_bytes().strip())
    except OSError as error:
        raise ClassroomError(f"{path}: no course secret can be made: {error.strerror or error}") from error
    with os.fdopen(handle, "wb") as stream:
        stream.write(os.urandom(32).hex().encode() + b"\n")
    print(
        f"A new course secret was made: {path}. Keep a copy; grades can be repeated only with it.",
        file=sys.stderr,
    )
    return path.read_bytes().strip()


def _long_enough(path: Path, secret: bytes) -> bytes:
    if len(secret) < SHORTEST:
        raise ClassroomError(f"{path}: a course secret has at least {SHORTEST} bytes, this has {len(secret)}")
    return secret
