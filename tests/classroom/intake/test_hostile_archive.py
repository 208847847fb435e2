"""Archives that lie: one bad entry costs its student only, and no more memory than a notebook."""

import struct
import tracemalloc
import zlib
from zipfile import ZIP_LZMA, ZipFile

import pytest

from classroom.errors import ClassroomError
from classroom.intake import archive as archive_module
from classroom.intake import read_submissions
from classroom.limits import Limits
from tests.classroom.intake.layouts import archive, data, entry, read

LINK, DEVICE = 0o120777, 0o020666


def both(tmp_path, bad, content=b"bob's"):
    return archive(tmp_path / "all.zip", {"ann.ipynb": b"ann's", bad: content})


def check(path, student, fault):
    found = read(path)
    assert found["ann"].data == b"ann's"
    assert found[student].fault == fault


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("../bob.ipynb", "../bob.ipynb"),
        ("a/../../bob.ipynb", "a/../../bob.ipynb"),
        ("..\\bob.ipynb", "../bob.ipynb"),
        ("/bob.ipynb", "bob"),
        ("C:bob.ipynb", "C:bob"),
    ],
)
def test_a_path_that_leads_out_is_refused(tmp_path, name, student):
    shown = student if student.endswith(".ipynb") else f"{student}.ipynb"
    check(both(tmp_path, entry(name)), student, f"{shown} has a path that leads out of the archive")
    assert [path.name for path in tmp_path.iterdir()] == ["all.zip"]


@pytest.mark.parametrize("mode", [LINK, DEVICE])
def test_a_link_or_a_device_is_refused(tmp_path, mode):
    path = both(tmp_path, entry("bob.ipynb", mode=mode), b"/etc/passwd")
    check(path, "bob", "bob.ipynb is a link or a device, no file")


def test_an_encrypted_entry_is_refused(tmp_path):
    path = both(tmp_path, "bob.ipynb")
    edit(path, b"bob.ipynb", flags=1)
    check(path, "bob", "bob.ipynb is encrypted")


def test_two_entries_of_one_name_are_refused(tmp_path):
    path = both(tmp_path, "bob.ipynb")
    with ZipFile(path, "a") as opened, pytest.warns(UserWarning, match="Duplicate name"):
        opened.writestr(entry("bob.ipynb"), b"another")
    check(path, "bob", "bob.ipynb stands 2 times in the archive under the same name")


def test_a_method_that_unpacks_without_bounds_is_refused(tmp_path):
    info = entry("bob.ipynb")
    info.compress_type = ZIP_LZMA
    check(both(tmp_path, info), "bob", "bob.ipynb is packed in a way that is not read; expected deflate")


def test_a_size_that_cannot_be_is_refused(tmp_path):
    path = both(tmp_path, "bob.ipynb")
    edit(path, b"bob.ipynb", size=2**31)
    check(path, "bob", "bob.ipynb claims a size that it cannot have")


def test_a_damaged_entry_costs_its_student_only(tmp_path):
    path = both(tmp_path, "bob.ipynb", b"bob's notebook" * 50)
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"bob.ipynb") + 9 + 4] ^= 0xFF
    path.write_bytes(raw)
    check(path, "bob", "bob.ipynb is damaged")


def test_a_size_that_is_too_small_is_found_out(tmp_path):
    path = both(tmp_path, "bob.ipynb", b"bob's notebook" * 50)
    edit(path, b"bob.ipynb", size=5)
    check(path, "bob", "bob.ipynb is damaged")


def test_a_bomb_costs_no_more_than_the_limit(tmp_path):
    path = both(tmp_path, "bob.ipynb", bytes(200 * 2**20))
    tracemalloc.start()
    found = read(path, Limits(notebook_mb=1))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found["bob"].fault == "bob.ipynb is larger than 1 MiB"
    assert found["ann"].data == b"ann's"
    assert peak < 16 * 2**20


