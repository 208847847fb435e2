"""What a node can know of its neighbours: how often, which most, which at all."""

import torch

from seqgraph.core.expect import expect_generator, expect_size
from seqgraph.data.graphs import Graphs, joined

QUESTIONS = ("copies", "most", "missing")
KINDS, BASE = 3, 4  # kinds of leaves; leaves of a base where copies are counted
COUNTS = {
    "most": ((4, 1, 1), (3, 2, 1), (3, 1, 2), (5, 2, 2)),
    "missing": ((0, 1, 1), (0, 1, 2), (0, 3, 1)),
}


def multisets(num_bases: int, question: str, generator: torch.Generator) -> Graphs:
    r"""Draw stars with leaves of three kinds and a question that needs the sum, the mean or the maximum.

    .. math:: y = \begin{cases}
                  m - 1 & \text{copies: the leaves are four, } m \text{ times over} \\
                  \arg\max_k n_k & \text{most: all kinds occur, one most often} \\
                  k \text{ with } n_k = 0 & \text{missing: one kind does not occur}
                  \end{cases}

    n_k counts the leaves of kind k: the neighbours of the hub are a multiset (多重集). Each base is drawn
    once and handed out three times, once for each answer. The three differ in nothing that a weaker
    aggregation sees: for "copies" mean and maximum are the same, for "most" the maximum is. So an aggregation
    that cannot see the answer is right in exactly one third of them.

    Args:
        num_bases: B; there come 3 B graphs, the answers 0, 1 and 2 of each base one after the other.
        question: ``"copies"``, ``"most"`` or ``"missing"``.
        generator: on the CPU: the same seed gives the same stars on every machine.

    Raises:
        ValueError: any other question.

    Source:
        [xu2019gin]

    Example:
        >>> stars = multisets(1, "copies", torch.Generator().manual_seed(0))
        >>> stars.y.tolist(), stars.batch.bincount().tolist()  # a hub each and 4, 8 or 12 leaves
        ([0, 1, 2], [5, 9, 13])
    """
    expect_size("multisets", "num_bases", num_bases)
    expect_generator("multisets", generator)
    if question not in QUESTIONS:
        raise ValueError(
            f"multisets: question must be one of {list(QUESTIONS)}, got {question!r}."
        )
    bases = _bases(num_bases, question, generator)
    stars = []
    for base in bases:
        for answer in range(KINDS):
            counts = base * (answer + 1) if question == "copies" else base.roll(answer)
            stars.append(_star(counts))
    x, edge_index, batch = joined(stars)
    return Graphs(x, edge_index, torch.arange(KINDS).repeat(num_bases), batch)


def _bases(number: int, question: str, generator: torch.Generator) -> torch.Tensor:
    """How often each kind occurs, ``[B, 3]``; what the question asks for is number 0."""
    if question == "copies":
        kinds = torch.randint(0, KINDS, (number, BASE), generator=generator)
        return torch.nn.functional.one_hot(kinds, KINDS).sum(1)
    counts = torch.tensor(COUNTS[question])
    return counts[torch.randint(0, len(counts), (number,), generator=generator)]


def _star(counts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """A hub without features, joined to its leaves."""
    kinds = torch.arange(KINDS).repeat_interleave(counts)
    leaves = torch.nn.functional.one_hot(kinds, KINDS)
    x = torch.cat([leaves.new_zeros(1, KINDS), leaves])
    adjacency = torch.zeros(len(x), len(x), dtype=torch.bool)
    adjacency[0, 1:] = adjacency[1:, 0] = True
    return x.to(torch.get_default_dtype()), adjacency
