"""Honest work, whole or with one task spoilt: what is right keeps its points."""

from tests.classroom.redteam.attack import RIGHT, TASKS, WRONG, Attack, answers, cells, submission

ALL = frozenset(TASKS)
OTHERS = frozenset({"gcn_layer", "distill_loss"})
REFERENCE = {
    "rnn_step": "def rnn_step(x, h, W, U, b):\n    return torch.tanh(x @ W + h @ U + b)",
    "gcn_layer": RIGHT["gcn_layer"],
    "distill_loss": RIGHT["distill_loss"],
}

# The cell of rnn_step is one of these; the other two tasks are right and keep their 7 points.
SPOILT = {"wrong": WRONG["rnn_step"], "null-character": "rnn_step = '\x00'\n\x00", **cells("spoilt")}
# Mistakes that only hidden tests find cost what those are worth.
MISTAKES = answers("wrong-1.py")
KEPT_BY_MISTAKES = frozenset({"gcn_layer-values", "distill_loss-hidden"})
WHOLE = {
    "reference": (REFERENCE, 10),
    "alternative-1": (RIGHT, 10),
    "alternative-2": (answers("right-2.py"), 10),
    "all-wrong": (WRONG, 0),
}


def spoilt(name: str, cell: str) -> Attack:
    """Return right work whose first task is the given cell."""
    build = submission({**REFERENCE, "rnn_step": cell})
    channels = ("grade", "process") if "hang" in name or "sleep" in name else ("grade",)
    return Attack(f"honest-{name}", "honest", build, OTHERS, channels, earns=7)


ATTACKS = (
    *(
        Attack(f"honest-{name}", "honest", submission(bodies), ALL if points else frozenset(), earns=points)
        for name, (bodies, points) in WHOLE.items()
    ),
    Attack("honest-mistakes", "honest", submission(MISTAKES), KEPT_BY_MISTAKES, earns=2),
    Attack("honest-blank", "honest", submission(dict.fromkeys(TASKS, "raise NotImplementedError")), earns=0),
    *(spoilt(name, cell) for name, cell in SPOILT.items()),
)
