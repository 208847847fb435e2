"""How near each statement of the pages comes to its bound, sorted, from the last passes over the chapters.

Run by `make bench`. `make test STEPS="notebooks book"` makes the passes.
"""

import sys

from tests.margins import main

if __name__ == "__main__":
    sys.exit(main(["--table"]))
