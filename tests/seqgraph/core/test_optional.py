"""Packages that only a part of the library needs."""

import math

import pytest

from seqgraph.core.optional import need


def test_what_is_there_is_returned():
    assert need("math", "me", "show") is math


def test_what_is_missing_says_what_to_install():
    with pytest.raises(ImportError, match=r"^explore needs nowhere: pip install '\.\[show\]'$"):
        need("nowhere.inside", "explore", "show")
