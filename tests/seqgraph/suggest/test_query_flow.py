"""The query-flow graph counts what followed what."""

from seqgraph.suggest import QueryFlow

A, B, C = ("a",), ("b",), ("c", "d")


def test_shares_of_what_followed():
    flow = QueryFlow([[A, B, A, C], [A, B], [C, A]])
    found = [round(score * 3, 6) for score in flow.scores(A, [B, C, A]).tolist()]
    assert found == [2.0, 1.0, 0.0]
    assert flow.scores(B, [A, B]).tolist() == [1.0, 0.0]


def test_it_knows_nothing_about_a_new_query():
    flow = QueryFlow([[A, B]])
    assert flow.scores(("new",), [A, B]).tolist() == [0.0, 0.0]
    assert flow.scores(B, [A]).tolist() == [0.0]


def test_lists_count_like_tuples():
    flow = QueryFlow([[["a"], ["c", "d"]]])
    assert flow.scores(["a"], [["c", "d"]]).tolist() == [1.0]
