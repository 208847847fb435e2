"""The embedding layer: one learned vector for each word, found by its index."""

import torch
from jaxtyping import Float, Int, Int64
from torch import Tensor, nn

from seqgraph.core.expect import ShapeError, expect_indices, expect_size


class Embedding(nn.Module):
    r"""Replace each index by its row of a matrix (嵌入层).

    .. math:: x_t = E_{w_t} = \mathbf 1_{w_t} E

    Where:
        E ``[V, D]`` is ``weight``, with one row for each word.

    Shape:
        indices of any shape; the output has one axis more, of size D.

    Args:
        vocabulary_size: V, at least 1.
        embedding_size: D, numbers in the vector of one word, at least 1.
        scale: standard deviation of the first weights, at least 0.

    Raises:
        ValueError: a size is no whole number of at least 1, scale is negative, or an index is out of range.
        TypeError: the indices are no whole numbers.

    Source:
        [bengio2003neural]

    Differs:
        ``torch.nn.Embedding`` is the same. Its weights begin with standard deviation 1, and it can set one
        row aside for padding.

    Example:
        >>> import torch
        >>> embedding = Embedding(3, 2)
        >>> _ = embedding.load_state_dict({"weight": torch.tensor([[0.0, 0.0], [1.0, 2.0], [3.0, 4.0]])})
        >>> embedding(torch.tensor([2, 1, 2])).tolist()
        [[3.0, 4.0], [1.0, 2.0], [3.0, 4.0]]
    """

    def __init__(self, vocabulary_size: int, embedding_size: int, scale: float = 1.0):
        super().__init__()
        self.vocabulary_size = expect_size("Embedding", "vocabulary_size", vocabulary_size)
        self.embedding_size = expect_size("Embedding", "embedding_size", embedding_size)
        if not scale >= 0:
            raise ValueError(f"Embedding: scale must be at least 0, got {scale!r}.")
        self.weight = nn.Parameter(scale * torch.randn(vocabulary_size, embedding_size))

    def forward(self, indices: Int[Tensor, " *shape"]) -> Float[Tensor, "*shape D"]:
        return self.weight[expect_indices("Embedding", "indices", indices, self.vocabulary_size)]


def embedding_gradient_rows(
    indices: Int[Tensor, " *shape"], gradient: Float[Tensor, "*shape D"]
) -> tuple[Int64[Tensor, " R"], Float[Tensor, "R D"]]:
    r"""The gradient of an embedding matrix, as the few rows that are not zero.

    .. math:: \frac{\partial L}{\partial E_w} = \sum_{t:\, w_t = w} \frac{\partial L}{\partial x_t}

    Where:
        the sum runs over all places where the word w was looked up. A word that was not looked up has a row
        of zeros, which is left out.

    Shape:
        indices of any shape, gradient with one axis more; rows ``[R]``, values ``[R, D]``.

    Args:
        indices: what was looked up; whole numbers of at least 0.
        gradient: of the loss with respect to the looked-up vectors, one for each index.

    Returns:
        ``(rows, values)``: the words that were looked up, in rising order and each once, and their gradients.

    Raises:
        ShapeError: the two shapes do not fit.

    Differs:
        ``torch.nn.Embedding(..., sparse=True)`` leaves the same rows and values in
        ``weight.grad.coalesce()``.

    Example:
        >>> import torch
        >>> embedding_gradient_rows(torch.tensor([4, 1, 4]), torch.tensor([[1.0], [10.0], [100.0]]))
        (tensor([1, 4]), tensor([[ 10.],
                [101.]]))
    """
    if gradient.shape[:-1] != indices.shape or gradient.dim() != indices.dim() + 1:
        raise ShapeError(
            f"embedding_gradient_rows: gradient must have the shape of indices, {list(indices.shape)}, and "
            f"one axis more, got {list(gradient.shape)}."
        )
    rows, place = torch.unique(indices.flatten().long(), return_inverse=True)
    values = gradient.new_zeros(len(rows), gradient.shape[-1])
    return rows, values.index_add_(0, place, gradient.flatten(0, -2) if indices.dim() else gradient[None])
