"""A real series: the yearly number of sunspots."""

from typing import NamedTuple

import torch
from jaxtyping import Float, Int64
from torch import Tensor

from seqgraph.core.optional import need


class Sunspots(NamedTuple):
    """The years and the mean number of sunspots of each, both ``[N]``."""

    years: Int64[Tensor, " N"]
    """1700 to 2008, in order."""
    numbers: Float[Tensor, " N"]
    """The mean number of sunspots of each year."""


def sunspots() -> Sunspots:
    r"""The yearly sunspot numbers (太阳黑子数) from 1700 to 2008, as statsmodels holds them.

    Source:
        first modelled by [yule1927periodicities]; the series was revised since, so an autoregressive fit to
        Yule's years does not give his coefficients exactly

    Example:
        >>> years, numbers = sunspots()
        >>> years[0].item(), years[-1].item(), numbers.shape
        (1700, 2008, torch.Size([309]))
    """
    table = need("statsmodels.datasets", "sunspots", "data").sunspots.load_pandas().data
    years = torch.tensor(table["YEAR"].tolist()).long()
    return Sunspots(
        years,
        torch.tensor(table["SUNACTIVITY"].tolist(), dtype=torch.get_default_dtype()),
    )
