"""The set-up cell follows ``repository.url``: there with it, gone without it, and idempotent."""

import pytest

from classroom.colab import install_address, is_setup, with_setup
from classroom.normal_form import dumps, normalise
from classroom.normalise import normal_text
from classroom.notebooks import NotebookError
from tests.classroom.notebook_maker import code, notebook, save, text

URL = "https://code.example.org/school/course"


def repository(tmp_path, config):
    save(tmp_path / "pyproject.toml", "")
    save(tmp_path / "_config.yml", config)
    book = notebook(text(), code("first"), code("second", count=2))
    return save(tmp_path / "chapters" / "part" / "a.ipynb", dumps(normalise(book)[0]))


@pytest.mark.parametrize(
    ("config", "address"),
    [
        ("title: x", None),
        ("repository: {url: ''}", None),
        ("repository:", None),
        (f"repository: {{url: {URL}}}", URL),
        (f"repository: {{url: {URL}/, branch: main}}", f"{URL}@main"),
    ],
)
def test_the_address_is_read_from_the_configuration(tmp_path, config, address):
    save(tmp_path / "_config.yml", config)
    assert install_address(tmp_path) == address


@pytest.mark.parametrize("config", ["repository: {url: 'x\"; rm'}", "repository: [a]", "a: [", "- b"])
def test_a_bad_configuration_is_refused(tmp_path, config):
    save(tmp_path / "_config.yml", config)
    with pytest.raises(NotebookError, match=r"_config\.yml"):
        install_address(tmp_path)


def test_no_configuration_means_no_cell(tmp_path):
    assert install_address(tmp_path) is None


def test_the_cell_comes_before_all_code_and_the_counts_stay_right(tmp_path):
    path = repository(tmp_path, f"repository: {{url: {URL}}}")
    wanted, changes, faults = normal_text(path)
    assert "notebook: the Colab set-up cell for repository.url in _config.yml is missing" in changes
    assert f"git+{URL}" in wanted
    assert faults == []
    save(path, wanted)
    assert normal_text(path) == (wanted, [], [])


def test_the_cell_goes_when_the_address_goes_and_the_notebook_is_as_before(tmp_path):
    path = repository(tmp_path, f"repository: {{url: {URL}}}")
    before = path.read_text(encoding="utf-8")
    save(path, normal_text(path)[0])
    save(tmp_path / "_config.yml", "title: x")
    wanted, changes, _ = normal_text(path)
    assert wanted == before
    assert "notebook: there is a Colab set-up cell but no repository.url in _config.yml" in changes


def test_the_cell_follows_a_new_address(tmp_path):
    path = repository(tmp_path, f"repository: {{url: {URL}}}")
    save(path, normal_text(path)[0])
    save(tmp_path / "_config.yml", f"repository: {{url: {URL}-fork}}")
    wanted, changes, _ = normal_text(path)
    assert f"git+{URL}-fork" in wanted
    assert changes == ["notebook: the Colab set-up cell does not follow repository.url in _config.yml"]


def test_a_cell_in_the_wrong_place_is_moved():
    right, _ = with_setup(notebook(text(), code("first")), URL)
    wrong = notebook(right["cells"][0], right["cells"][2], right["cells"][1])
    moved, changes = with_setup(wrong, URL)
    assert changes == ["the Colab set-up cell is not the first code cell"]
    assert [is_setup(cell) for cell in moved["cells"]] == [False, True, False]


def test_a_notebook_without_code_gets_no_cell():
    assert with_setup(notebook(text()), URL) == (notebook(text()), [])


def test_the_cell_does_nothing_where_the_library_is_there():
    cell = with_setup(notebook(code()), URL)[0]["cells"][0]
    source = cell["source"].replace("    %pip", "    raise AssertionError  # %pip")
    exec(source, {})
