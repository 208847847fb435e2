"""Looks for what would run on a page."""

from html.parser import HTMLParser


class Active(HTMLParser):
    """Finds what would run on a page: scripts, handlers and addresses that hold the mark of the attack."""

    def __init__(self, page: str):
        super().__init__()
        self.found, self.inside = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.inside = tag
        self.found += [
            (tag, *pair) for pair in attributes if "alert(13)" in (pair[1] or "") and pair[0] != "id"
        ]

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, text):
        if self.inside == "script" and "alert(13)" in text:
            self.found.append(("script", text))
