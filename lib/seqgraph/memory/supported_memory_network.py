"""The memory network that is told which sentences matter."""

from typing import NamedTuple

import torch
from jaxtyping import Float, Int, Int64
from torch import Tensor, nn

from seqgraph.core.expect import expect_size
from seqgraph.memory.sentences import bags, expect_facts, expect_story


class SupportedAnswer(NamedTuple):
    """The answer of a memory network, and which sentences it is built on."""

    logits: Float[Tensor, "B V"]
    """A score for each word."""
    scores: Float[Tensor, "B K M"]
    """For each fact a score of every sentence; the least finite number where there is none."""
    facts: Int64[Tensor, "B K"]
    """The sentences that were used: those given, or else those of the highest scores."""


class SupportedMemoryNetwork(nn.Module):
    r"""Find supporting sentences one after the other, then answer: a memory network (记忆网络) of 2014.

    .. math::
        m_i &= \operatorname{bag}(x_i)\, V + T_{a_i}, \qquad u_1 = \operatorname{bag}(q)\, U_q \\
        o_k &= \operatorname{argmax}_i\, u_k \cdot m_i, \qquad
        u_{k+1} = u_k + \operatorname{bag}(x_{o_k})\, U_m \\
        \hat y &= \Bigl(\operatorname{bag}(q)\, R_q + \sum_k \operatorname{bag}(x_{o_k})\, R_m\Bigr) W^\top

    Its four parts: I (input, ``features``) makes numbers of words, G (generalisation, ``store``) fills the
    memory, O (output, ``find``) finds K facts, R (response, ``respond``) answers. An argmax has no gradient:
    who trains has to give the right facts.

    Shape:
        as :class:`MemoryNetwork`; ``facts`` ``[B, K]`` are places in the story, counted from 0.

    Args:
        num_words: V, numbers of words, 0 included, at least 2.
        size: D, numbers in one memory, at least 1.
        num_facts: K, at least 1.
        max_memories: sentences of the longest story, at least 1.

    Source:
        [weston2014memory], section 3.1

    Differs:
        The paper tells time by comparing two sentences at a time; here a sentence carries its age.

    Example:
        >>> network = SupportedMemoryNetwork(num_words=5, size=3, num_facts=2, max_memories=10)
        >>> answer = network(torch.tensor([[[1, 2], [3, 0]]]), torch.tensor([[4, 2]]))
        >>> answer.logits.shape, answer.scores.shape, answer.facts.shape
        (torch.Size([1, 5]), torch.Size([1, 2, 2]), torch.Size([1, 2]))
    """

    def __init__(self, num_words: int, size: int, num_facts: int, max_memories: int):
        super().__init__()
        who = "SupportedMemoryNetwork"
        self.num_words = expect_size(who, "num_words", num_words, least=2)
        self.size = expect_size(who, "size", size)
        self.num_facts = expect_size(who, "num_facts", num_facts)
        self.max_memories = expect_size(who, "max_memories", max_memories)
        for name in ("U_q", "U_m", "V", "R_q", "R_m", "W"):
            self.register_parameter(
                name, nn.Parameter(0.1 * torch.randn(num_words, size))
            )
        self.T = nn.Parameter(0.1 * torch.randn(max_memories, size))

    def forward(
        self,
        sentences: Int[Tensor, "B M L"],
        question: Int[Tensor, "B Q"],
        ages: Int[Tensor, "B M"] | None = None,
        facts: Int[Tensor, "B K"] | None = None,
    ) -> SupportedAnswer:
        """Return the answer; facts that are given are used in place of those found."""
        who, V = "SupportedMemoryNetwork", self.num_words
        there, ages = expect_story(who, sentences, question, ages, V, self.max_memories)
        if facts is not None:
            facts = expect_facts(who, facts, self.num_facts, there)
        x, q = self.features(sentences), self.features(question)
        scores, facts = self.find(x, self.store(x, ages), there, q, facts)
        return SupportedAnswer(self.respond(x, q, facts), scores, facts)

    def features(self, words: Int[Tensor, "*B L"]) -> Float[Tensor, "*B V"]:
        """I, input: a bag of words."""
        return bags(words, self.num_words, self.V.dtype)

    def store(
        self, x: Float[Tensor, "B M V"], ages: Int[Tensor, "B M"]
    ) -> Float[Tensor, "B M D"]:
        """G, generalisation: each sentence goes into the next free slot, with its age."""
        return x @ self.V + self.T[ages]

    def find(
        self,
        x: Tensor,
        m: Tensor,
        there: Tensor,
        q: Tensor,
        facts: Tensor | None = None,
    ) -> tuple[Float[Tensor, "B K M"], Int64[Tensor, "B K"]]:
        """O, output: the scores of every hop, and the facts."""
        u, scores, found = q @ self.U_q, [], []
        for k in range(self.num_facts):
            score = (m * u[:, None]).sum(-1)
            score = score.masked_fill(~there, torch.finfo(score.dtype).min)
            fact = score.argmax(-1) if facts is None else facts[:, k]
            u = u + sentence(x, fact) @ self.U_m
            scores.append(score)
            found.append(fact)
        return torch.stack(scores, 1), torch.stack(found, 1)

    def respond(self, x: Tensor, q: Tensor, facts: Tensor) -> Float[Tensor, "B V"]:
        """R, response: a score for each word, from the question and the facts."""
        read = sum(sentence(x, fact) @ self.R_m for fact in facts.unbind(1))
        return (q @ self.R_q + read) @ self.W.T


def sentence(
    x: Float[Tensor, "B M V"], place: Int64[Tensor, " B"]
) -> Float[Tensor, "B V"]:
    """One sentence of each story."""
    return x[torch.arange(len(x), device=x.device), place]
