"""Real text that comes with Python: the help topics of the interpreter."""

import re

WORD = re.compile(r"[a-z][a-z_]*[a-z]")


def python_topics() -> dict[str, list[str]]:
    r"""The help topics of Python, as lists of words.

    It is what ``help("LISTS")`` and its like show: the reference of the language, about 80 texts and 60 000
    words. The text differs a little between versions of Python.

    Where:
        a word is a run of at least two letters, in lower case, with underscores inside; numbers, signs and
        single letters are left out.

    Returns:
        Name of a topic to its words, sorted by name. No download is needed.

    Raises:
        ImportError: this Python was installed without its help texts.

    Source:
        the module ``pydoc_data.topics`` of the standard library

    Example:
        >>> topics = python_topics()
        >>> topics["while"][:3]
        ['the', 'while', 'statement']
    """
    try:
        from pydoc_data.topics import topics
    except ImportError as error:
        raise ImportError(
            "python_topics needs the module pydoc_data, which comes with Python; this Python was installed "
            "without it."
        ) from error
    return {name: WORD.findall(topics[name].lower()) for name in sorted(topics)}
