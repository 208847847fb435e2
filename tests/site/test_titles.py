"""One title a page: in its heading, in the side bar and on the map, and no other page has it."""

from collections import Counter

from bs4 import BeautifulSoup

from tests.site.visit import HTML, built_pages


def soup(name: str) -> BeautifulSoup:
    return BeautifulSoup((HTML / name).read_text(encoding="utf-8"), "html.parser")


def plain(tag) -> str:
    for link in tag.select(".headerlink"):
        link.decompose()
    return " ".join(tag.get_text().split())


def headings() -> dict[str, str]:
    """Return the heading of each page of the table of contents, which the search and index pages are not."""
    pages = [page for page in built_pages("<h1>") if page not in ("search.html", "genindex.html")]
    return {page: plain(soup(page).select_one("article h1")) for page in pages}


def test_no_two_pages_share_a_heading():
    told = headings()
    assert len(told) > 20
    assert [title for title, times in Counter(told.values()).items() if times > 1] == []


def test_map_and_side_bar_call_a_page_by_its_heading():
    told, index = headings(), soup("index.html")
    on_map = [(link["href"], plain(link)) for link in index.select(".parts a[href]")]
    in_bar = [(link["href"], plain(link)) for link in index.select("nav.bd-links a.reference.internal[href]")]
    assert len(on_map) > 10
    assert len(in_bar) > len(on_map)
    wrong = [(page, title, told.get(page)) for page, title in on_map + in_bar if page != "#"]
    assert [row for row in wrong if row[1] != row[2]] == []
