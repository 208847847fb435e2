import argparse

import pytest

from classroom.mutate import examine
from classroom.mutate.commands import add_commands
from classroom.sandbox import bubblewrap
from tests.classroom.mutate.small_assignment import make


def run(*arguments):
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    options = parser.parse_args(["check-tests", *map(str, arguments)])
    return options.run(options)


def test_list_prints_the_mutants_of_both_variants(tmp_path, capsys):
    assert run("small", "--exercises", make(tmp_path), "--list") == 0
    said = capsys.readouterr().out
    assert "blend (keeps): ReplaceBinaryOperator_Add_Sub 0\n" in said
    assert "blend (writes): ReplaceBinaryOperator_Add_Sub 0\n" in said
    assert "    + return sum(1 for number in numbers if number >= least)\n" in said


@pytest.mark.parametrize(("faults", "status"), [([], 0), (["mutant x loses no point"], 1)])
def test_the_exit_status_and_the_last_line_tell_whether_there_are_faults(
    tmp_path, capsys, monkeypatch, faults, status
):
    from classroom.mutate.editions import editions
    from classroom.mutate.report import Report

    exercises = make(tmp_path)
    asked = []

    def fake(name, folder, workers, secret, tick):
        asked.append((name, folder, workers, secret))
        tick(1, 2)
        report = Report(editions(name, folder), [], list(faults))
        report.skipped = [("count", "adds an axis", "no result is a tensor")] * 2
        return report

    monkeypatch.setattr(examine, "examine", fake)
    monkeypatch.setattr(bubblewrap, "find_bubblewrap", lambda: None)
    secret = tmp_path / "secret"
    secret.write_bytes(b"sixteen bytes or more")
    assert run("small", "--exercises", exercises, "--secret", secret, "--workers", 3) == status
    assert asked == [("small", exercises, 3, b"sixteen bytes or more")]
    out, errors = capsys.readouterr()
    assert out.count("left out: count: adds an axis: no result is a tensor") == 1
    assert out.rstrip().endswith("1 faults" if faults else "these tests can be trusted.")
    assert ("mutant x loses no point" in errors) == bool(faults)
