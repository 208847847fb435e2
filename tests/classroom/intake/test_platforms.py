"""The archives of Moodle and Canvas, and the same unpacked."""

from datetime import UTC, datetime
from zipfile import ZipFile

import pytest

from tests.classroom.intake.layouts import MOODLE, archive, data, entry, read

MOODLE_FOLDERS = {
    f"{MOODLE}/gru.ipynb": b"ann's",
    "Иван Петров_12346_assignsubmission_file/sub/folder/my work.ipynb": b"ivan's",
    "李 雷_12347_assignsubmission_onlinetext_/onlinetext.html": b"see mail",
    "李 雷_12347_assignsubmission_file_/gru.ipynb": b"li's",
    "Bob B_12348_assignsubmission_file_/report.pdf": b"x",
    "Default group_assignsubmission_file_/gru.ipynb": b"team's",
    "__MACOSX/Ann Lee_12345_assignsubmission_file_/._gru.ipynb": b"x",
}
MOODLE_FLAT = {
    "Ann Lee_12345_assignsubmission_file_gru.ipynb": b"ann's",
    "Bob B_12348_assignsubmission_onlinetext_.html": b"x",
    "Eve_12349_assignsubmission_file_a_12_assignsubmission_file_x.ipynb": b"eve's",
}
CANVAS = {
    "leeann_123_4569_gru-1.ipynb": b"ann's",
    "leeann_123_4560_gru.ipynb": b"old, but written to the archive later",
    "leeann_123_4561_draft.ipynb": b"draft",
    "o_brienbob_LATE_124_4570_999_888_x.ipynb": b"bob's",
    "петровиван_125_4571_gru.ipynb": b"ivan's",
    "eve_126_text.html": b"x",
    "zoe_LATE_127_link.html": b"x",
    "mia_128_4572_notes.pdf": b"x",
}
ANONYMOUS = {"anon_a1b2c_456_gru.ipynb": b"one", "LATE_anon_x9y8z_457_gru.ipynb": b"two"}
NONE = "no notebook in the submission"


def unpacked(path, folder):
    with ZipFile(path) as opened:
        opened.extractall(folder)
    return folder


@pytest.fixture(params=["packed", "unpacked", "in one folder"])
def given(request, tmp_path):
    """The same files as an archive, as a folder, and in an archive below one folder."""

    def make(files):
        if request.param == "in one folder":
            return archive(tmp_path / "all.zip", {f"all/{name}": content for name, content in files.items()})
        path = archive(tmp_path / "all.zip", files)
        return path if request.param == "packed" else unpacked(path, tmp_path / "all")

    return make


def test_moodle_with_folders(given):
    found = read(given(MOODLE_FOLDERS))
    assert {(one.student, one.name): one.data or one.fault for one in found.values()} == {
        ("12345", "Ann Lee"): b"ann's",
        ("12346", "Иван Петров"): b"ivan's",
        ("12347", "李 雷"): b"li's",
        ("12348", "Bob B"): NONE,
        ("Default group", "Default group"): b"team's",
    }


def test_moodle_without_folders(given):
    found = read(given(MOODLE_FLAT))
    assert {(one.student, one.name): one.data or one.fault for one in found.values()} == {
        ("12345", "Ann Lee"): b"ann's",
        ("12348", "Bob B"): NONE,
        ("12349", "Eve"): b"eve's",
    }


def test_canvas_takes_the_last_upload_of_the_assignments_name(given):
    found = read(given(CANVAS))
    assert {(one.student, one.name): one.data or one.fault for one in found.values()} == {
        ("123", "leeann"): b"ann's",
        ("124", "o_brienbob"): b"bob's",
        ("125", "петровиван"): b"ivan's",
        ("126", "eve"): NONE,
        ("127", "zoe"): NONE,
        ("128", "mia"): NONE,
    }
    assert found["123"].note == "3 notebooks; taken: gru-1.ipynb, the newest"


def test_canvas_with_anonymous_marking(given):
    assert data(given(ANONYMOUS)) == {"anon_a1b2c": b"one", "anon_x9y8z": b"two"}


def test_a_stray_notebook_is_named(given):
    found = read(given({**CANVAS, "somebody.ipynb": b"x"}))
    assert found["somebody.ipynb"].fault == "somebody.ipynb is not where Canvas puts a submission"
    assert found["123"].data == b"ann's"


def test_archives_of_nbgraders_and_of_plain_folders(given):
    assert data(given({"ann/gru/gru.ipynb": b"a", "bob/gru/gru.ipynb": b"b"})) == {"ann": b"a", "bob": b"b"}


def test_a_plain_archive(given):
    assert data(given({"ann.ipynb": b"a", "bob.ipynb": b"b"})) == {"ann": b"a", "bob": b"b"}


def test_the_time_of_an_entry_is_utc_unless_it_says_more(tmp_path):
    exact = entry("bob.ipynb")
    exact.extra = b"\x55\x54\x05\x00\x01" + (1_700_000_000).to_bytes(4, "little")
    broken = entry("eve.ipynb", (2026, 0, 0, 0, 0, 0))
    never = entry("zoe.ipynb", (1980, 1, 1, 0, 0, 0))
    path = archive(tmp_path / "all.zip", {"ann.ipynb": b"x", exact: b"x", broken: b"x", never: b"x"})
    found = read(path)
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    assert {name: one.received for name, one in found.items()} == {
        "ann": datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC),
        "bob": datetime.fromtimestamp(1_700_000_000, UTC),
        "eve": written,
        "zoe": written,
    }
