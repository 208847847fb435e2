"""Why a test gave no points: in the grader's words, and for a public check with what the student may read."""

from classroom.checks import CheckFailed
from classroom.judge.proxies import NoVerdict
from classroom.judge.running import OutOfTime
from classroom.judge.testing import TestTimeout
from classroom.limits import Limits
from classroom.sandbox.session import SessionLost, StudentError
from classroom.wire.channel import WireError


def explain(error: BaseException, hidden: bool, limits: Limits) -> tuple[str, str]:
    """Return the reason in the grader's words, and for a public check what the student may read."""
    kind = "hidden" if hidden else "public"
    if isinstance(error, OutOfTime):
        return f"time limit of {limits.submission_seconds:g} s for the whole submission", ""
    if isinstance(error, TestTimeout) or (isinstance(error, SessionLost) and str(error) == "time limit"):
        return f"time limit of {limits.test_seconds:g} s in a {kind} check", ""
    if isinstance(error, SessionLost):
        # How it ended is the student's to choose: in a hidden check it would carry something out.
        known = not hidden or str(error) == "memory limit"
        return f"{error if known else 'its process ended'} in a {kind} check", ""
    if isinstance(error, CheckFailed):
        name = " ".join(str(error.name).split())[:80]
        told = str(error).replace("an object of class Proxy", "an object that is no tensor, number or list")
        return f"{kind} check failed: {name}", "" if hidden else told
    if isinstance(error, StudentError):
        return f"the code raised an error in a {kind} check", "" if hidden else error.text
    if isinstance(error, NameError):
        return f"a name is missing in a {kind} check", "" if hidden else str(error)
    text = str(error) if isinstance(error, NoVerdict | WireError | AssertionError) else ""
    return f"a {kind} check failed", "" if hidden else text or f"{type(error).__name__}: {error}"
