"""A page's own heading is its title everywhere, and no two pages share one."""

import json
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "site" / "extensions"))
from course_map import faults, slug_and_title  # noqa: E402

COURSE = yaml.safe_load((ROOT / "site" / "course.yml").read_text(encoding="utf-8"))
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))


def pages(entry=TOC) -> list[str]:
    """Return all pages of the book in order."""
    if isinstance(entry, list):
        return [page for one in entry for page in pages(one)]
    if not isinstance(entry, dict):
        return []
    own = [entry[key] for key in ("root", "file") if key in entry]
    return own + [page for value in entry.values() for page in pages(value)]


def title(page: str) -> str:
    path = ROOT / f"{page}.ipynb"
    if path.exists():
        first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]
        text = "".join(first["source"])
    else:
        text = (ROOT / f"{page}.md").read_text(encoding="utf-8")
    return re.search(r"^# (.+)$", text, re.MULTILINE)[1].strip()


def shared(titles: list[str]) -> list[str]:
    return [one for one, times in Counter(one.casefold() for one in titles).items() if times > 1]


def test_no_two_pages_written_or_coming_share_a_title():
    coming = [slug_and_title(one)[1] for part in COURSE["parts"] for one in part["chapters"]]
    titles = [*map(title, pages()), *filter(None, coming)]
    assert len(titles) > 40
    assert shared(titles) == []


def test_a_shared_title_is_seen():
    assert shared(["Attention", "Memory", "attention"]) == ["attention"]


def test_the_map_has_every_chapter_of_the_table_of_contents_in_its_order():
    slugs = [
        f"{part['slug']}/{slug_and_title(one)[0]}" for part in COURSE["parts"] for one in part["chapters"]
    ]
    parts = tuple(f"chapters/{part['slug']}/" for part in COURSE["parts"])
    written = [page.removeprefix("chapters/") for page in pages() if page.startswith(parts)]
    assert [slug for slug in slugs if slug in written] == written


def test_a_title_in_the_list_is_for_chapters_to_come_alone():
    written = set(pages())
    assert [fault for part in COURSE["parts"] for fault in faults(part, written)] == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [({"gru": "The GRU"}, "p/gru is a page: take its title out"), ("memory", "p/memory needs a title")],
)
def test_a_second_or_a_missing_title_is_a_fault(entry, fault):
    assert faults({"slug": "p", "chapters": [entry]}, {"chapters/p/gru"}) == [fault]
