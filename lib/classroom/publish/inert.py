"""Text that a student's code made, turned into text that does nothing: no escapes, no hidden characters."""

import re
import unicodedata

ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # colours and cursor moves
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # titles, links
    r"|\x1b[ -/]*[0-~]?"
)
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
ODD = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
PER_CHARACTER = 4  # how much raw text is looked at for one character that is kept
MARKS = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4,}")
# Commands of MathJax that make links or load code.
ACTIVE_MATH = re.compile(r"\\(?=(?:href|style|class|cssId|require|html\w*|data|url|includegraphics)\b)", re.I)


def plain(text: str, limit: int = 4000) -> str:
    """Return at most ``limit`` characters of ``text``: no controls, and hidden characters made visible.

    Terminal escapes and control characters are left out. Characters that reorder or hide text, as bidi
    controls do, are shown as their number, ``[U+202E]``. The last line says if something is not shown.
    """
    raw = text[: limit * PER_CHARACTER]
    kept = LINE_ENDS.sub("\n", ESCAPES.sub("", raw))
    kept = MARKS.sub(lambda found: found.group()[:3], ODD.sub(_shown, kept))
    if len(kept) <= limit and len(raw) == len(text):
        return kept
    return f"{kept[:limit]}\n[... {len(text):,} characters in all, the rest is not shown]"


def line(text: str, limit: int = 300) -> str:
    """Return ``text`` as one plain line of at most ``limit`` characters."""
    words = " ".join(plain(text, 2 * limit).split())
    return words if len(words) <= limit else words[: limit - 1] + "…"


def _shown(found: re.Match) -> str:
    character = found.group()
    kind = unicodedata.category(character)
    if kind == "Cc":
        return ""
    return "\ufffd" if kind in ("Cs", "Cn") else f"[U+{ord(character):04X}]"


def passive_markdown(text: str, limit: int = 100_000) -> str:
    """Return Markdown that renders without HTML, links or pictures, for a page that a marker opens.

    The formgrader shows a student's Markdown with the marker's own rights and cleans nothing.
    """
    text = plain(text, limit)
    text = re.sub(r"<(?=[A-Za-z/!?])", "< ", text)
    text = re.sub(r"\](?=[(\[:])", "] ", text)
    return ACTIVE_MATH.sub(r"\\ ", text)
