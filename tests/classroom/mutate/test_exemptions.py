import pytest

from classroom.errors import ClassroomError
from classroom.mutate.exemptions import read_exemptions, stale
from classroom.mutate.mutants import Mutant

VARIANTS = {"blend": {"keeps", "writes"}, "count": {None}}
SURVIVOR = Mutant("count", None, "NumberReplacer", 2, "source", "- return 1\n+ return 2")
REASON = "reason: the sum is the same for all numbers"


def read(folder, text):
    path = folder / "equivalent-mutants.yml"
    path.write_text(text, encoding="utf-8")
    return read_exemptions(path, VARIANTS)


def test_a_file_that_is_not_there_has_no_entries(tmp_path):
    assert read_exemptions(tmp_path / "none.yml", VARIANTS) == []


@pytest.mark.parametrize(
    "which", ["occurrence: 2", "diff: |-\n    -   return 1\n    + return 2"], ids=["occurrence", "diff"]
)
def test_an_entry_covers_its_mutant(tmp_path, which):
    (entry,) = read(tmp_path, f"- task: count\n  operator: NumberReplacer\n  {which}\n  {REASON}\n")
    assert entry.covers(SURVIVOR)
    assert not stale([entry], [SURVIVOR])


@pytest.mark.parametrize(
    "which",
    ["task: blend\n  variant: keeps", "operator: AddNot", "occurrence: 1", "diff: |-\n    - return 1"],
)
def test_an_entry_that_covers_no_survivor_is_stale(tmp_path, which):
    entry = {"task": "count", "operator": "NumberReplacer", "occurrence": "2"}
    key, _, value = which.partition(": ")
    if key == "diff":
        del entry["occurrence"]
    lines = [f"{name}: {text}" for name, text in (entry | {key: value}).items()]
    (read_entry,) = read(tmp_path, "- " + "\n  ".join([*lines, REASON]))
    assert not read_entry.covers(SURVIVOR)
    assert stale([read_entry], [SURVIVOR]) == [read_entry]


def test_an_entry_for_one_variant_leaves_the_other_alone(tmp_path):
    text = f"- {{task: blend, operator: AddNot, occurrence: 0, variant: keeps, {REASON}}}"
    (entry,) = read(tmp_path, text)
    assert entry.covers(Mutant("blend", "keeps", "AddNot", 0, "", ""))
    assert not entry.covers(Mutant("blend", "writes", "AddNot", 0, "", ""))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("task: count", "expected a list"),
        ("- {task: count, operator: AddNot, occurrence: 0}", "expected"),
        (f"- {{task: count, operator: AddNot, {REASON}}}", "occurrence"),
        (f"- {{task: nothing, operator: AddNot, occurrence: 0, {REASON}}}", "no such task: 'nothing'"),
        ("- {task: count, operator: AddNot, occurrence: 0, reason: same}", "needs a reason"),
        (f"- {{task: blend, operator: AddNot, occurrence: 0, {REASON}}}", "variant to variant"),
        (f"- {{task: count, operator: AddNot, occurrence: 0, variant: x, {REASON}}}", "no variant 'x'"),
        ("- [", "cannot be read"),
    ],
)
def test_an_entry_that_is_not_understood_is_an_error(tmp_path, text, said):
    with pytest.raises(ClassroomError, match=said):
        read(tmp_path, text)
