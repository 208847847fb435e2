"""No attention: the same vector at every step."""

import torch
from jaxtyping import Bool, Float
from torch import Tensor, nn

from seqgraph.core.expect import expect, expect_size


class FixedContext(nn.Module):
    r"""Stands where an attention stands, and always answers with the encoder's last states.

    .. math:: \bar v_t = \big[\overrightarrow{h}_S;\ \overleftarrow{h}_1\big] \quad\text{for all } t

    Shape:
        query ``[B, T, Q]``, keys ``[B, S, K]``; context ``[B, T, K]``, weights ``[B, T, S]`` of zero.

    Args:
        key_size: K, an even number of at least 2: half of a key was read forward, the other half backward.

    Raises:
        ValueError: key_size is odd or below 2.

    Example:
        >>> FixedContext(2)(torch.zeros(1, 1, 4), torch.tensor([[[1.0, 6.0], [3.0, 5.0]]]))[0].tolist()
        [[[3.0, 6.0]]]
    """

    def __init__(self, key_size: int):
        super().__init__()
        if expect_size("FixedContext", "key_size", key_size) % 2:
            raise ValueError(
                f"FixedContext: key_size must be even (two directions), got {key_size}."
            )
        self.key_size = key_size

    def forward(
        self,
        query: Float[Tensor, "B T Q"],
        keys: Float[Tensor, "B S K"],
        values: None = None,
        mask: Bool[Tensor, "B S"] | None = None,
    ) -> tuple[Float[Tensor, "B T K"], Float[Tensor, "B T S"]]:
        expect("FixedContext", "query", query, ("B", "T", "Q"))
        (B, T, _), K = query.shape, self.key_size
        expect("FixedContext", "keys", keys, (B, "S", K), f"key_size={K}")
        S = keys.shape[1]
        end = (
            torch.full((B,), S - 1, device=keys.device)
            if mask is None
            else mask.sum(1) - 1
        )
        forward = keys[torch.arange(B, device=keys.device), end, : K // 2]
        fixed = torch.cat([forward, keys[:, 0, K // 2 :]], dim=-1)
        return fixed[:, None].expand(B, T, K), keys.new_zeros(B, T, S)
