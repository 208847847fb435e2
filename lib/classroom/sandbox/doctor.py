"""Is the sandbox real on this machine? Every wall is tried from inside, with the same code that grades."""

import platform
import time
from dataclasses import dataclass

from classroom.errors import ClassroomError
from classroom.limits import Limits
from classroom.sandbox import cgroup
from classroom.sandbox.session import SessionLost, StudentError, SystemFault
from classroom.sandbox.warm import SandboxLost, WarmSandbox

# Each probe is run as a student's cell and must print its word: what it tried was refused.
PROBES = {
    "network": ("import socket\nsocket.create_connection(('127.0.0.1', 9), 1)", "no network"),
    "files": ("open('/etc/passwd').read()", "no file of this machine"),
    "writing": (
        "n = 0\nfor place in ('/', '/course/', '/dev/', '/usr/'):\n    try:\n        open(place + 'x', 'w')\n"
        "        n = 1\n    except OSError:\n        pass\nassert n, 'nowhere'",
        "nothing outside /tmp can be written",
    ),
    "processes": (
        "import os, time\nfor _ in range(200):\n    if os.fork() == 0:\n        time.sleep(9)",
        "processes are counted",
    ),
    "programs": ("import os\nos.execv('/bin/sh', ['sh'])", "no program can be started"),
    "memory": ("x = bytearray(1 << 34)", "memory is limited"),
    "disk": ("open('/tmp/x', 'wb').write(bytes(1 << 28))", "files are limited"),
    "others": ("import os\nassert os.listdir('/proc'), 'nothing there'", "no other process is seen"),
}
TRIAL = "try:\n{body}\nexcept BaseException as error:\n    print('refused')\nelse:\n    print('allowed')"
APPARMOR = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's: what was looked at, whether it is well, and what was seen."""

    what: str
    well: bool
    seen: str


def examine(limits: Limits | None = None) -> list[Finding]:
    """Return what was found; the sandbox is real if all of it is well."""
    limits = limits or Limits()
    found = [Finding("system", platform.system() == "Linux", f"{platform.system()} {platform.release()}")]
    try:
        started = time.perf_counter()
        with WarmSandbox(limits) as warm:
            found.append(Finding("start", True, f"in {time.perf_counter() - started:.1f} s"))
            found += [_probe(warm, name) for name in PROBES]
    except (ClassroomError, SandboxLost, SystemFault) as error:
        found.append(Finding("start", False, f"{error}{_advice()}"))
    group = cgroup.make(limits)
    if group:
        group.remove()
    seen = (
        "a control group also bounds memory" if group else "no control group here: the other walls hold alone"
    )
    return [*found, Finding("control group", True, seen)]


def _probe(warm: WarmSandbox, name: str) -> Finding:
    body, words = PROBES[name]
    session = warm.open()
    source = TRIAL.format(body="\n".join("    " + line for line in body.split("\n")))
    try:
        printed = session.ask("run", time.monotonic() + 20, source=source, label=name)[0]
        well = printed.strip() == "refused"
        return Finding(name, well, words if well else "what must be refused was allowed")
    except SessionLost as lost:
        # A process that was ended has not got what it wanted either.
        return Finding(name, str(lost) != "time limit", f"{words} ({lost})")
    except StudentError as error:
        return Finding(name, False, error.text)
    finally:
        session.close()


def _advice() -> str:
    try:
        with open(APPARMOR) as stream:
            restricted = stream.read().strip() == "1"
    except OSError:
        restricted = False
    if restricted:
        return (
            "\nAppArmor keeps ordinary programs from making user namespaces here (Ubuntu 24.04 and later). "
            "Allow it: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"
        )
    return (
        "\nIn a container, user namespaces must be allowed to it; see the page on what the grader promises."
    )
