"""The four structures of the opening page as pictures."""

# For each structure: where its nodes stand, its edges, and the node that listens (the last one).
SHAPES = {
    "sequence": ([(20, 60), (60, 60), (100, 60), (140, 60)], [(0, 1), (1, 2), (2, 3)]),
    "tree": ([(20, 96), (60, 96), (40, 58), (116, 76), (80, 22)], [(0, 2), (1, 2), (2, 4), (3, 4)]),
    "graph": (
        [(22, 30), (30, 92), (132, 28), (138, 88), (82, 62)],
        [(0, 1), (0, 4), (1, 4), (2, 3), (3, 4), (0, 2)],
    ),
    "transformer": (
        [(28, 42), (132, 42), (48, 100), (112, 100), (80, 16)],
        [(a, b) for a in range(5) for b in range(a + 1, 5)],
    ),
}


def draw(family: str) -> str:
    """Return the structure as SVG: messages to the listening node are arrows, the other edges are faint."""
    places, edges = SHAPES[family]
    listener = len(places) - 1
    lines = []
    for a, b in sorted(edges, key=lambda edge: edge[1] == listener):
        kind = "message" if b == listener else "edge"
        (x0, y0), (x1, y1) = places[a], places[b]
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        stop = 1 - (17 if kind == "message" else 0) / length
        end = f'x2="{x0 + stop * (x1 - x0):.1f}" y2="{y0 + stop * (y1 - y0):.1f}"'
        tip = f' marker-end="url(#tip-{family})"' if kind == "message" else ""
        lines.append(f'<line class="{kind}" x1="{x0}" y1="{y0}" {end}{tip}/>')
    kinds = ['class="node" r="8"'] * listener + ['class="listener" r="10"']
    dots = [f'<circle {kind} cx="{x}" cy="{y}"/>' for kind, (x, y) in zip(kinds, places, strict=True)]
    tip = (
        f'<marker id="tip-{family}" viewBox="0 0 8 8" refX="5" refY="4" markerWidth="5" markerHeight="5"'
        ' orient="auto"><path class="tip" d="M0 0 8 4 0 8z"/></marker>'
    )
    return f'<svg viewBox="0 0 160 118" aria-hidden="true">{tip}{"".join(lines + dots)}</svg>'
