"""The embedding layer: one learned vector for each word, found by its index."""

import torch
from jaxtyping import Float, Int, Int64
from torch import Tensor, nn

from seqgraph.core.expect import ShapeError, expect_indices, expect_number, expect_size


class Embedding(nn.Module):
    r"""Replace each index by its row of a matrix (嵌入层), as ``torch.nn.Embedding`` does.

    .. math:: x_t = E_{w_t} = \mathbf 1_{w_t} E

    Shape:
        indices in 0..V-1, of any shape; the output has one axis more, of size D. E ``[V, D]`` is ``weight``.

    Args:
        vocabulary_size: V, at least 1.
        embedding_size: D, at least 1.
        scale: standard deviation of the first weights, at least 0.

    Source:
        [bengio2003neural]

    Example:
        >>> embedding = Embedding(3, 2)
        >>> _ = embedding.load_state_dict({"weight": torch.tensor([[0.0, 0.0], [1.0, 2.0], [3.0, 4.0]])})
        >>> embedding(torch.tensor([2, 1, 2])).tolist()
        [[3.0, 4.0], [1.0, 2.0], [3.0, 4.0]]
    """

    def __init__(self, vocabulary_size: int, embedding_size: int, scale: float = 1.0):
        super().__init__()
        self.vocabulary_size = expect_size(
            "Embedding", "vocabulary_size", vocabulary_size
        )
        self.embedding_size = expect_size("Embedding", "embedding_size", embedding_size)
        expect_number("Embedding", "scale", scale, least=0)
        self.weight = nn.Parameter(scale * torch.randn(vocabulary_size, embedding_size))

    def forward(self, indices: Int[Tensor, " *shape"]) -> Float[Tensor, "*shape D"]:
        return self.weight[
            expect_indices("Embedding", "indices", indices, self.vocabulary_size)
        ]


def embedding_gradient_rows(
    indices: Int[Tensor, " *shape"], gradient: Float[Tensor, "*shape D"]
) -> tuple[Int64[Tensor, " R"], Float[Tensor, "R D"]]:
    r"""The gradient of an embedding matrix, as the few rows that are not zero.

    .. math:: \frac{\partial L}{\partial E_w} = \sum_{t:\, w_t = w} \frac{\partial L}{\partial x_t}

    Args:
        indices: what was looked up: whole numbers of at least 0, in any shape.
        gradient: of the loss with respect to the looked-up vectors: one axis more, of size D.

    Returns:
        ``(rows, values)``: the words that were looked up, in rising order and each once, and their gradients,
        as ``torch.nn.Embedding(..., sparse=True)`` leaves them in ``weight.grad.coalesce()``.

    Raises:
        ShapeError: the two shapes do not fit.

    Example:
        >>> gradient = torch.tensor([[1.0], [10.0], [100.0]])
        >>> rows, values = embedding_gradient_rows(torch.tensor([4, 1, 4]), gradient)
        >>> rows.tolist(), values.tolist()
        ([1, 4], [[10.0], [101.0]])
    """
    if gradient.shape[:-1] != indices.shape or gradient.dim() != indices.dim() + 1:
        raise ShapeError(
            "embedding_gradient_rows: gradient must have the shape of indices, "
            f"{list(indices.shape)}, and one axis more, got {list(gradient.shape)}."
        )
    rows, place = torch.unique(indices.flatten().long(), return_inverse=True)
    values = gradient.new_zeros(len(rows), gradient.shape[-1])
    return rows, values.index_add_(
        0, place, gradient.flatten(0, -2) if indices.dim() else gradient[None]
    )
