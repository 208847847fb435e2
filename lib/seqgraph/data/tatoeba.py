"""Real sentences in English and Mandarin."""

from zipfile import ZipFile

from seqgraph.data.fetch import fetch

FILE = "tatoeba/cmn-eng.zip"


def tatoeba() -> list[tuple[str, str]]:
    r"""About 21 000 English sentences with a Mandarin translation each, by volunteers of tatoeba.org.

    The edition is that of 2019-07-21, chosen by manythings.org, short sentences first. An English sentence
    may stand there several times: split by English sentence, not by pair. Simplified and traditional
    characters are mixed. The licence is CC BY 2.0: name tatoeba.org and manythings.org/anki when you pass the
    file on.

    Example:
        >>> from seqgraph.data import registry
        >>> registry()["tatoeba/cmn-eng.zip"]["licence"]  # tatoeba() needs the file
        'CC BY 2.0 (attribution: tatoeba.org and manythings.org/anki)'
    """
    with ZipFile(fetch(FILE)) as archive:
        lines = archive.read("cmn.txt").decode("utf-8").splitlines()
    return [
        (english, mandarin)
        for english, mandarin, *_ in (line.split("\t") for line in lines)
    ]
