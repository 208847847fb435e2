"""The Chinese grammar: one segmentation a string, ambiguous beginnings, and a split without overlap."""

from itertools import accumulate

import pytest

from seqgraph.data import chinese_grammar, chinese_sentences, gloss
from seqgraph.data.chinese_grammar import FAMILIES
from tests.checks.numbers import generator


def borders(words):
    return {0, *accumulate(map(len, words))}


def test_each_string_has_one_segmentation():
    sentences = chinese_grammar()
    assert len(sentences) == 384
    assert len({"".join(words) for words in sentences}) == 384
    assert len(FAMILIES) == 4


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("我们 研究 生命 的 起源", "我们 研究生 命 很 好"),
        ("南京市 长江 大桥 通车", "南京 市长 江大桥 讲话"),
        ("他 从 小 学 音乐", "他 从 小学 毕业"),
        ("把手 坏 了", "把 手 洗 了"),
    ],
)
def test_the_four_families_begin_alike_and_are_cut_differently(first, second):
    sentences = chinese_grammar()
    first, second = tuple(first.split()), tuple(second.split())
    assert first in sentences
    assert second in sentences
    one, other = "".join(first), "".join(second)
    same = next(t for t, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    assert {b for b in borders(first) if b < same} != {b for b in borders(second) if b < same}


def test_every_sentence_has_a_twin_that_begins_alike_and_is_cut_differently():
    sentences = chinese_grammar()
    for words in sentences:
        text, cuts, twin = "".join(words), borders(words), False
        for other in sentences:
            whole = "".join(other)
            same = next((t for t, (a, b) in enumerate(zip(text, whole, strict=False)) if a != b), 0)
            twin |= {b for b in cuts if b < same} != {b for b in borders(other) if b < same}
        assert twin, words


def test_every_word_has_a_gloss_and_no_gloss_is_left_over():
    from seqgraph.data.chinese_grammar import _GLOSSES

    words = {word for sentence in chinese_grammar() for word in sentence}
    assert words == set(_GLOSSES)
    assert all(pinyin and english for pinyin, english in map(gloss, words))
    assert gloss("南京市") == ("Nánjīngshì", "Nanjing City")
    with pytest.raises(KeyError, match="龙"):
        gloss("龙")


@pytest.mark.parametrize(("share", "size"), [(2 / 3, 256), (0.05, 19), (1e-9, 1), (1 - 1e-9, 383)])
def test_the_split_covers_all_and_shares_nothing(share, size):
    split = chinese_sentences(generator(3), share)
    train, test = ({"".join(words) for words in part} for part in split)
    assert len(train) == size
    assert not train & test
    assert sorted(split.train + split.test) == sorted(chinese_grammar())


def test_the_same_seed_gives_the_same_split():
    assert chinese_sentences(generator(1)) == chinese_sentences(generator(1))
    assert chinese_sentences(generator(1)) != chinese_sentences(generator(2))


@pytest.mark.errors
def test_refusals():
    for share in (0.0, 1.0, -1.0, float("nan"), True):
        with pytest.raises(ValueError, match=r"train_share must be a number in \(0, 1\), got"):
            chinese_sentences(generator(), share)
    with pytest.raises(TypeError, match=r"chinese_sentences: generator must be a torch.Generator, got int"):
        chinese_sentences(3)
