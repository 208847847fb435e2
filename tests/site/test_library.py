"""The library pages as they were built: signatures are those of the source, and no field is blank."""

import importlib
import inspect

import pytest
from bs4 import BeautifulSoup

from tests.site.visit import HTML

PAGES = sorted((HTML / "chapters" / "back" / "library").glob("*.html"))
ANYTHING = "*args, **kwargs"


def entries(page, kind: str) -> dict[str, tuple[str, str]]:
    """Return signature and text of each entry of a kind by its full name."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    found = {}
    for entry in soup.select(f"dl.py.{kind}"):
        head, body = entry.find("dt"), entry.find("dd")
        found[head["id"]] = (head.get_text(), body.get_text().strip())
    return found


def object_of(name: str):
    """Return what the id of an entry names."""
    part, _, rest = name.removeprefix("seqgraph.").partition(".")
    value = importlib.import_module(f"seqgraph.{part}")
    for attribute in rest.split("."):
        value = getattr(value, attribute)
    return value


def takes_anything(name: str) -> bool:
    value = object_of(name)
    return "**kwargs" in inspect.getsource(
        getattr(value, "__init__", value) if inspect.isclass(value) else value
    )


def test_there_are_library_pages():
    assert len(PAGES) > 10


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_no_signature_takes_anything_unless_the_source_does(page):
    told = entries(page, "class") | entries(page, "method") | entries(page, "function")
    wrong = [name for name, (signature, _) in told.items() if ANYTHING in signature]
    assert [name for name in wrong if not takes_anything(name)] == []


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_every_field_of_a_result_says_what_it_holds(page):
    results = [name for name in entries(page, "class") if hasattr(object_of(name), "_fields")]
    texts = {name: text for name, (_, text) in entries(page, "attribute").items()}
    fields = [f"{name}.{field}" for name in results for field in object_of(name)._fields]
    assert [field for field in fields if not texts.get(field)] == []
