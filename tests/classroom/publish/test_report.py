"""The report for the teacher."""

import re
from dataclasses import replace

import pytest

from classroom.publish.figures import figures
from classroom.publish.report import report_page, write_report
from tests.classroom.publish import maker


def test_figures_by_hand():
    rows = [
        maker.row("ada"),
        maker.row(
            "bob", maker.outcome((2, 0, 0), ("", "check failed: batch", "time limit of 8 s"), seconds=9.0)
        ),
        maker.row(
            "cleo", maker.outcome((0, 0, 0), ("check failed: values", "check failed: batch", ""), seconds=2.0)
        ),
        maker.row("dan", maker.refused("the file is empty")),
    ]
    found = figures(maker.assignment(), rows)
    assert (found.handed_in, found.graded, found.refused) == (4, 3, (("the file is empty", 1),))
    assert found.mean == 3.0
    assert found.median == 2.0
    assert found.bins == (1, 0, 1, 0, 0, 0, 0, 0, 0, 1)
    gru, gcn = found.tasks
    assert (gru.solved, gru.share, gcn.solved, gcn.share) == (1, (3 + 2 + 0) / 9, 1, 1 / 3)
    assert gru.failing == (("batch: check failed: batch", 2), ("values: check failed: values", 1))
    assert found.slowest == (("bob", 9.0), ("cleo", 2.0))
    assert found.limits == (("time limit of 8 s", 1),)


def test_identical_files_are_one_group():
    rows = [maker.row("ada", shared_with=("bob",)), maker.row("bob", shared_with=("ada",)), maker.row("cleo")]
    rows.append(maker.row("dan", maker.refused(), shared_with=("eve",)))
    assert figures(maker.assignment(), rows).identical == ((("ada", "bob"), 7),)
    page = report_page(maker.assignment(), rows)
    assert "The same file from several students" in page
    assert "The same file from several students" not in report_page(maker.assignment(), rows[2:])


@pytest.mark.parametrize("count", [0, 1, 2000])
def test_report_for_any_size_of_class(count):
    rows, _ = maker.many(count)
    page = report_page(maker.assignment(), rows)
    assert f"<dt>Handed in</dt><dd>{count}</dd>" in page
    assert ("<svg" in page) == (count > 0)
    assert len(page) < 60_000
    if count:
        words = re.search(r"<desc[^>]*>(.*?)</desc>", page).group(1)
        graded = sum(row.outcome.status == "graded" for row in rows)
        assert sum(int(n) for n in re.findall(r": (\d+)\.", words)) == graded


def test_bars_grow_with_their_counts():
    rows = [maker.row(str(n), maker.outcome((0, 0, 0))) for n in range(3)] + [maker.row("x")]
    heights = re.findall(r'<rect [^>]*height="([\d.]+)"', report_page(maker.assignment(), rows))
    assert float(heights[0]) == pytest.approx(3 * float(heights[-1]), rel=0.01)
    assert float(heights[4]) == 0


def test_all_bad_names_are_inert_and_nothing_runs(tmp_path):
    evil = "<script>alert(1)</script>\u202e"
    rows = [maker.row(evil, replace(maker.refused(evil), seconds=3.0), shared_with=("bob" + evil,))]
    path = write_report(maker.assignment(), rows, tmp_path / "new" / "report.html")
    page = path.read_text(encoding="utf-8")
    assert "<script" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page.replace("http-equiv", "")
