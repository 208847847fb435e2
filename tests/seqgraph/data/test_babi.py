"""bAbI: the parser on a small file, and the real ones where they are."""

import os
import sys

import pytest

from seqgraph.data import babi

# `seqgraph.data.babi` is the function; the file that holds it has the same name.
MODULE = sys.modules["seqgraph.data.babi"]

TEXT = (
    "1 Mary moved to the bathroom.\n"
    "2 Sandra took the milk there.\n"
    "3 Where is Mary? \tbathroom\t1\n"
    "4 Sandra went to the hall.\n"
    "5 Where is the milk? \thall\t2 4\n"
    "1 John left.\n"
    "2 Where is John?\tnowhere\t1\n"
)


def test_a_story_goes_on_after_a_question_and_a_new_one_begins_at_line_1(monkeypatch, tmp_path):
    (tmp_path / "small.txt").write_text(TEXT, encoding="utf-8")
    asked = []
    monkeypatch.setattr(MODULE, "fetch", lambda name: asked.append(name) or tmp_path / "small.txt")
    one, two, three = babi(2, "test")
    assert asked == ["babi/tasks_1-20_v1-2/en/qa2_two-supporting-facts_test.txt"]
    assert one == (
        (("mary", "moved", "to", "the", "bathroom"), ("sandra", "took", "the", "milk", "there")),
        ("where", "is", "mary"),
        "bathroom",
        (0,),
    )
    assert two.sentences == (*one.sentences, ("sandra", "went", "to", "the", "hall"))
    assert (two.answer, two.facts) == ("hall", (1, 2))
    assert three == ((("john", "left"),), ("where", "is", "john"), "nowhere", (0,))


@pytest.mark.errors
@pytest.mark.parametrize(
    ("arguments", "text"),
    [((4, "train"), "task must be 1, 2 or 3, got 4"), ((1, "exam"), "part must be one of .*, got 'exam'")],
)
def test_an_unknown_task_or_part_is_refused(arguments, text):
    with pytest.raises(ValueError, match=f"babi: {text}"):
        babi(*arguments)


@pytest.mark.parametrize("task", [1, 2, 3])
@pytest.mark.parametrize("part", ["train", "test"])
def test_the_real_ones(task, part):
    folder = os.environ.get("SEQGRAPH_DATA")
    if not folder or not os.path.isdir(os.path.join(folder, "babi")):
        pytest.skip("babi is not in the folder that SEQGRAPH_DATA names")
    found = babi(task, part)
    assert len(found) == 1000
    assert {len(story.facts) for story in found} == {task}
    told = [story.sentences[story.facts[-1]] for story in found]
    if task < 3:
        assert all(story.answer in sentence for story, sentence in zip(found, told, strict=True))
