"""Files of larger data sets: from a folder that you name, or downloaded once and checked."""

import hashlib
import json
import os
from functools import cache
from importlib.resources import files
from pathlib import Path

from seqgraph.core.optional import need

FOLDER_VARIABLE = "SEQGRAPH_DATA"


class FetchError(OSError):
    r"""A file of a data set could not be had, or is not the file that it should be.

    Example:
        >>> issubclass(FetchError, OSError)
        True
    """


@cache
def registry() -> dict[str, dict]:
    r"""What :func:`fetch` knows: for each file its url, sha256 sum, size, licence and description.

    Example:
        >>> registry()["tinyshakespeare/input.txt"]["bytes"]
        1115394
    """
    return json.loads(
        files("seqgraph.data").joinpath("registry.json").read_text(encoding="utf-8")
    )


def fetch(name: str) -> Path:
    r"""The path of a checked file of a data set, which is downloaded if it is not on this machine.

    It is looked for first under ``name`` in the folder of the environment variable ``SEQGRAPH_DATA``, to
    which nothing is ever written, then in pooch's cache folder for ``seqgraph``; last it is downloaded to
    that cache. Its sha256 sum is compared each time.

    Args:
        name: a key of :func:`registry`, such as ``"tinyshakespeare/input.txt"``.

    Raises:
        ValueError: there is no such name.
        FetchError: the download failed, the file is not the right one, or ``SEQGRAPH_DATA`` names no folder;
            the message says which file to put where.

    Example:
        >>> fetch("no-such-file")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ValueError: fetch: name must be one of [...], got 'no-such-file'.
    """
    known = registry()
    if name not in known:
        raise ValueError(f"fetch: name must be one of {sorted(known)}, got {name!r}.")
    folder = os.environ.get(FOLDER_VARIABLE)
    if folder:
        if not Path(folder).is_dir():
            raise FetchError(
                f"fetch: {FOLDER_VARIABLE} must name a folder, got {folder!r}."
            )
        path = Path(folder) / name
        if path.exists():
            return _checked(path, known[name])
    return _downloaded(name, known[name])


def _checked(path: Path, entry: dict) -> Path:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FetchError(f"fetch: cannot read {path} ({error}).") from error
    if found != entry["sha256"]:
        raise FetchError(
            f"fetch: {path} is not the right file: its sha256 sum is {found}, "
            f"not {entry['sha256']}. Replace it by {entry['url']}, or remove it to have it downloaded."
        )
    return path


def _downloaded(name: str, entry: dict) -> Path:
    pooch = need("pooch", f"fetch, to download {name},", "data")
    sums, urls = {name: f"sha256:{entry['sha256']}"}, {name: entry["url"]}
    store = pooch.create(
        path=pooch.os_cache("seqgraph"), base_url="", registry=sums, urls=urls
    )
    try:
        return Path(store.fetch(name, downloader=pooch.HTTPDownloader(timeout=30)))
    except (OSError, ValueError) as error:
        raise FetchError(
            f"fetch: could not get {name} from {entry['url']} ({error}). Get this file in another way "
            f"({entry['bytes']} bytes, sha256 sum {entry['sha256']}), put it into a folder as {name}, "
            f"and set the environment variable {FOLDER_VARIABLE} to that folder."
        ) from error
