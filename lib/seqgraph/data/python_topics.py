"""Real text that comes with Python: the help topics of the interpreter."""

import re

WORD = re.compile(r"[a-z][a-z_]*[a-z]")


def python_topics() -> dict[str, list[str]]:
    r"""What ``help("LISTS")`` and its like show, as lists of words, by name: about 80 texts, 60 000 words.

    A word is a run of at least two letters, in lower case, with underscores inside. The text, from the module
    ``pydoc_data.topics``, differs a little between versions of Python.

    Raises:
        ImportError: this Python was installed without its help texts.

    Example:
        >>> python_topics()["while"][:3]
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
