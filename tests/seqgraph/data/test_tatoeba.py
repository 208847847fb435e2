"""The English-Mandarin pairs: a small archive of our own, and the real file where it is."""

import os
import sys
from zipfile import ZipFile

import pytest

from seqgraph.data import registry, tatoeba

MODULE = sys.modules["seqgraph.data.tatoeba"]


def test_it_reads_the_pairs_of_the_archive(monkeypatch, tmp_path):
    with ZipFile(tmp_path / "small.zip", "w") as archive:
        archive.writestr("cmn.txt", "Hi.\t嗨。\nRun!\t跑！\tsome licence\n")
        archive.writestr("_about.txt", "about")
    asked = []
    monkeypatch.setattr(MODULE, "fetch", lambda name: asked.append(name) or tmp_path / "small.zip")
    assert tatoeba() == [("Hi.", "嗨。"), ("Run!", "跑！")]
    assert asked == ["tatoeba/cmn-eng.zip"]


def test_its_file_is_in_the_registry():
    assert MODULE.FILE in registry()


@pytest.mark.skipif(not os.environ.get("SEQGRAPH_DATA"), reason="SEQGRAPH_DATA names no folder of real sets")
def test_the_real_file():
    pairs = tatoeba()
    assert len(pairs) == 21_116
    assert pairs[0] == ("Hi.", "嗨。")
    assert all(english and mandarin for english, mandarin in pairs)
    assert sum(any("\u4e00" <= c <= "\u9fff" for c in mandarin) for _, mandarin in pairs) > 21_000
