"""The graph of words, queries and sites: every link of a small log, counted by hand."""

import pytest

from seqgraph.suggest import term_graph

LOG = [
    ([("japan", "hotel"), ("tokyo", "hotel")], ["hotel.example"]),
    ([("japan", "hotel"), ("cheap", "japan", "hotel")], ["visit.example"]),
]
JH, TH, CJH = (
    ("query", ("japan", "hotel")),
    ("query", ("tokyo", "hotel")),
    ("query", ("cheap", "japan", "hotel")),
)
LINKS = {
    (JH, ("term", "japan")): 2,
    (TH, ("term", "tokyo")): 1,
    (CJH, ("term", "cheap")): 1,
    (("term", "cheap"), ("term", "japan")): 1,
    (("term", "japan"), ("term", "hotel")): 3,
    (("term", "tokyo"), ("term", "hotel")): 1,
    (JH, ("site", "hotel.example")): 1,
    (JH, ("site", "visit.example")): 1,
    (JH, TH): 1,
    (JH, CJH): 1,
}


def links(graph):
    """Every directed edge by the names of its ends."""
    ends = [[graph.nodes[i] for i in row] for row in graph.edge_index.tolist()]
    return dict(zip(zip(*ends, strict=True), graph.weight.tolist(), strict=True))


def test_every_link_both_ways():
    graph = term_graph(LOG)
    both = LINKS | {(two, one): count for (one, two), count in LINKS.items()}
    assert links(graph) == both
    assert graph.edge_index.shape == (2, 20)
    assert [kind for kind, _ in graph.nodes] == ["query"] * 3 + ["site"] * 2 + ["term"] * 4


def test_kinds_leave_out_nodes_and_their_links():
    words = links(term_graph(LOG, ("term",)))
    assert set(words.values()) == {1, 3}
    assert len(words) == 6
    assert not any(kind == "site" for kind, _ in term_graph(LOG, ("term", "query")).nodes)


def test_a_repeated_query_makes_no_link_to_itself():
    graph = term_graph([([("rome",), ("rome",)], [])])
    assert links(graph) == dict.fromkeys(links(graph), 2.0)
    assert len(graph.nodes) == 2


@pytest.mark.errors
def test_refusals():
    with pytest.raises(ValueError, match=r"term_graph: kinds must be of term, query and site, got \['url'\]"):
        term_graph(LOG, ("term", "url"))
    with pytest.raises(ValueError, match="term_graph: a query must have at least one word, got none"):
        term_graph([([()], [])])
    with pytest.raises(ValueError, match="term_graph: sessions must give at least one link, got none"):
        term_graph([([("rome",)], [])], ("term",))
