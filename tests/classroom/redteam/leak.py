"""Family (f): carry hidden inputs out in whatever text the student may get to see.

Hidden tests use a temperature of 7.0625 and inputs of 1234.5, which no public test has (``HIDDEN_VALUES``).
"""

from tests.classroom.redteam.attack import Attack, cells, submission

SPY = """
import os, sys, torch, warnings
seen = []
def words(arguments):
    numbers = []
    for a in arguments:
        if isinstance(a, torch.Tensor):
            numbers += a.flatten().tolist()[:4]
        else:
            numbers.append(float(a))
    seen.extend(numbers)
    return " ".join(str(n) for n in numbers)
def secret():
    return [n for n in seen if n in (1234.5, 7.0625)]
"""
TASKS = """
def rnn_step(*a): return spy(a)
def gcn_layer(*a): return spy(a)
def distill_loss(*a): return spy(a)
"""
ATTACKS = tuple(
    Attack(
        f"leak-{name}",
        "leak",
        submission({"rnn_step": SPY + spy + TASKS, "gcn_layer": "pass", "distill_loss": "pass"}),
        channels=("leak",),
        earns=0,
    )
    for name, spy in cells("spies").items()
)
