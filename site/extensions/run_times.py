"""What each chapter cost when these pages were made: seconds of a processor, beside what the design allows.

    ```{run-times}
```

Read from the kept runs (`classroom.stored_runs`). A chapter that Jupyter Book ran by itself has none.
"""

import statistics
from pathlib import Path

from sphinx.util.docutils import SphinxDirective

from classroom.stored_runs import SECONDS, SECONDS_MEDIAN, StoredRuns


def rows(seconds: dict[str, float | None]) -> list[str]:
    """Return a table's lines: the chapters by address, then the median of those that were run."""
    known = [value for value in seconds.values() if value is not None]
    lines = ["| chapter | processor seconds | allowed |", "|---|--:|--:|"]
    for docname, value in seconds.items():
        lines.append(f"| {{doc}}`/{docname}` | {'–' if value is None else f'{value:.0f}'} | {SECONDS} |")
    if known:
        lines.append(f"| median of all chapters | {statistics.median(known):.0f} | {SECONDS_MEDIAN} |")
    return lines


class RunTimes(SphinxDirective):
    """Draw the table; the page is read again at each build, since the runs may be new."""

    def run(self):
        self.env.note_reread()
        root, runs = Path(self.env.srcdir), StoredRuns(Path(self.env.srcdir))
        seconds = {}
        for docname in sorted(self.env.found_docs):
            path = root / f"{docname}.ipynb"
            if path.is_file():
                run = runs.last(path)
                seconds[docname] = run and run.processor
        return self.parse_text_to_nodes("\n".join(rows(seconds)) + "\n")


def setup(app):
    """Add the directive."""
    app.add_directive("run-times", RunTimes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
