"""Chinese sentences whose words can only be told apart by what comes later."""

from itertools import product
from typing import NamedTuple

import torch

from seqgraph.core.expect import expect_generator, expect_number

# Four families of two readings each. The slots of a template stand between spaces, the choices for a slot
# between slashes; a dash leaves the slot empty. Both readings of a family begin with the same characters.
FAMILIES = (
    (
        "-/其实/听说 我们/他们/你们/她们 研究 生命 的 起源/意义/奥秘/规律",
        "-/其实/听说 我们/他们/你们/她们 研究生 命 很/真 好/苦",
    ),
    (
        "-/昨天/今天 南京市/武汉市/重庆市/安庆市 长江 大桥 通车/完工/关闭/封路",
        "-/昨天/今天 南京/武汉/重庆/安庆 市长 江大桥 讲话/上任/出国/辞职",
    ),
    (
        "我/他/她/孩子/妹妹/弟弟 -/也 从 小 学 音乐/英语/画画/游泳",
        "我/他/她/孩子/妹妹/弟弟 -/也 从 小学 毕业/回来/出发/退学",
    ),
    (
        "-/昨天/今天/刚才/早上/后来 把手 坏/掉/断/歪/裂/锈/旧/脏 了",
        "-/昨天/今天/刚才/早上/后来 把 手 洗/擦/烫/划/扭/冻/泡/藏 了",
    ),
)

_WORDS = """
其实 qíshí in fact; 听说 tīngshuō one hears; 我们 wǒmen we; 他们 tāmen they; 你们 nǐmen you; 她们 tāmen they;
研究 yánjiū study; 生命 shēngmìng life; 的 de of; 起源 qǐyuán origin; 意义 yìyì meaning; 奥秘 àomì mystery;
规律 guīlǜ law; 研究生 yánjiūshēng graduate student; 命 mìng fate; 很 hěn very; 真 zhēn truly; 好 hǎo good;
苦 kǔ bitter; 昨天 zuótiān yesterday; 今天 jīntiān today; 南京市 Nánjīngshì Nanjing City;
武汉市 Wǔhànshì Wuhan City; 重庆市 Chóngqìngshì Chongqing City; 安庆市 Ānqìngshì Anqing City;
长江 Chángjiāng Yangtze; 大桥 dàqiáo bridge; 通车 tōngchē open to traffic; 完工 wángōng be finished;
关闭 guānbì close; 封路 fēnglù be blocked; 南京 Nánjīng Nanjing; 武汉 Wǔhàn Wuhan; 重庆 Chóngqìng Chongqing;
安庆 Ānqìng Anqing; 市长 shìzhǎng mayor; 江大桥 Jiāng·Dàqiáo Jiang Daqiao; 讲话 jiǎnghuà speak;
上任 shàngrèn take office; 出国 chūguó go abroad; 辞职 cízhí resign; 我 wǒ I; 他 tā he; 她 tā she;
孩子 háizi child; 妹妹 mèimei little sister; 弟弟 dìdi little brother; 也 yě also; 从 cóng from;
小 xiǎo small; 学 xué learn; 音乐 yīnyuè music; 英语 yīngyǔ English; 画画 huàhuà drawing;
游泳 yóuyǒng swimming; 小学 xiǎoxué primary school; 毕业 bìyè graduate; 回来 huílái come back;
出发 chūfā set out; 退学 tuìxué drop out; 刚才 gāngcái just now; 早上 zǎoshang in the morning;
后来 hòulái later; 把手 bǎshou handle; 把 bǎ (object follows); 手 shǒu hand; 坏 huài break; 掉 diào fall off;
断 duàn snap; 歪 wāi be crooked; 裂 liè crack; 锈 xiù rust; 旧 jiù get old; 脏 zāng get dirty; 洗 xǐ wash;
擦 cā wipe; 烫 tàng scald; 划 huá cut; 扭 niǔ twist; 冻 dòng freeze; 泡 pào soak; 藏 cáng hide; 了 le (done)
"""
_ENTRIES = (entry.split(maxsplit=2) for entry in _WORDS.strip().split(";"))
_GLOSSES = {
    word: (pinyin, " ".join(english.split())) for word, pinyin, english in _ENTRIES
}


class SegmentedSentences(NamedTuple):
    """Sentences as tuples of words, to train and to test; no sentence stands in both."""

    train: list[tuple[str, ...]]
    """Sentences to learn from."""
    test: list[tuple[str, ...]]
    """Other sentences of the same grammar."""


def chinese_grammar() -> list[tuple[str, ...]]:
    r"""List all sentences of a small Chinese grammar, each a tuple of words.

    There are four families of two readings, 48 sentences each. In a family both readings begin with the same
    characters, which are cut into words in two ways; only what comes later decides. 我们|研究|生命|... is
    "we study life", 我们|研究生|命|... "we graduate students' fate". Each has one segmentation.

    Example:
        >>> sentences = chinese_grammar()
        >>> len(sentences), "|".join(sentences[0])
        (384, '我们|研究|生命|的|起源')
    """
    templates = [template for family in FAMILIES for template in family]
    slots = [[slot.split("/") for slot in template.split()] for template in templates]
    return [
        tuple(w for w in words if w != "-")
        for template in slots
        for words in product(*template)
    ]


def chinese_sentences(
    generator: torch.Generator, train_share: float = 2 / 3
) -> SegmentedSentences:
    r"""Split the sentences of ``chinese_grammar`` at random in two parts without a common sentence.

    Args:
        generator: on the CPU: the same seed gives the same split on every machine.
        train_share: share of the 384 sentences to train on, above 0 and below 1.

    Example:
        >>> train, test = chinese_sentences(torch.Generator().manual_seed(0))
        >>> len(train), len(test), set(train) & set(test)
        (256, 128, set())
    """
    expect_number("chinese_sentences", "train_share", train_share, above=0, below=1)
    expect_generator("chinese_sentences", generator)
    sentences = chinese_grammar()
    order = torch.randperm(len(sentences), generator=generator).tolist()
    size = min(max(round(train_share * len(sentences)), 1), len(sentences) - 1)
    return SegmentedSentences(
        [sentences[i] for i in order[:size]], [sentences[i] for i in order[size:]]
    )


def gloss(word: str) -> tuple[str, str]:
    r"""Say how a word of the grammar is pronounced (pinyin) and what it means.

    Args:
        word: a word of ``chinese_grammar``; any other is a KeyError.

    Example:
        >>> gloss("研究生")
        ('yánjiūshēng', 'graduate student')
    """
    return _GLOSSES[word]
