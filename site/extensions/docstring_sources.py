"""Make docstrings read well on the library pages: cite their sources, leave out what says nothing."""

import re

KEY = re.compile(r"\[([a-z_]+\d{4}[a-z]+)\]")


def cite(app, what, name, obj, options, lines):
    if lines and lines[0].startswith("Alias for field number"):
        lines.clear()
    in_source = False
    for number, line in enumerate(lines):
        if line.startswith((".. rubric::", ":")):
            in_source = line == ".. rubric:: Source"
        if in_source:
            lines[number] = KEY.sub(r":cite:t:`\1`", line)


def setup(app):
    app.connect("autodoc-process-docstring", cite, priority=600)  # after napoleon's 500
    return {"parallel_read_safe": True}
