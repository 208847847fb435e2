"""Skip-gram with negative sampling, in expectation: word vectors learned from which words meet."""

from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn.functional import logsigmoid

from seqgraph.core.expect import ShapeError, expect_number
from seqgraph.text.embedding import Embedding
from seqgraph.text.pmi import context_share


class SkipGram(nn.Module):
    r"""Scores of word pairs: the inner product of a word's vector and a neighbour's vector (跳元模型).

    .. math:: s(w, w') = E_w \cdot E'_{w'}

    Each word has two vectors: E, ``words``, for when it stands in the middle, and E', ``contexts``, for when
    it is the neighbour. Afterwards E is kept as the embedding.

    Shape:
        words ``[N]``; output ``[N, V]``, the scores of all V possible neighbours.

    Args:
        vocabulary_size: V, at least 1.
        embedding_size: D, at least 1.
        scale: standard deviation of the first weights, at least 0.

    Source:
        [mikolov2013efficient], [mikolov2013distributed]

    Example:
        >>> import torch
        >>> SkipGram(5, 2)(torch.tensor([0, 3])).shape
        torch.Size([2, 5])
    """

    def __init__(self, vocabulary_size: int, embedding_size: int, scale: float = 0.1):
        super().__init__()
        self.words = Embedding(vocabulary_size, embedding_size, scale)
        self.contexts = Embedding(vocabulary_size, embedding_size, scale)

    def forward(self, words: Int[Tensor, " N"]) -> Float[Tensor, "N V"]:
        return self.words(words) @ self.contexts.weight.T


def noise_counts(
    counts: Float[Tensor, "V V"], negatives: float = 5.0, power: float = 0.75
) -> Float[Tensor, "V V"]:
    r"""How often each pair is expected among the made-up ones, the negative samples (负样本).

    .. math:: \operatorname{noise}(w, w') = \kappa\, \#(w)\, P(w')

    Each true pair (w, w') comes with kappa made-up ones: w and a word drawn from P.

    Args:
        counts: of ``cooccurrence``, ``[V, V]``.
        negatives: kappa, above 0.
        power: of ``context_share``, in (0, 1].

    Example:
        >>> import torch
        >>> noise_counts(torch.tensor([[0.0, 3.0], [3.0, 2.0]]), negatives=2.0, power=1.0).tolist()
        [[2.25, 3.75], [3.75, 6.25]]
    """
    expect_number("noise_counts", "negatives", negatives, above=0)
    return negatives * counts.sum(1, keepdim=True) * context_share(counts, power)


def skip_gram_loss(
    scores: Float[Tensor, "N V"],
    counts: Float[Tensor, "N V"],
    noise: Float[Tensor, "N V"],
) -> Float[Tensor, ""]:
    r"""How badly the scores tell true pairs from made-up ones.

    .. math::
        L = -\frac{1}{\sum \#} \sum_{w, w'} \Big[ \#(w, w') \log \sigma(s) +
        \operatorname{noise}(w, w') \log \sigma(-s) \Big], \qquad s = s(w, w')

    Args:
        scores: of ``SkipGram``, ``[N, V]``; sigma(s) is read as the probability that the pair is a true one.
        counts: how often each pair occurs; the same rows.
        noise: how often it is made up; the same rows.

    Raises:
        ShapeError: the shapes differ.

    Source:
        [mikolov2013distributed]; there a few made-up pairs are drawn for each true one. This is the mean over
        all draws, which a small vocabulary allows.

    Example:
        >>> import torch
        >>> one = torch.ones(1, 1)
        >>> round(skip_gram_loss(0 * one, one, one).item(), 4)  # 2 log 2
        1.3863
    """
    if not scores.shape == counts.shape == noise.shape:
        came = f"{list(scores.shape)}, {list(counts.shape)} and {list(noise.shape)}"
        raise ShapeError(
            f"skip_gram_loss: scores, counts and noise must have one shape, got {came}."
        )
    return (
        -(counts * logsigmoid(scores) + noise * logsigmoid(-scores)).sum()
        / counts.sum()
    )
