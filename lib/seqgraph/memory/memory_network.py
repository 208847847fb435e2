"""The memory network that learns from answers alone."""

from itertools import pairwise
from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from seqgraph.attention.masked_softmax import masked_softmax
from seqgraph.core.expect import expect_size
from seqgraph.memory.sentences import bags, expect_story


class MemoryAnswer(NamedTuple):
    """The answer of a memory network, and where it looked for it."""

    logits: Float[Tensor, "B V"]
    """A score for each word."""
    attention: Float[Tensor, "B K M"]
    """For each hop the weights of the memories; they sum to 1, unless the reading was linear."""


class MemoryNetwork(nn.Module):
    r"""Read a memory of sentences, several times, and answer: an end-to-end memory network (端到端记忆网络).

    .. math::
        u_1 &= \operatorname{bag}(q)\, E_0, \qquad
        m_{ki} = \operatorname{bag}(x_i)\, E_k + T_{k, a_i} \\
        \alpha_{ki} &= \operatorname{softmax}_i(u_k \cdot m_{k-1, i}), \qquad
        u_{k+1} = u_k + \sum_i \alpha_{ki}\, m_{ki} \\
        \hat y &= u_{K+1} E_K^\top

    q is the question, x_i a sentence, a_i its age: 0 for the latest. Hop k = 1..K compares with table k - 1
    and reads with table k (adjacent tying); the answer is looked up in the last one. T alone knows of order.

    Shape:
        sentences ``[B, M, L]`` and question ``[B, Q]``, numbers of words, 0 filling up; logits ``[B, V]``,
        attention ``[B, K, M]``. A sentence of zeros is none: it has weight 0.

    Args:
        num_words: V, numbers of words, 0 included, at least 2.
        size: D, numbers in one memory, at least 1.
        hops: K, how often the memory is read, at least 1.
        max_memories: sentences of the longest story, at least 1.

    Source:
        [sukhbaatar2015end], sections 2 and 4.1, with bags of words and without noise in the ages

    Example:
        >>> network = MemoryNetwork(num_words=5, size=3, hops=2, max_memories=10)
        >>> answer = network(torch.tensor([[[1, 2], [3, 0]]]), torch.tensor([[4, 2]]))
        >>> answer.logits.shape, answer.attention.shape
        (torch.Size([1, 5]), torch.Size([1, 2, 2]))
    """

    def __init__(self, num_words: int, size: int, hops: int, max_memories: int):
        super().__init__()
        self.num_words = expect_size("MemoryNetwork", "num_words", num_words, least=2)
        self.size = expect_size("MemoryNetwork", "size", size)
        self.hops = expect_size("MemoryNetwork", "hops", hops)
        self.max_memories = expect_size("MemoryNetwork", "max_memories", max_memories)
        self.E = nn.Parameter(0.1 * torch.randn(hops + 1, num_words, size))
        self.T = nn.Parameter(0.1 * torch.randn(hops + 1, max_memories, size))

    def forward(
        self,
        sentences: Int[Tensor, "B M L"],
        question: Int[Tensor, "B Q"],
        ages: Int[Tensor, "B M"] | None = None,
        linear: bool = False,
    ) -> MemoryAnswer:
        """Return the answer. Ages not given count later sentences; ``linear`` leaves out the softmax."""
        there, ages = expect_story(
            "MemoryNetwork",
            sentences,
            question,
            ages,
            self.num_words,
            self.max_memories,
        )
        told = bags(sentences, self.num_words, self.E.dtype)
        u = bags(question, self.num_words, self.E.dtype) @ self.E[0]
        m = [told @ E + T[ages] for E, T in zip(self.E, self.T, strict=True)]
        attention = []
        for keys, values in pairwise(m):
            scores = (keys * u[:, None]).sum(-1)
            weights = scores * there if linear else softmax(scores, there)
            u = u + (weights[..., None] * values).sum(1)
            attention.append(weights)
        return MemoryAnswer(u @ self.E[-1].T, torch.stack(attention, 1))


def softmax(scores: Float[Tensor, "B M"], there: Tensor) -> Float[Tensor, "B M"]:
    """Weights that sum to 1 over the memories that are there."""
    return masked_softmax(scores[:, None], there[:, None])[:, 0]
