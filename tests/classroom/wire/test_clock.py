"""A busy machine costs a submission no time."""

import os
import socket
import subprocess
import sys
import time

import pytest

from classroom.limits import Limits
from classroom.sandbox.session import SessionLost
from classroom.sandbox.warm import WarmSandbox
from classroom.wire import clock
from classroom.wire.channel import Channel, WireTimeout
from classroom.wire.clock import FairClock
from tests.classroom.needs import needs_bubblewrap
from tests.classroom.redteam.surroundings import descendants


class Wall:
    """A wall clock, and how long this thread has waited for a processor."""

    seconds, waited = 1000.0, 3.0


@pytest.fixture
def wall(monkeypatch):
    made = Wall()
    monkeypatch.setattr(time, "monotonic", lambda: made.seconds)
    monkeypatch.setattr(clock, "waited", lambda: made.waited)
    return made


def test_what_was_waited_for_a_processor_is_no_time(wall):
    fair = FairClock()
    deadline = fair.now() + 2
    wall.seconds, wall.waited = wall.seconds + 3, wall.waited + 1.5
    assert fair.left(deadline) == pytest.approx(0.5)
    wall.seconds += 1
    assert fair.left(deadline) == pytest.approx(-0.5)
    fair.look = lambda: fair.pardon(0.75)
    assert fair.left(deadline) == pytest.approx(0.25)


def test_time_goes_on_however_much_is_waited(wall):
    fair = FairClock()
    wall.seconds, wall.waited = wall.seconds + 30, wall.waited + 30
    assert fair.left(1002.0) == pytest.approx(-1.0)


def test_where_the_kernel_does_not_tell_nothing_is_taken_off():
    assert clock.waited("no process") == 0.0
    assert clock.waited() >= 0.0


def test_a_frame_is_read_on_where_the_clock_stood_still():
    ours, theirs = socket.socketpair()
    fair = FairClock()
    channel, looked = Channel(ours, 1, fair), []

    def look():
        looked.append(fair.pardon(60))
        Channel(theirs, 1).send({"a": 1})

    fair.look = look
    assert channel.receive(fair.now() + 0.05)[0] == {"a": 1}
    assert len(looked) == 1
    fair.look = lambda: None
    with pytest.raises(WireTimeout):
        channel.receive(fair.now() - 1)
    channel.close()
    theirs.close()


BUSY = "import time\nwhile time.process_time() < {}: pass\nprint('done')"


@pytest.mark.slow
@pytest.mark.skipif(clock.waited("self") == 0.0, reason="this kernel does not count it")
def test_a_cell_keeps_its_seconds_on_a_processor_that_others_use_too():
    needs_bubblewrap()
    with WarmSandbox(Limits()) as warm:
        place = {max(os.sched_getaffinity(0))}
        for process in descendants(warm.pid):
            os.sched_setaffinity(process, place)
        others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(4)]
        try:
            for other in others:
                os.sched_setaffinity(other.pid, place)
            fair = FairClock()
            session = warm.open(fair)
            text, _ = session.ask("run", fair.now() + 1.5, source=BUSY.format(0.6), label="1")
            assert text == "done\n"
            with pytest.raises(SessionLost, match="time limit"):
                session.ask("run", fair.now() + 0.2, source=BUSY.format(60), label="2")
        finally:
            for other in others:
                other.kill()
                other.wait()
