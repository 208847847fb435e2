"""Make docstrings read well on the library pages: cite their sources, leave out what says nothing."""

import re

from torch import nn

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


def own_signature(app, what, name, obj, options, signature, returned):
    """A module without a constructor of its own takes nothing, whatever PyTorch's general one says."""
    if what == "class" and getattr(obj, "__init__", None) is nn.Module.__init__:
        return "()", returned
    return signature, returned


def setup(app):
    app.connect("autodoc-process-docstring", cite, priority=600)  # after napoleon's 500
    app.connect("autodoc-process-signature", own_signature)
    return {"parallel_read_safe": True}
