"""The map on the opening page: four structures as one family of message passing, and all parts of the course.

    ```{course-map} families        ```{course-map} parts

Both are drawn from site/course.yml. A page that is in the book is a link; one that is not is marked coming.
"""

from html import escape
from pathlib import Path

import yaml
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

COURSE = Path(__file__).resolve().parent.parent / "course.yml"
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


class CourseMap(SphinxDirective):
    """Draw the families or the parts."""

    required_arguments = 1

    def run(self):
        """Return raw HTML; the page is read again at each build, since what is written may change."""
        self.env.note_dependency(str(COURSE))
        self.env.note_reread()
        kinds = {"families": self.families, "parts": self.parts}
        if self.arguments[0] not in kinds:
            raise self.error(f"course-map: expected one of {sorted(kinds)}, got {self.arguments[0]!r}")
        course = yaml.safe_load(COURSE.read_text(encoding="utf-8"))
        return [nodes.raw("", kinds[self.arguments[0]](course), format="html")]

    def address(self, chapter: str) -> str | None:
        """Return the relative address of a written chapter, or None."""
        docname = f"chapters/{chapter}"
        if docname not in self.env.found_docs:
            return None
        return self.env.app.builder.get_relative_uri(self.env.docname, docname)

    def families(self, course: dict) -> str:
        """Return four pictures side by side."""
        items = []
        for family in course["families"]:
            links = [link for chapter in family["chapters"] if (link := self.address(chapter))]
            title, rule = escape(family["title"]), escape(family["rule"])
            coming = "" if links else ' <span class="coming">coming</span>'
            inner = f'{draw(family["key"])}<b>{title}{coming}</b><span class="rule">{rule}</span>'
            box = f'<a href="{links[0]}">{inner}</a>' if links else f"<div>{inner}</div>"
            items.append(f'<li class="family hue-{family["key"]}">{box}</li>')
        return f'<ul class="families" aria-label="Four structures">{"".join(items)}</ul>'

    def parts(self, course: dict) -> str:
        """Return one card a part with its chapters, numbered through the whole course."""
        cards, number = [], 0
        for part in course["parts"]:
            rows = []
            for slug, title in part["chapters"]:
                number += 1
                link = self.address(f"{part['slug']}/{slug}")
                text = f'<a href="{link}">{escape(title)}</a>' if link else f"<span>{escape(title)}</span>"
                rows.append(f'<li value="{number}" class="{"written" if link else "unwritten"}">{text}</li>')
            written = any('class="written"' in row for row in rows)
            flag = "" if written else ' <span class="coming">coming</span>'
            cards.append(
                f'<div class="part hue-{part["family"]}{"" if written else " later"}">'
                f'<p class="part-title">{escape(part["title"])}{flag}</p><p>{escape(part["idea"])}</p>'
                f'<ol start="{number - len(rows) + 1}">{"".join(rows)}</ol></div>'
            )
        return f'<div class="parts">{"".join(cards)}</div>'


def setup(app):
    """Add the directive."""
    app.add_directive("course-map", CourseMap)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
