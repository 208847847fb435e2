"""Names of students: as text that can be kept and shown, and as names of files."""

import hashlib
import re
import unicodedata

PLAIN = re.compile(r"[a-z0-9_][a-z0-9._-]{0,49}(?<!\.)")
# Names that Windows keeps for devices, whatever follows the dot.
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
LONGEST = 50  # characters of any script; with the mark and an ending below 255 bytes


def clean(text: str) -> str:
    """Return text in one Unicode form; bytes that are no text and control characters become escapes."""
    text = text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    text = unicodedata.normalize("NFC", text)
    return "".join(
        character if unicodedata.category(character) != "Cc" else f"\\x{ord(character):02x}"
        for character in text
    )


def file_name(student: str) -> str:
    """Return a name for a student's file or folder, safe on every system and different for each student.

    Short ids of small Latin letters, digits, ``.``, ``_`` and ``-`` stay as they are. All others keep their
    letters of any script and get a mark, ``~`` and ten digits of their hash: systems differ in which
    names they take for equal.
    """
    if PLAIN.fullmatch(student) and not DEVICES.fullmatch(student):
        return student
    mark = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    letters = "".join(c if unicodedata.category(c)[0] in "LMN" or c in "-_" else "_" for c in student)
    if letters.startswith("-"):  # a command would take it for an option
        letters = "_" + letters[1:]
    return f"{unicodedata.normalize('NFC', letters)[:LONGEST]}~{mark}"
