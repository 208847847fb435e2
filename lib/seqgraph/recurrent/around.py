"""A module with a recurrent cell inside."""

from torch import nn

from seqgraph.recurrent.cell import Cell


class AroundCell(nn.Module):
    """What runs or wraps a cell: it has the cell's sizes, and errors name it together with the cell."""

    def __init__(self, cell: Cell):
        super().__init__()
        if not isinstance(cell, Cell):
            raise TypeError(
                f"{self._get_name()}: cell must be a recurrent cell, got {type(cell).__name__}."
            )
        self.cell = cell
        self.input_size, self.hidden_size = cell.input_size, cell.hidden_size

    def _get_name(self) -> str:
        name = type(self).__name__
        # There is no cell yet while the constructor refuses it.
        inside = getattr(self, "cell", None)
        return name if inside is None else f"{name}({inside._get_name()})"
