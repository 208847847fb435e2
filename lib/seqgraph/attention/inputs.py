"""What every attention asks of its inputs, and what a mask hides of them."""

import torch
from jaxtyping import Bool
from torch import Tensor

from seqgraph.core.expect import ShapeError, expect, expect_dtype


def expect_inputs(
    who: str,
    query: Tensor,
    keys: Tensor,
    values: Tensor,
    query_size: int,
    key_size: int,
    dtype: torch.dtype,
) -> None:
    """Raise unless query, keys and values fit each other, the sizes and the dtype of the weights."""
    expect(who, "query", query, ("B", "T", query_size), f"query_size={query_size}")
    expect(
        who,
        "keys",
        keys,
        (len(query), "S", key_size),
        f"B as the query, key_size={key_size}",
    )
    expect(who, "values", values, (len(query), keys.shape[1], "D"), "as the keys")
    for name, value in (("query", query), ("keys", keys), ("values", values)):
        expect_dtype(who, name, value, dtype)


def seen(mask: Tensor, B: int, T: int, S: int) -> Bool[Tensor, "B _ S"]:
    """One row a query, or one for all queries, of the places that may be seen."""
    if not isinstance(mask, Tensor) or mask.dtype != torch.bool:
        came = mask.dtype if isinstance(mask, Tensor) else type(mask).__name__
        raise TypeError(
            f"attention: mask must be a tensor of torch.bool (True = may be seen), got {came}."
        )
    if mask.shape == (B, T, S):
        return mask
    if mask.shape == (B, S):
        return mask[:, None]
    wanted, came = f"[{B}, {S}] or [{B}, {T}, {S}]", list(mask.shape)
    raise ShapeError(
        f"attention: mask must have shape {wanted} (as the scores), got {came}."
    )


def hide_unseen(
    mask: Tensor | None, query: Tensor, *parts: Tensor
) -> tuple[Tensor, ...]:
    """Set to 0 what no query may see: a weight of 0 times NaN is NaN, and so is the gradient."""
    if mask is None:
        return parts
    hidden = ~seen(mask, *query.shape[:2], parts[0].shape[1]).any(1)[..., None]
    return tuple(part.masked_fill(hidden, 0.0) for part in parts)
