"""Stars of leaves: each question is answered by one aggregation, and hidden from the weaker ones."""

import pytest
import torch

from seqgraph.core import segment_max, segment_mean, segment_sum
from seqgraph.data import multisets
from tests.checks.numbers import TIGHT32, gap, generator, same_bits

AGGREGATIONS = {"sum": segment_sum, "mean": segment_mean, "max": segment_max}
EVERY_QUESTION = pytest.mark.parametrize("question", ["copies", "most", "missing"])


def hubs(stars):
    return torch.cat([torch.ones(1, dtype=torch.bool), stars.batch[1:] != stars.batch[:-1]])


def heard(stars, how):
    """What the hubs receive, ``[B, 3, 3]``: base, answer, kind."""
    sender, receiver = stars.edge_index
    return AGGREGATIONS[how](stars.x[sender], receiver, len(stars.x))[hubs(stars)].reshape(-1, 3, 3)


@EVERY_QUESTION
def test_stars_are_undirected_with_a_bare_hub_and_one_hot_leaves(question):
    stars = multisets(20, question, generator())
    hub = hubs(stars)
    assert int(hub.sum()) == len(stars.y) == 60
    assert torch.count_nonzero(stars.x[hub]) == 0
    assert bool(stars.x[~hub].sum(1).eq(1).all())
    pairs = set(zip(*stars.edge_index.tolist(), strict=True))
    assert len(pairs) == stars.edge_index.shape[1] == 2 * int((~hub).sum())
    centre = hub.nonzero().flatten()[stars.batch].tolist()
    assert pairs == {way for v, h in enumerate(centre) if v != h for way in ((v, h), (h, v))}


@EVERY_QUESTION
def test_the_answers_of_each_base_are_0_1_2(question):
    assert multisets(20, question, generator()).y.tolist() == [0, 1, 2] * 20


def test_copies_only_the_sum_can_count_them():
    stars = multisets(50, "copies", generator())
    assert same_bits(heard(stars, "sum").sum(2) / 4 - 1, stars.y.reshape(-1, 3).float())
    for how in ("mean", "max"):
        what = heard(stars, how)
        assert gap(what, what[:, :1].expand_as(what)) <= TIGHT32


def test_most_sum_and_mean_can_tell_and_the_maximum_cannot():
    stars = multisets(50, "most", generator())
    for how in ("sum", "mean"):
        what = heard(stars, how)
        assert same_bits(what.argmax(2).flatten(), stars.y)
        assert bool(what.eq(what.amax(2, keepdim=True)).sum(2).eq(1).all())  # no ties
    assert bool(heard(stars, "max").eq(1).all())


@pytest.mark.parametrize("how", AGGREGATIONS)
def test_missing_every_aggregation_can_tell(how):
    stars = multisets(50, "missing", generator())
    what = heard(stars, how)
    assert same_bits(what.eq(0).long().argmax(2).flatten(), stars.y)
    assert bool(what.eq(0).sum(2).eq(1).all())


@EVERY_QUESTION
def test_the_same_seed_gives_the_same_stars_in_the_default_dtype(question):
    made = []
    for seed, own in ((1, 7), (2, 7), (1, 8)):
        torch.manual_seed(seed)
        made.append(multisets(20, question, generator(own)))
    assert same_bits(made[0], made[1])
    assert made[0].x.tolist() != made[2].x.tolist()
    torch.set_default_dtype(torch.float64)
    try:
        assert multisets(1, question, generator()).x.dtype == torch.float64
    finally:
        torch.set_default_dtype(torch.float32)


@pytest.mark.errors
def test_what_is_refused():
    with pytest.raises(ValueError, match=r"multisets: question must be one of \['copies', .*got 'least'"):
        multisets(1, "least", generator())
    with pytest.raises(ValueError, match="multisets: num_bases must be a whole number of at least 1, got 0"):
        multisets(0, "most", generator())
    with pytest.raises(TypeError, match=r"multisets: generator must be a torch.Generator, got int"):
        multisets(1, "most", 0)
