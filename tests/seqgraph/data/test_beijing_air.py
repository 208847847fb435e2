"""The record of Beijing's air: a small file of the same form, and the real one where it is."""

import os
import sys
from pathlib import Path

import pytest
import torch

from seqgraph.data import beijing_air
from tests.checks.numbers import same_bits

# `seqgraph.data.beijing_air` is the function; the file that holds it has the same name.
MODULE = sys.modules["seqgraph.data.beijing_air"]
NAME = "timeseries/pollution.csv"
FILE = """No,year,month,day,hour,pm2.5,DEWP,TEMP,PRES,cbwd,Iws,Is,Ir
1,2010,1,1,0,NA,-21,-11,1021,NW,1.79,0,0
2,2010,1,1,1,129,-16,-4.5,1020,cv,4.92,2,0
3,2011,1,1,0,12,3,6,999,SE,0.89,0,7
"""


def test_a_small_file(monkeypatch, tmp_path):
    path = tmp_path / "pollution.csv"
    path.write_text(FILE, encoding="utf-8")
    asked = []
    monkeypatch.setattr(MODULE, "fetch", lambda name: asked.append(name) or path)
    year, dust, weather, names = beijing_air()
    assert asked == [NAME]
    assert year.tolist() == [2010, 2010, 2011]
    assert dust.isnan().tolist() == [True, False, False]
    assert dust[1:].tolist() == [129, 12]
    table = [dict(zip(names, row, strict=True)) for row in weather.tolist()]
    assert table[0]["dew point"] == -21
    assert table[1]["temperature"] == -4.5
    assert [row["pressure"] for row in table] == [1021, 1020, 999]
    assert table[0]["wind"] == pytest.approx(1.79)
    assert (table[1]["snow"], table[2]["rain"]) == (2, 7)
    winds = [[name for name in names[6:] if row[name] == 1] for row in table]
    assert winds == [["from NW"], ["calm or variable"], ["from SE"]]


@pytest.mark.skipif(
    not (os.environ.get("SEQGRAPH_DATA") and (Path(os.environ["SEQGRAPH_DATA"]) / NAME).exists()),
    reason=f"the environment variable SEQGRAPH_DATA names no folder with {NAME}",
)
def test_the_real_file():
    year, dust, weather, names = beijing_air()
    assert year.shape == dust.shape == (43824,)
    assert weather.shape == (43824, 10) == (len(year), len(names))
    assert year.bincount()[2010:].tolist() == [8760, 8760, 8784, 8760, 8760]
    assert dust.isnan().sum() == 2067
    assert dust[24].item() == 129
    assert not weather.isnan().any()
    assert same_bits(weather[:, 6:].sum(1), torch.ones(43824))
