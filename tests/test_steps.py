"""Steps: a fault stops no other step, all faults are told together, and output of two steps is not mixed."""

import threading

import pytest

from tests.steps import Failed, Runner, Skipped, Step


def failing(words):
    def work(out):
        out.say(words)
        out.run("-c", "import sys; sys.exit(3)")

    return work


def fine(out):
    out.run("-c", "print('all is well')")


def run(tmp_path, *steps, cores=2):
    return Runner(tmp_path, list(steps), cores).run()


def test_a_step_that_fails_stops_no_other_and_all_are_told(tmp_path, capfd):
    steps = [
        Step("a", failing("FAILED tests/x.py::one")),
        Step("b", fine),
        Step("c", failing("c is wrong"), 2),
    ]
    assert run(tmp_path, *steps) == 1
    out = capfd.readouterr().out
    assert "all is well" in out
    summary = out[out.index("== 2 of 3 steps failed") :]
    assert "== a: exit 3" in summary
    assert "   FAILED tests/x.py::one\n== to repeat it: make test STEPS=a" in summary
    assert "== to repeat it: make test STEPS=c" in summary


def test_no_fault_is_success_and_a_skip_is_told(tmp_path, capfd):
    def skip(out):
        raise Skipped("no browser")

    assert run(tmp_path, Step("a", fine), Step("b", skip)) == 0
    out = capfd.readouterr().out
    assert "b SKIPPED: no browser" in out
    assert "== no step of 2 failed" in out


def test_a_step_that_breaks_is_a_fault(tmp_path, capfd):
    def broken(out):
        raise RuntimeError("planted")

    assert run(tmp_path, Step("a", broken), Step("b", fine)) == 1
    assert "a: broke: RuntimeError: planted" in capfd.readouterr().out


def test_a_step_alone_writes_as_it_goes(tmp_path, capfd):
    assert run(tmp_path, Step("a", fine)) == 0
    assert not (tmp_path / "_build" / "test" / "a.log").exists()
    assert "all is well" in capfd.readouterr().out


@pytest.mark.parametrize(("makes", "stale"), [(True, False), (False, False), (False, True)])
def test_a_step_without_its_input_says_that_it_could_not_run(tmp_path, capfd, makes, stale):
    made = tmp_path / "page.html"
    ran = []
    if stale:
        import os

        made.write_text("old")
        os.utime(made, (1, 1))

    def make(out):
        if makes:
            made.write_text("new")
        raise Failed("a chapter failed")

    reader = Step("reader", ran.append, inputs={"maker": made})
    assert run(tmp_path, Step("maker", make), reader) == 1
    out = capfd.readouterr().out
    assert bool(ran) == makes
    words = 'reader: could not run: step maker makes what it needs: make test STEPS="maker reader"'
    assert (words in out) != makes


def test_steps_of_one_core_run_side_by_side_and_their_output_is_not_mixed(tmp_path, capfd):
    both = threading.Barrier(2, timeout=60)

    def meet(name):
        def work(out):
            out.say(f"{name} begins")
            both.wait()
            out.say(f"{name} ends")

        return work

    assert run(tmp_path, Step("a", meet("a")), Step("b", meet("b"))) == 0
    out = capfd.readouterr().out
    assert "a begins\na ends\n" in out
    assert "b begins\nb ends\n" in out


def test_a_step_of_all_cores_runs_alone(tmp_path):
    running, most = set(), []

    def work(out):
        running.add(out)
        most.append(len(running))
        out.run("-c", "pass")
        running.discard(out)

    assert run(tmp_path, *[Step(str(number), work, 2) for number in range(3)]) == 0
    assert most == [1, 1, 1]


def test_long_work_gives_a_sign_of_life(tmp_path, capfd, monkeypatch):
    monkeypatch.setattr("tests.steps.SIGN_OF_LIFE_SECONDS", 0.05)
    seen = threading.Event()

    def slow(out):
        out.say("half of it")
        seen.wait(0.5)

    assert run(tmp_path, Step("a", slow), Step("b", fine)) == 0
    assert ".. a 0 s: half of it" in capfd.readouterr().out