def test_only_the_notebook_that_counts_is_read(tmp_path, monkeypatch):
    names = [f"bob_2_{upload}_gru.ipynb" for upload in range(5)] + ["ann_1_1_gru.ipynb"]
    path = archive(tmp_path / "all.zip", dict.fromkeys(names, b"x"))
    opened = []
    monkeypatch.setattr(archive_module, "_read", lambda _, info, size: opened.append(info.filename) or b"x")
    read(path)
    assert sorted(opened) == ["ann_1_1_gru.ipynb", "bob_2_4_gru.ipynb"]


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + bytes(18), b"PK\x03\x04" + bytes(100)])
def test_a_file_that_is_no_archive_is_refused(tmp_path, content):
    path = tmp_path / "all.zip"
    path.write_bytes(content)
    with pytest.raises(ClassroomError, match=r"no zip archive|no submission found"):
        read_submissions(path, "gru")


def test_an_archive_cut_or_changed_anywhere_never_breaks_the_reader(tmp_path):
    path = both(tmp_path, "bob.ipynb")
    whole = path.read_bytes()
    seen = set()
    for place in range(len(whole)):
        flipped = whole[:place] + bytes([whole[place] ^ 0xA5]) + whole[place + 1 :]
        for content in (whole[:place], flipped):
            path.write_bytes(content)
            try:
                seen |= {one.fault for one in read_submissions(path, "gru")}
            except ClassroomError as error:
                seen.add(type(error))
    assert {"", "bob.ipynb is damaged", ClassroomError} <= seen


def test_too_many_entries_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archive_module, "MOST_ENTRIES", 1)
    with pytest.raises(ClassroomError, match="more than 1 entries; is this the archive"):
        read_submissions(both(tmp_path, "bob.ipynb"), "gru")


@pytest.mark.parametrize(
    ("written", "encoding", "expected"),
    [
        ("Zoë".encode(), None, "Zoë"),  # macOS: UTF-8 without saying so
        ("Zoë".encode("cp850"), "cp850", "Zoë"),
        ("李雷".encode("cp936"), "cp936", "李雷"),
        ("Zoë".encode("cp437"), None, "Zoë"),
    ],
)
def test_names_of_old_windows_archives(tmp_path, written, encoding, expected):
    path = both(tmp_path, "x" * len(written) + ".ipynb")
    path.write_bytes(path.read_bytes().replace(b"x" * len(written), written))
    assert data(path, encoding=encoding) == {"ann": b"ann's", expected: b"bob's"}


def test_a_name_in_unicode_beside_the_old_one_wins(tmp_path):
    info, old = entry("x.ipynb"), b"\x84.ipynb"
    text = "李雷.ipynb".encode()
    info.extra = struct.pack("<HHBL", 0x7075, 5 + len(text), 1, zlib.crc32(old)) + text
    path = both(tmp_path, info)
    path.write_bytes(path.read_bytes().replace(b"x.ipynb", old))
    assert data(path) == {"ann": b"ann's", "李雷": b"bob's"}


def test_an_unknown_encoding_is_refused(tmp_path):
    path = both(tmp_path, "xx.ipynb")
    path.write_bytes(path.read_bytes().replace(b"xx", "ë".encode()))
    with pytest.raises(ClassroomError, match="no such encoding: 'cp0'; expected one such as cp850"):
        read_submissions(path, "gru", encoding="cp0")


def edit(path, name: bytes, flags: int | None = None, size: int | None = None) -> None:
    """Change what both headers of an entry say."""
    raw = bytearray(path.read_bytes())
    local, central = raw.index(name) - 30, raw.rindex(name) - 46
    for place, at_flags, at_size in ((local, 6, 22), (central, 8, 24)):
        if flags is not None:
            raw[place + at_flags : place + at_flags + 2] = struct.pack("<H", flags)
        if size is not None:
            raw[place + at_size : place + at_size + 4] = struct.pack("<L", size)
    path.write_bytes(raw)
