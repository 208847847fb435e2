"""Code on a page."""

import pytest

from seqgraph.recurrent import GRUCell, SRNCell
from seqgraph.show import source
from seqgraph.show.source import _code


def shown(capsys):
    return capsys.readouterr().out


def test_it_shows_the_library_and_not_the_docstring():
    code = _code(GRUCell.step)
    assert code.startswith("def step(")
    assert "z * state.h + (1 - z) * n" in code
    assert '"""' not in _code(SRNCell)
    assert "torch.tanh" in _code(SRNCell)


def test_a_function_of_a_docstring_alone_keeps_it():
    def nothing():
        """All there is."""

    assert "All there is." in _code(nothing)


def test_it_displays_one_block(capsys):
    source(GRUCell.step, GRUCell.gate_values)
    assert "Markdown object" in shown(capsys)


@pytest.mark.errors
def test_nothing_to_show_is_an_error():
    with pytest.raises(TypeError, match="at least one function"):
        source()


@pytest.mark.errors
def test_an_object_without_source_is_an_error():
    with pytest.raises(TypeError):
        source(3)
