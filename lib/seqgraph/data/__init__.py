"""Tasks and data sets.

Made-up tasks: ``adding_problem``, ``first_symbol`` and ``look_ahead`` draw a new batch at each call. Real
sets: ``digits`` and ``sunspots`` come with installed packages. ``fetch`` gets the files of larger sets. To
work offline, put these files into a folder, under the names of ``registry()``, and set the environment
variable ``SEQGRAPH_DATA`` to that folder.
"""

from seqgraph.data.adding import adding_problem
from seqgraph.data.digits import Digits, digits
from seqgraph.data.fetch import FetchError, fetch, registry
from seqgraph.data.first_symbol import first_symbol
from seqgraph.data.look_ahead import look_ahead
from seqgraph.data.sunspots import Sunspots, sunspots
from seqgraph.data.windows import windows

__all__ = [
    "Digits",
    "FetchError",
    "Sunspots",
    "adding_problem",
    "digits",
    "fetch",
    "first_symbol",
    "look_ahead",
    "registry",
    "sunspots",
    "windows",
]
