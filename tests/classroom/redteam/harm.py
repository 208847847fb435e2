"""Family (c): use up what the machine has, reach what is around, end what grades, leave something behind.

None goes on for ever: sizes are several times any sane limit, and small enough for a machine to survive.
"""

from tests.classroom.redteam.attack import SAY_HARM, WRONG, Attack, cells, hostile, submission

# What each file under cells/ tries.
CHANNELS = {
    "memory": "memory",
    "files": "file",
    "time": "process",
    "network": "network",
    "processes": "process",
    "kernel": "kernel",
    "poison": "file",
}
FILLERS = cells("fillers")


def filling(name: str, kind: str) -> Attack:
    """Return the attack whose processes fill memory while its later cells wait for them."""
    bodies = {task: f"{body}\ngather()" for task, body in WRONG.items()}
    first = SAY_HARM + FILLERS["children"].replace("@KIND@", kind)
    return Attack(name, "harm", submission(bodies, first, "gather()"), channels=("memory",), earns=0)


ATTACKS = (
    *(attack for file, channel in CHANNELS.items() for attack in hostile("harm", (channel,), cells(file))),
    filling("memory-many-processes", "MAP_PRIVATE"),
    filling("memory-shared-by-processes", "MAP_SHARED"),
)
