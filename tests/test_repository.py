"""The repository itself: its words and links hold anywhere, and nothing of others is committed."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = {
    ".py",
    ".md",
    ".ipynb",
    ".yml",
    ".yaml",
    ".toml",
    ".json",
    ".bib",
    ".css",
    ".js",
    ".html",
    ".svg",
    ".cff",
}
TEXT |= {".cfg", ".lock", ".txt", ""}
HOME = re.compile(r"(?<![\w.])/(root|home|Users|work|opt|mnt|var/folders)/[\w.]+")
# An address of a package index would bind the course to one mirror.
INDEX = re.compile(
    r"(--(extra-)?index-url|--find-links|\"resolved\"\s*:|registry\s*=\s*http|https?://[\w.]*(pypi|npmjs|registry)[\w.]*)"
)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)[^)]*\)|!\[[^\]]*\]\(([^)\s]+)\)")
# Attacks name such folders on purpose.
ATTACKS = ROOT / "tests" / "classroom" / "redteam" / "cells"
PAGES = ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md")


def files() -> list[Path]:
    """Return what is committed or would be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git repository")
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_folder_of_one_machine_or_a_package_index():
    wrong = []
    for path in files():
        if path.suffix in TEXT and path != Path(__file__).resolve() and ATTACKS not in path.parents:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if found := HOME.search(line) or INDEX.search(line):
                    wrong.append(f"{path.relative_to(ROOT)}:{number}: {found[0]}")
    assert wrong == []


@pytest.mark.parametrize(
    "line", ["see /home/ann/course", '"resolved": "x"', "--index-url x", "https://pypi.org/simple"]
)
def test_a_planted_address_is_found(line):
    assert HOME.search(line) or INDEX.search(line)


def test_no_file_of_others_is_committed():
    names = [path.relative_to(ROOT).as_posix() for path in files()]
    others = re.compile(
        r"node_modules/|(^|/)vendor/|\.min\.(js|css)$|\.(woff2?|ttf|otf|whl|tgz|zip|pt|npz?)$"
    )
    assert [name for name in names if others.search(name)] == []
    big = [name for name in names if (ROOT / name).stat().st_size > 400_000]
    assert big == []


@pytest.mark.parametrize("name", PAGES)
def test_links_inside_the_repository_lead_somewhere(name):
    targets = [a or b for a, b in LINK.findall((ROOT / name).read_text(encoding="utf-8"))]
    inside = [target for target in targets if "://" not in target]
    assert [target for target in inside if not (ROOT / target).exists()] == []


def test_the_lock_pins_everything_that_the_project_asks_for():
    lines = [line for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines() if line[:1] != "#"]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    pinned = {_plain(line.split("==")[0]) for line in lines}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = list(project["dependencies"])
    for extra in project["optional-dependencies"].values():
        asked += extra
    names = {_plain(re.match(r"[\w.-]+", line)[0]) for line in asked} - {_plain(project["name"])}
    assert names - pinned == set()


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_versions_agree():
    import seqgraph

    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    cited = re.search(r"^version: (\S+)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE)[1]
    assert seqgraph.__version__ == version == cited
