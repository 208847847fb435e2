"""Family (d), second half: dishonest values that the codec sends, and the codec patched from inside."""

from textwrap import indent

from tests.classroom.redteam.attack import cells, hostile

RETURN = """
import torch, numpy, fractions, sys
def rnn_step(*arguments, **named):
{body}
gcn_layer = distill_loss = rnn_step
"""
RESULTS = {
    f"returns-{name}": RETURN.format(body=indent(body, "    ")) for name, body in cells("results").items()
}
ATTACKS = (
    *hostile("values", ("wire",), RESULTS, instead=True),
    *hostile("values", ("wire",), cells("codec")),
)
