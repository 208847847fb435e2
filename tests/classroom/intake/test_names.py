"""Names of files for students: safe everywhere, different for each."""

import itertools
import unicodedata

import pytest

from classroom.intake import file_name
from classroom.intake.names import clean

NAMES = [
    "ann",
    "Ann",
    "ANN",
    "ann ",
    "ann.",
    ".ann",
    "..",
    ".",
    "",
    "a/b",
    "a\\b",
    "a_b",
    "a b",
    "con",
    "CON",
    "nul.txt",
]
NAMES += [
    "李雷",
    "Ünal",
    "ünal",
    "Иван",
    "राम",
    "-rf",
    "a\0b",
    "a\nb",
    "\u202eann",
    "a\ud800",
    "x" * 300,
    "x" * 301,
    "李" * 90,
]
NAMES += ["ann~1234567890", "a:b", "com1", "🙂"]  # fmt: skip


def test_ids_of_small_letters_stay_as_they_are():
    for student in ("ann", "s1234567", "a.b-c_d", "_x"):
        assert file_name(student) == student


@pytest.mark.parametrize("student", NAMES, ids=ascii)
def test_a_name_is_safe_on_every_system(student):
    name = file_name(student)
    assert len(f"{name}.feedback.html".encode()) < 255
    assert not set(name) & set('/\\:*?"<>|\0\n\r\t ')
    assert not name.startswith((".", "-"))
    assert not name.endswith((".", " "))
    assert all(unicodedata.category(letter)[0] not in "CZ" for letter in name)
    assert name.split("~")[0] == name or len(name.rsplit("~", 1)[1]) == 10
    assert file_name(student) == name


def test_different_students_have_different_names_where_case_and_form_do_not_count():
    seen = [unicodedata.normalize("NFKD", file_name(student)).casefold() for student in NAMES]
    assert [pair for pair in itertools.combinations(seen, 2) if pair[0] == pair[1]] == []
    taken = file_name("Ann")
    assert file_name(taken) != taken  # a student who is called as another one's file


def test_letters_of_any_script_are_kept():
    assert file_name("Ünal Öz").startswith("Ünal_Öz~")
    assert file_name("李雷").startswith("李雷~")
    assert file_name("राम").startswith("राम~")


def test_clean_gives_one_form_and_no_control_characters():
    assert clean("Zoe\u0308") == "Zoë"
    assert clean("a\nb\x7f") == "a\\x0ab\\x7f"
    assert clean("a\udcff") == "a\\xff"
