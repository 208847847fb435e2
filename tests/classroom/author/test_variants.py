"""Variants: one block of each task is kept, and its choice follows from the secret alone."""

import pytest

from classroom.author.variants import blocks, choose, resolve, variant_faults

TEXT = """\
before
  ### BEGIN VARIANT a one
  first
  ### END VARIANT
<!-- BEGIN VARIANT a two -->
second
<!-- END VARIANT -->
### BEGIN VARIANT b one
third
### END VARIANT
after"""


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ({"a": "one", "b": "one"}, "before\n  first\nthird\nafter"),
        ({"a": "two", "b": None}, "before\nsecond\nafter"),
        ({}, "before\nafter"),
    ],
)
def test_only_chosen_blocks_are_kept_and_no_marker(chosen, kept):
    assert resolve(TEXT, chosen) == kept


def test_blocks_and_faults():
    assert blocks(TEXT) == {("a", "one"), ("a", "two"), ("b", "one")}
    assert variant_faults(TEXT) == []
    assert variant_faults("### BEGIN VARIANT a b\n" * 2 + "### END VARIANT") == [
        "a variant begins inside another"
    ]


def test_the_choice_is_the_first_without_a_secret_and_nothing_without_options():
    assert choose(None, "x", "a", ("one", "two")) == "one"
    assert choose(b"k", "x", "a", ()) is None


def test_each_option_comes_up_and_the_choice_holds():
    picks = [choose(b"secret", "x", f"task{n}", ("one", "two", "three")) for n in range(60)]
    assert set(picks) == {"one", "two", "three"}
    assert picks == [choose(b"secret", "x", f"task{n}", ("one", "two", "three")) for n in range(60)]
