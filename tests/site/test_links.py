"""Links between pages, checked in the files themselves."""

from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urlsplit

from tests.site.visit import HTML, built_pages


class Anchors(HTMLParser):
    """The links of a page and the places that can be linked to."""

    def __init__(self, text: str):
        super().__init__()
        self.links, self.places = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        self.places |= {named[key] for key in ("id", "name") if named.get(key)}
        for key in ("href", "src"):
            if named.get(key):
                self.links.append(named[key])


def broken(page: str, link: str, anchors: dict) -> bool:
    target, place = urldefrag(link)
    path = (HTML / page).parent / unquote(target) if target else HTML / page
    path = path / "index.html" if path.is_dir() else path
    if not path.exists():
        return True
    name = path.resolve().relative_to(HTML.resolve()).as_posix()
    return bool(place) and name in anchors and unquote(place) not in anchors[name].places


def test_every_link_within_the_site_leads_somewhere():
    anchors = {page: Anchors((HTML / page).read_text(encoding="utf-8")) for page in built_pages()}
    inside = [
        (page, link.split("?")[0] if "#" not in link else link)
        for page, parsed in anchors.items()
        for link in parsed.links
        if not urlsplit(link).scheme and not link.startswith("//")
    ]
    assert len(inside) > 500
    assert [(page, link) for page, link in inside if broken(page, link, anchors)] == []
