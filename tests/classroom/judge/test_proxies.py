"""An object of the student can be asked, and never decides."""

import copy

import pytest
import torch

from classroom.judge.proxies import Clock, NoVerdict, Proxy
from classroom.wire.values import Handle


class Session:
    """Stands for a sandbox that says whatever it is told to say."""

    def __init__(self, answer=None):
        self.answer, self.asked = answer, []

    def ask(self, do, deadline, **values):
        self.asked.append((do, values))
        return self.answer


def proxy(answer=None):
    session = Session(answer)
    return Proxy(session, Handle(1, "object", "Lie"), Clock()), session


@pytest.mark.parametrize(
    "verdict",
    [
        *(lambda p: p == 1, lambda p: p != 1, lambda p: p < 1, lambda p: p >= 1, bool, lambda p: not p, hash),
        *(lambda p: 1 in p, int, float, complex, range, lambda p: p in [1], lambda p: {p: 1}),
    ],
)
def test_it_has_no_verdict(verdict):
    made, session = proxy(True)
    with pytest.raises(NoVerdict):
        verdict(made)
    assert session.asked == []


def test_it_takes_part_in_no_protocol_of_torch_or_copy():
    made, session = proxy(True)
    for use in (
        lambda: torch.allclose(made, torch.ones(1)),
        lambda: torch.ones(1) + made,
        lambda: copy.copy(made),
    ):
        with pytest.raises((TypeError, AttributeError, NoVerdict)):
            use()
    assert session.asked == []


@pytest.mark.parametrize("answer", [-1, 1.0, "3", None, True])
def test_a_length_that_is_no_length_is_refused(answer):
    with pytest.raises(NoVerdict):
        len(proxy(answer)[0])


def test_it_can_be_asked_and_sent_back():
    made, session = proxy([1, 2])
    assert (made(3, k=4), made.name, made["key"], [*iter(made)]) == ([1, 2], [1, 2], [1, 2], [1, 2])
    assert [do for do, _ in session.asked] == ["call", "attribute", "item", "items"]
    assert type(made).handle_of.fget(made) == Handle(1, "object", "Lie")
    with pytest.raises(AttributeError):
        made.name = 3
