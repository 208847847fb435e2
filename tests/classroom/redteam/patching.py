"""Family (a), first half: change what decides (tools, torch, builtins, IPython) from the student's side."""

from tests.classroom.redteam.attack import cells, hostile

ATTACKS = (
    *hostile("patching", ("grade",), cells("patching")),
    *hostile("patching", ("grade",), cells("patching_calls"), instead=True),
)
