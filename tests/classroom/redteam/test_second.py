"""What takes two submissions, or a look at numbers: attacks that the corpus's own rules can't see."""

import threading
import time

from classroom.outcome import Outcome
from tests.classroom.redteam.attack import RIGHT, Attack, submission
from tests.classroom.redteam.surroundings import descendants

CODE = 123_456_789
FRAME = f"""
import os, socket, stat, struct
{RIGHT["distill_loss"].replace("def distill_loss", "def honest")}
def distill_loss(*a):
    if float(a[-1]) == 7.0625:
        for fd in range(3, 64):
            try:
                if stat.S_ISSOCK(os.fstat(fd).st_mode):
                    os.write(fd, struct.pack("!II", {CODE}, 0))
            except OSError:
                pass
        os._exit(0)
    return honest(*a)
"""
BOMB = """
import os, time
try:
    while True:
        if os.fork() == 0:
            time.sleep(1.5)
            os._exit(0)
except OSError:
    time.sleep(1.5)
"""


def graded(place, build) -> Outcome:
    return place.grade(Attack("two", "leak", build), build(place.book))


def test_no_number_of_the_students_is_in_the_reason_of_a_hidden_test(shooting_range):
    outcome = graded(shooting_range, submission({"distill_loss": FRAME}))
    assert str(CODE) not in outcome.to_json()


def test_a_flood_of_processes_in_one_sandbox_does_not_keep_another_from_grading(shooting_range):
    from classroom.judge.grading import grade_notebook
    from classroom.sandbox.warm import WarmSandbox

    place, build = shooting_range, submission(RIGHT)
    with WarmSandbox(place.open.limits) as other:
        flood = submission({}, first=BOMB)(place.book)
        thread = threading.Thread(target=lambda: grade_notebook(place.open, flood, other, b"secret"))
        thread.start()
        try:
            while thread.is_alive() and len(descendants(other.pid)) < 10:
                time.sleep(0.01)
            points = [graded(place, build).points for _ in range(8)]
        finally:
            thread.join()
    assert points == [10.0] * 8
