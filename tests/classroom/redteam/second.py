"""Family (g): what a second look found: roads around the list of routes, and traces left for the next one."""

from tests.classroom.redteam.attack import RIGHT, Attack, cells, hostile, submission
from tests.classroom.redteam.banned import GCN, STEP, skip, written

TASKS = frozenset({"rnn_step", "gcn_layer"})
# Names of builtins are usual names of arguments; a right answer with them takes no banned route.
HONEST = {
    "input": "def rnn_step(input, hidden, W, U, b):\n    return torch.tanh(input @ W + hidden @ U + b)",
    "dir": RIGHT["rnn_step"] + "\n\ndir = -1\nflipped = dir * torch.ones(2)",
    "modules": RIGHT["rnn_step"] + "\n\nparts = [part for part in torch.nn.Linear(2, 2).modules()]",
    "class-name": RIGHT["rnn_step"] + "\n\nprint(torch.ones(2).__class__.__name__)",
    "docstring": RIGHT["rnn_step"] + '\n\ndef note():\n    """RNN"""',
}
IMPORT = RIGHT["rnn_step"] + "\nimport " + "a" * 900_000

ATTACKS = (
    *(skip(f"second-{name}", written(STEP, text)) for name, text in cells("second-roads").items()),
    skip("second-import-of-900-kb", IMPORT),
    *(
        Attack(
            f"banned-second-honest-{name}",
            "banned",
            submission({"rnn_step": body, "gcn_layer": GCN}),
            TASKS,
            earns=6,
        )
        for name, body in HONEST.items()
    ),
    *(
        hostile(
            "harm",
            ("file",),
            {f"second-{name}": text for name, text in cells("second-state").items()},
        )
    ),
)
