"""The map on the opening page: four structures as one family of message passing, and all parts of the course.

    ```{course-map} families        ```{course-map} parts

Both are drawn from site/course.yml. A chapter that is in the book is a link under the page's own title; one
that is not is marked coming, under the title that the list gives it.
"""

from html import escape
from pathlib import Path

import yaml
from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from structures import draw

COURSE = Path(__file__).resolve().parent.parent / "course.yml"


class course_map(nodes.General, nodes.Element):
    """Stands where the map will be, until every page is read and all titles are known."""


class CourseMap(SphinxDirective):
    """Leave a place for the families or for the parts."""

    required_arguments = 1

    def run(self):
        """Return the place; the page is read again at each build, since what is written may change."""
        self.env.note_dependency(str(COURSE))
        self.env.note_reread()
        if self.arguments[0] not in MAPS:
            raise self.error(f"course-map: expected one of {sorted(MAPS)}, got {self.arguments[0]!r}")
        course = yaml.safe_load(COURSE.read_text(encoding="utf-8"))
        wrong = [fault for part in course["parts"] for fault in faults(part, self.env.found_docs)]
        if wrong:
            raise self.error("course-map: " + "; ".join(wrong))
        return [course_map(kind=self.arguments[0], course=course)]


def faults(part: dict, written: set[str]) -> list[str]:
    """Return what is wrong with a part's list: a page tells its title itself, any other chapter needs one."""
    found = []
    for slug, title in map(slug_and_title, part["chapters"]):
        name = f"{part['slug']}/{slug}"
        if (f"chapters/{name}" in written) == bool(title):
            found.append(f"{name} is a page: take its title out" if title else f"{name} needs a title")
    return found


def slug_and_title(entry: str | dict[str, str]) -> tuple[str, str | None]:
    """Return a chapter's name and, for one to come, its title."""
    return (entry, None) if isinstance(entry, str) else next(iter(entry.items()))


class Book:
    """What a map asks of the pages: their titles and their addresses, seen from the page with the map."""

    def __init__(self, app, docname: str):
        self.app, self.docname = app, docname

    def page(self, chapter: str) -> tuple[str, str] | None:
        """Return title and relative address of a written chapter, or None."""
        docname = f"chapters/{chapter}"
        if docname not in self.app.env.found_docs:
            return None
        title = self.app.env.titles[docname].astext()
        return title, self.app.builder.get_relative_uri(self.docname, docname)


def families(course: dict, book: Book) -> str:
    """Return four pictures side by side."""
    items = []
    for family in course["families"]:
        pages = [page for chapter in family["chapters"] if (page := book.page(chapter))]
        title, rule = escape(family["title"]), escape(family["rule"])
        coming = "" if pages else ' <span class="coming">coming</span>'
        inner = f'{draw(family["key"])}<b>{title}{coming}</b><span class="rule">{rule}</span>'
        box = f'<a href="{pages[0][1]}">{inner}</a>' if pages else f"<div>{inner}</div>"
        items.append(f'<li class="family hue-{family["key"]}">{box}</li>')
    return f'<ul class="families" aria-label="Four structures">{"".join(items)}</ul>'


def parts(course: dict, book: Book) -> str:
    """Return one card a part with its chapters, numbered through the whole course."""
    cards, number = [], 0
    for part in course["parts"]:
        rows = []
        for slug, coming in map(slug_and_title, part["chapters"]):
            number += 1
            page = book.page(f"{part['slug']}/{slug}")
            text = f'<a href="{page[1]}">{escape(page[0])}</a>' if page else f"<span>{escape(coming)}</span>"
            rows.append(f'<li value="{number}" class="{"written" if page else "unwritten"}">{text}</li>')
        written = any('class="written"' in row for row in rows)
        flag = "" if written else ' <span class="coming">coming</span>'
        cards.append(
            f'<div class="part hue-{part["family"]}{"" if written else " later"}">'
            f'<p class="part-title">{escape(part["title"])}{flag}</p><p>{escape(part["idea"])}</p>'
            f'<ol start="{number - len(rows) + 1}">{"".join(rows)}</ol></div>'
        )
    return f'<div class="parts">{"".join(cards)}</div>'


MAPS = {"families": families, "parts": parts}


def fill(app, doctree, docname):
    """Put the maps in their places."""
    for place in list(doctree.findall(course_map)):
        html = MAPS[place["kind"]](place["course"], Book(app, docname))
        place.replace_self(nodes.raw("", html, format="html"))


def setup(app):
    """Add the directive."""
    app.add_node(course_map)
    app.add_directive("course-map", CourseMap)
    app.connect("doctree-resolved", fill)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
