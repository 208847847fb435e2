"""The Stanford Sentiment Treebank: the reader on trees of our own, and the real file where it is."""

import os
import sys
from zipfile import ZipFile

import pytest

from seqgraph.data import LabelledTree, labelled_tree, registry, sst
from seqgraph.structures import Forest

MODULE = sys.modules["seqgraph.data.sst"]

TREE = "(4 (2 A) (4 (3 (2 quiet) (3 joy)) (2 .)))"
READ = LabelledTree(
    [None, "A", None, None, "quiet", "joy", "."], [-1, 0, 0, 2, 3, 3, 2], [4, 2, 4, 3, 2, 3, 2]
)


def test_a_tree_is_read_parents_first():
    assert labelled_tree(TREE) == READ
    assert labelled_tree("(1 no)") == (["no"], [-1], [1])
    assert labelled_tree("(1 (2 3) (0 007))") == ([None, "3", "007"], [-1, 0, 0], [1, 2, 0])
    assert Forest.from_parents([READ.parents]).height.tolist() == [3, 0, 2, 1, 0, 0, 0]


@pytest.mark.errors
@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("(2 (1 a) (1 b)", "line must hold one whole tree"),
        ("", "line must hold one whole tree"),
        ("(2 a) (2 b)", "must not stand here"),
        ("(2 a))", "must not stand here"),
        ("(a b)", "must not stand here"),
        ("(2 a b)", "must not stand here"),
        ("((2 a) (1 b))", "line must hold one whole tree"),
    ],
)
def test_what_is_no_tree_is_refused(line, text):
    with pytest.raises(ValueError, match=f"labelled_tree: .*{text}"):
        labelled_tree(line)


def test_it_reads_its_part_of_the_archive(monkeypatch, tmp_path):
    with ZipFile(tmp_path / "small.zip", "w") as archive:
        archive.writestr("trees/dev.txt", f"{TREE}\n(1 no)\n")
        archive.writestr("trees/test.txt", "(1 no)\n")
    asked = []
    monkeypatch.setattr(MODULE, "fetch", lambda name: asked.append(name) or tmp_path / "small.zip")
    assert sst("validation") == [READ, (["no"], [-1], [1])]
    assert len(sst("test")) == 1
    assert set(asked) == {"sst/trainDevTestTrees_PTB.zip"} <= set(registry())


@pytest.mark.errors
def test_an_unknown_part_is_refused():
    with pytest.raises(ValueError, match=r"sst: part must be one of .*, got 'dev'"):
        sst("dev")


@pytest.mark.parametrize(("part", "number"), [("train", 8544), ("validation", 1101), ("test", 2210)])
def test_the_real_one(part, number):
    folder = os.environ.get("SEQGRAPH_DATA")
    if not folder or not os.path.isdir(os.path.join(folder, "sst")):
        pytest.skip("sst is not in the folder that SEQGRAPH_DATA names")
    trees = sst(part)
    assert len(trees) == number
    forest = Forest.from_parents([tree.parents for tree in trees])
    assert int(forest.position.max()) == 1
    leaf = (forest.height == 0).tolist()
    assert [word is not None for tree in trees for word in tree.words] == leaf
    assert {label for tree in trees for label in tree.labels} == set(range(5))
