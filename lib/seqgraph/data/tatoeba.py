"""Real sentences in English and Mandarin."""

from zipfile import ZipFile

from seqgraph.data.fetch import fetch

FILE = "tatoeba/cmn-eng.zip"


def tatoeba() -> list[tuple[str, str]]:
    r"""About 21 000 English sentences with a Mandarin translation each, by volunteers of tatoeba.org.

    Where:
        the edition is that of 2019-07-21, chosen by manythings.org. An English sentence may stand there
        several times with different translations: split by English sentence, not by pair. Simplified and
        traditional characters are mixed.

    Returns:
        Pairs (English, Mandarin) in the order of the file, short sentences first.

    Differs:
        The file is licensed CC BY 2.0: name tatoeba.org and manythings.org/anki when you pass it on.

    Example:
        >>> from seqgraph.data import registry
        >>> registry()["tatoeba/cmn-eng.zip"]["licence"]
        'CC BY 2.0 (attribution: tatoeba.org and manythings.org/anki)'
    """
    with ZipFile(fetch(FILE)) as archive:
        lines = archive.read("cmn.txt").decode("utf-8").splitlines()
    return [(english, mandarin) for english, mandarin, *_ in (line.split("\t") for line in lines)]
