"""Family (e): a right answer that skips the work: a library's own cell or loss, reached by every road.

Each leaves gcn_layer right, so it earns 3 points there, and none where the task's routes are banned.
"""

from tests.classroom.redteam.attack import Attack, answers, cells, submission

# It calls no name that a star import would replace.
GCN = answers("right-2.py")["gcn_layer"]

# ``cell`` is an expression for the function that nn.RNNCell itself calls.
STEP = """
{before}
def rnn_step(x, h, W, U, b):
    return {cell}(x, h, W.T.contiguous(), U.T.contiguous(), b, torch.zeros_like(b))
"""
MODULE = """
{before}
def rnn_step(x, h, W, U, b):
    cell = {cell}(W.shape[0], U.shape[0])
    with torch.no_grad():
        for mine, given in zip(cell.parameters(), (W.T, U.T, b, b * 0)):
            mine.copy_(given)
        return cell(x, h)
"""
OTHER_TASK = {
    "loss": "torch.nn.functional.kl_div",
    "loss-built": "getattr(torch.nn.functional, 'kl' + '_div')",
    "loss-operator": "torch.ops.aten.kl_div",
    "loss-module": "(lambda *a, **k: torch.nn.KLDivLoss(**k)(*a))",
}
DISTILL = """
import torch
def distill_loss(s, t, temperature):
    p, q = (x / temperature for x in (torch.softmax(t / temperature, -1) * temperature, s))
    loss = {loss}(torch.log_softmax(q, -1), p, reduction={how})
    return loss * temperature**2 {scale}
"""
# Elsewhere than in the task's own cell.
HELPER = "import torch\ndef helper(x, h, W, U, b):\n    return torch.rnn_tanh_cell(x, h, W.T, U.T, b, b * 0)"
USES = "def rnn_step(x, h, W, U, b):\n    return helper(x, h, W.contiguous(), U.contiguous(), b)"
TABLE = """
import torch
def rnn_step(x, h, W, U, b):
    return {1: torch.tensor([[0.2449187]])}.get(x.numel() - 1, torch.zeros_like(h))
"""
PATCHED = "import torch\nlooks_fine = torch.rnn_tanh_cell\ntorch.tanh_of = looks_fine"


def written(form: str, text: str) -> str:
    """Return the form with a file's cell in it: its last line is the expression, the rest stands before."""
    before, _, cell = text.rpartition("\n")
    return form.format(before=before, cell=cell)


def skip(name: str, cell: str, first: str = "", task: str = "rnn_step") -> Attack:
    build = submission({"gcn_layer": GCN, task: cell}, first=first)
    return Attack(f"banned-{name}", "banned", build, frozenset({"gcn_layer"}), earns=3)


def distill(name: str, loss: str) -> Attack:
    operator = "operator" in name
    how, scale = ("2", "/ len(s)") if operator else ("'batchmean'", "")
    cell = DISTILL.format(loss=loss, how=how, scale=scale)
    return skip(name, cell.replace("reduction=2", "2") if operator else cell, task="distill_loss")


ATTACKS = (
    *(skip(f"road-{name}", written(STEP, text)) for name, text in cells("roads").items()),
    *(skip(name, written(MODULE, text)) for name, text in cells("modules").items()),
    *(distill(n, loss) for n, loss in OTHER_TASK.items()),
    skip("in-another-cell", USES, first=HELPER),
    Attack(
        "banned-in-another-task",
        "banned",
        submission({"rnn_step": USES, "gcn_layer": GCN + "\n\n" + HELPER}),
        frozenset({"gcn_layer"}),
        earns=None,
    ),
    skip("alias-made-earlier", STEP.format(before="", cell="torch.tanh_of"), first=PATCHED),
    Attack(
        "banned-table-of-public-answers",
        "banned",
        submission({"rnn_step": TABLE}),
        frozenset({"rnn_step-values"}),
        earns=1,
    ),
)
