"""A real series that is driven from outside: fine dust and weather in Beijing."""

import csv
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor

from seqgraph.data.fetch import fetch

NUMBERS = {"DEWP": "dew point", "TEMP": "temperature", "PRES": "pressure"}
SUMS = {"Iws": "wind", "Is": "snow", "Ir": "rain"}
DIRECTIONS = {
    "NE": "from NE",
    "NW": "from NW",
    "SE": "from SE",
    "cv": "calm or variable",
}


class BeijingAir(NamedTuple):
    """Fine dust and weather, one row for each hour of the years 2010 to 2014."""

    year: Tensor
    """The year of each hour, ``[N]`` int64."""
    dust: Float[Tensor, " N"]
    """PM2.5 in micrograms a cubic metre; NaN where it was not measured."""
    weather: Float[Tensor, "N 10"]
    """Ten numbers an hour, in the order of ``names``."""
    names: tuple[str, ...]
    """What the columns of ``weather`` are."""


def beijing_air() -> BeijingAir:
    r"""Read the hourly record of PM2.5 (细颗粒物) and weather in Beijing, 2010 to 2014: 43824 hours.

    Dew point and temperature are in degrees Celsius, pressure in hPa. Wind (m/s), snow and rain (hours) are
    sums over the hours since the last change. The direction of the wind is one of four kinds, written as four
    columns of zeros and ones.

    Source:
        "Beijing PM2.5" of the UCI Machine Learning Repository, a file of 2 MB, by way of :func:`fetch`

    Example:
        >>> BeijingAir._fields  # beijing_air() needs the file
        ('year', 'dust', 'weather', 'names')
    """
    with fetch("timeseries/pollution.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    dust = [
        float("nan") if row["pm2.5"] == "NA" else float(row["pm2.5"]) for row in rows
    ]
    dtype = torch.get_default_dtype()
    return BeijingAir(
        torch.tensor([int(row["year"]) for row in rows]),
        torch.tensor(dust, dtype=dtype),
        torch.tensor([_weather(row) for row in rows], dtype=dtype),
        (*NUMBERS.values(), *SUMS.values(), *DIRECTIONS.values()),
    )


def _weather(row: dict[str, str]) -> list[float]:
    direction = [float(row["cbwd"] == kind) for kind in DIRECTIONS]
    return [float(row[name]) for name in (*NUMBERS, *SUMS)] + direction
