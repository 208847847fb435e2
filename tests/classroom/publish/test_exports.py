"""Tables for spreadsheets, Canvas and Moodle."""

import csv
from dataclasses import replace

import pytest

from classroom.errors import ClassroomError
from classroom.publish.exports import write_canvas, write_csv, write_moodle
from classroom.publish.tables import defused, matched
from tests.classroom.publish import maker

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Essay (11),Gated units (12),Current Score
,,,,,Manual Posting,,(read only)
    Points Possible,,,,,5,7,(read only)
"Lovelace, Ada",101,u1,ada,A,4,,80
"=Bob",102,u2,bob@example.org,A,,3,
"Dan, No Work",104,u4,dan,B,2,6,50
"Student, Test",105,,f00,A,,,
"""
MOODLE = """\
Identifier,Full name,ID number,Email address,Status,Grade,Maximum grade,Grade can be changed,\
Last modified (submission),Last modified (grade),Feedback comments
Participant 201,Ada Lovelace,,ada@example.org,Submitted,,7.00,Yes,"Sunday, 1 March 2026",-,
Participant 202,=Bob,b-2,bob@example.org,Submitted,1,7.00,Yes,-,-,old
Participant 203,Cleo Twin,,x@example.org,Submitted,,7.00,No,-,-,
Participant 204,Sam Twin,,s1@example.org,-,,7.00,Yes,-,-,
Participant 205,Sam Twin,,s2@example.org,-,,7.00,Yes,-,-,
"""


def read(path):
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


@pytest.fixture
def rows():
    failed = maker.outcome((0.5, 1, 0), ("check failed: <values>", "", "time limit of 8 s"))
    return [maker.row("bob", failed), maker.row("ada"), maker.row("cleo", maker.refused())]


def test_csv(tmp_path, rows):
    path = tmp_path / "new" / "points.csv"
    write_csv(maker.assignment(), rows, path)
    assert path.read_bytes().startswith(b'\xef\xbb\xbf"student","points","max",')
    head, ada, bob, cleo = read(path)
    assert head[4:7] == ["gru_step-values", "gru_step-batch", "gcn_layer-layer"]
    assert ada[:8] == ["ada", "7", "7", "graded", "2", "1", "4", ""]
    assert bob[1] == "1.5"
    assert bob[7] == "gru_step-values: check failed: <values>; gcn_layer-layer: time limit of 8 s"
    assert cleo[:8] == ["cleo", "0", "7", "refused", "0", "0", "0", "the file is empty"]
    assert ada[8:] == ["2026-03-01T14:05:00+00:00", rows[1].sha, maker.assignment().version]


def test_csv_is_the_same_for_any_order(tmp_path, rows):
    write_csv(maker.assignment(), rows, tmp_path / "a.csv")
    write_csv(maker.assignment(), rows[::-1], tmp_path / "b.csv")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝"])
def test_formulas_are_defused(tmp_path, start):
    row = maker.row(f"{start}cmd|' /C calc'!A0", maker.refused(f"\x00{start}HYPERLINK(1)\n\tx"))
    for write in (write_csv, write_moodle, write_canvas):
        write(maker.assignment(), [row], tmp_path / "out.csv")
        cells = [cell for line in read(tmp_path / "out.csv") for cell in line]
        assert not [cell for cell in cells if cell[:1] == start]
        assert f"'{start}cmd|' /C calc'!A0" in cells


def test_only_formulas_are_defused():
    for kept in ("-", "-3.5", "+1", "12 %", "a=b", "", "x@y.org", "5"):
        assert defused(kept) == kept
    assert defused("-1+1") == "'-1+1"
    assert defused("\tx") == "'\tx"


def test_canvas_follows_its_roster(tmp_path, rows):
    roster = tmp_path / "canvas.csv"
    roster.write_text(CANVAS, encoding="utf-8")
    done = write_canvas(maker.assignment(), [*rows, maker.row("105")], tmp_path / "out.csv", roster)
    head, possible, *people = read(tmp_path / "out.csv")
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Gated units (12)"]
    assert possible == ["    Points Possible", "", "", "", "", "7"]
    assert [row[1] for row in people] == ["101", "102", "104", "105"]
    assert [row[5] for row in people] == ["7", "3", "6", "7"]  # who has no result keeps Canvas's own score
    assert people[1][0] == "'=Bob"
    assert done.filled == 2
    assert done.no_submission == ("=Bob", "Dan, No Work")
    assert done.no_row == ("bob", "cleo")  # the login is a whole address, not its beginning


def test_canvas_semicolons_and_mark_are_kept(tmp_path, rows):
    roster = tmp_path / "canvas.csv"
    roster.write_text("\ufeff" + CANVAS.replace(", ", " ").replace(",", ";"), encoding="utf-8")
    write_canvas(maker.assignment(), rows, tmp_path / "out.csv", roster)
    text = (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert text.startswith('\ufeff"Student";"ID";')
    assert '"Lovelace Ada";"101";"u1";"ada";"A";"7"' in text


def test_canvas_without_the_assignment_makes_a_new_column(tmp_path, rows):
    roster = tmp_path / "canvas.csv"
    roster.write_text(CANVAS.replace("Gated units (12)", "Other (12)"), encoding="utf-8")
    write_canvas(maker.assignment(), rows, tmp_path / "out.csv", roster)
    head, possible, ada, *_ = read(tmp_path / "out.csv")
    assert (head[5], possible[5], ada[5]) == ("Gated units", "7", "7")


def test_canvas_without_roster(tmp_path, rows):
    done = write_canvas(maker.assignment(), rows, tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert read(tmp_path / "out.csv")[2] == ["ada", "", "", "ada", "", "7"]
    assert "SIS login" in done.notes[0]


def test_other_maximum_needs_a_word(tmp_path, rows):
    canvas, moodle = tmp_path / "canvas.csv", tmp_path / "moodle.csv"
    canvas.write_text(CANVAS.replace(",5,7,", ",5,100,"), encoding="utf-8")
    moodle.write_text(MOODLE.replace("7.00", "100.00"), encoding="utf-8")
    for write, roster in ((write_canvas, canvas), (write_moodle, moodle)):
        with pytest.raises(ClassroomError, match=r"100 .*this assignment.* 7.*--scale"):
            write(maker.assignment(), rows, tmp_path / "out.csv", roster)
        assert not (tmp_path / "out.csv").exists()
    write_canvas(maker.assignment(), rows, tmp_path / "out.csv", canvas, scale=True)
    assert [row[5] for row in read(tmp_path / "out.csv")[1:4]] == ["100", "100", "3"]
    write_moodle(maker.assignment(), rows, tmp_path / "out.csv", moodle, scale=True)
    assert [row[5] for row in read(tmp_path / "out.csv")[1:3]] == ["100", "21.428571"]


def test_moodle_worksheet_is_filled_in(tmp_path, rows):
    roster = tmp_path / "moodle.csv"
    roster.write_text("\ufeff" + MOODLE, encoding="utf-8")
    extra = [maker.row("203"), maker.row("Sam Twin"), maker.row("nobody")]
    done = write_moodle(maker.assignment(), rows + extra, tmp_path / "out.csv", roster)
    head, ada, bob, cleo, sam, _ = read(tmp_path / "out.csv")
    assert head == MOODLE.splitlines()[0].split(",")
    assert (tmp_path / "out.csv").read_bytes().startswith(b'\xef\xbb\xbf"Identifier"')
    assert (ada[5], ada[10]) == ("7", "All checks passed.")
    assert ada[8:10] == ["Sunday, 1 March 2026", "-"]  # without them Moodle refuses the file
    assert bob[1] == "'=Bob"
    assert bob[5] == "1.5"
    assert bob[10].startswith("gru_step-values: 0.5 of 2: check failed: &lt;values&gt;<br>gcn_layer-layer")
    assert (cleo[5], sam[5]) == ("", "")
    assert done.no_row == ("Sam Twin", "cleo", "nobody")  # two people are called Sam Twin
    assert len(done.no_submission) == 2
    assert "Participant 203" in done.notes[0]


def test_moodle_without_roster(tmp_path, rows):
    write_moodle(maker.assignment(), rows, tmp_path / "out.csv")
    head, ada, _, cleo = read(tmp_path / "out.csv")
    assert head == ["username", "Gated units", "Feedback comments"]
    assert ada == ["ada", "7", "All checks passed."]
    assert cleo[1:] == ["0", "Not graded: the file is empty"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe", "UTF-8"),
        (b"Name,Grade\na,1\n", "expected a column"),
        (b'"a\x00', "expected a column|no CSV"),
        (None, "cannot be read"),
    ],
)
def test_wrong_rosters_are_explained(tmp_path, rows, content, words):
    roster = tmp_path / "roster.csv"
    if content is not None:
        roster.write_bytes(content)
    for write in (write_canvas, write_moodle):
        with pytest.raises(ClassroomError, match=words):
            write(maker.assignment(), rows, tmp_path / "out.csv", roster)


def test_nobody_is_matched_by_guess():
    people = {1: ["101", "ada"], 2: ["102", "bob"], 3: ["bob", "x"], 4: ["", "y"]}
    assert matched(people, ["ADA", "bob", ""]) == {1: "ADA", 3: "bob"}
    assert matched(people, ["ada", "101"]) == {}


def test_empty_class(tmp_path):
    for write in (write_csv, write_canvas, write_moodle):
        assert write(replace(maker.assignment(), title="None"), [], tmp_path / "out.csv").filled == 0
