import ast

import pytest

from classroom.mutate.editions import editions
from classroom.mutate.mutants import difference, mutants, solution_lines
from tests.classroom.mutate.small_assignment import make


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return editions("small", make(tmp_path_factory.mktemp("small")))


def test_every_option_of_every_task_is_in_one_edition(found):
    assert [[task.variant for task in edition.assignment.tasks] for edition in found] == [
        ["keeps", None],
        ["writes", None],
    ]
    assert [edition.news for edition in found] == [("blend", "count"), ("blend",)]
    assert "(1 - z) * old + z" in found[1].task("blend").solution
    assert "a, b = b, a" not in found[1].answers.right[0]["blend"]


def test_only_the_solution_region_is_mutated(found):
    for edition, name in zip((*found, found[0]), ("blend", "blend", "count"), strict=True):
        task = edition.task(name)
        lines = task.solution.split("\n")
        inner = solution_lines(edition.assignment, task)
        assert [lines[number - 1].strip()[:6] for number in sorted(inner)] == ["return"]
        for mutant in mutants(edition.assignment, task):
            kept = [n for n, line in enumerate(mutant.source.split("\n"), 1) if line == lines[n - 1]]
            assert set(kept) | inner == set(range(1, len(lines) + 1))


def test_each_mutant_is_python_and_means_something_of_its_own(found):
    made = mutants(found[0].assignment, found[0].task("count"))
    meanings = {ast.dump(ast.parse(mutant.source)) for mutant in made}
    assert len(meanings) == len(made)
    assert ast.dump(ast.parse(found[0].task("count").solution)) not in meanings


def test_operators_and_numbers_and_comparisons_are_changed(found):
    texts = {mutant.diff.split("\n")[1] for mutant in mutants(found[0].assignment, found[0].task("count"))}
    assert "+ return sum(1 for number in numbers if number >= least)" in texts
    assert "+ return sum( 2 for number in numbers if number > least)" in texts
    texts = {mutant.diff.split("\n")[1] for mutant in mutants(found[0].assignment, found[0].task("blend"))}
    assert "+ return z * old - (1 - z) * new" in texts


def test_occurrences_count_the_whole_cell_as_cosmic_ray_does(found):
    made = mutants(found[0].assignment, found[0].task("count"))
    # Numbers 0 and 1 are the two ways to change `least=0`, which stands outside of the region.
    assert [mutant.occurrence for mutant in made if mutant.operator == "NumberReplacer"] == [2, 3]


def test_a_mutant_is_found_again_by_operator_and_occurrence(found):
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    task = found[0].task("blend")
    for mutant in mutants(found[0].assignment, task):
        again = mutate_code(task.solution, get_operator(f"core/{mutant.operator}")(), mutant.occurrence)
        assert again == mutant.source


def test_a_difference_shows_the_changed_lines_only():
    assert difference("a\n    b\nc", "a\n    d\nc") == "- b\n+ d"
