"""Family (b): look for hidden tests, secrets, answers and other people's work wherever a process can look.

``@ELSEWHERE@`` is the full path of a classmate's file: the attacker is told where to look. Each file that
the test plants, and its environment, hold the word that ``search`` knows; hidden tests hold the other.
"""

from tests.classroom.redteam.attack import cells, hostile

ATTACKS = (
    *hostile("reading", ("file",), cells("reading")),
    # These wait for the hidden tests to call them.
    *hostile("reading", ("leak",), cells("reading_calls"), instead=True),
)
