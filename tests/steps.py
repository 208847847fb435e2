"""Run steps: side by side where they fit, all of them whatever fails, and all failures told together."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

SIGN_OF_LIFE_SECONDS = 30
MOST_LINES = 40
NO_TESTS = 5
NAMED = re.compile(r"^(FAILED|ERROR) ")


class Failed(Exception):
    """A step found something wrong; its own output says what."""


class Skipped(Exception):
    """A step has nothing to do on this machine."""


class Step(NamedTuple):
    """One step: what it does, how many cores it keeps busy, and by step the file that it needs of it."""

    name: str
    work: Callable[["Output"], None]
    cores: int = 1
    inputs: Mapping[str, Path] = MappingProxyType({})


class Output:
    """Where the commands of one step write: the terminal, or a file while other steps may run."""

    def __init__(self, root: Path, path: Path | None):
        self.root, self.path = root, path
        self.file = path.open("w+", encoding="utf-8", errors="replace") if path else None
        self.process: subprocess.Popen | None = None

    def say(self, words: str) -> None:
        print(words, file=self.file, flush=True)

    def run(self, *command: str, none_is_right: bool = False, **environment: str) -> None:
        """Run Python with these arguments; raise Failed unless it exits with 0, or with 5 for no tests."""
        shown = " ".join(f'"{part}"' if " " in part else part for part in command)
        self.say(f"$ {''.join(f'{name}={value} ' for name, value in environment.items())}python {shown}")
        self.process = subprocess.Popen(
            [sys.executable, *command],
            cwd=self.root,
            env=os.environ | environment,
            stdout=self.file,
            stderr=subprocess.STDOUT if self.file else None,
        )
        status = self.process.wait()
        if status and not (none_is_right and status == NO_TESTS):
            raise Failed(f"exit {status}: python {shown}")

    def close(self) -> None:
        if self.file:
            self.file.close()

    def text(self) -> str:
        return self.path.read_text(encoding="utf-8", errors="replace") if self.path else ""


class Runner:
    """Start steps in their order as soon as cores are free, and tell what became of each."""

    def __init__(self, root: Path, steps: list[Step], cores: int):
        self.root, self.steps, self.cores = root, steps, cores
        self.begun, self.clock = time.time(), time.perf_counter()
        self.outputs: dict[str, Output] = {}
        self.started: dict[str, float] = {}
        self.passed: list[str] = []
        self.faults: dict[str, str] = {}

    def run(self) -> int:
        """Run all steps; return 1 if one failed or could not run."""
        waiting, running = list(self.steps), {}
        (self.root / "_build" / "test").mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(max(1, len(waiting))) as pool:
            try:
                while waiting or running:
                    while waiting and self.fits(waiting[0], running.values()):
                        step = waiting.pop(0)
                        log = self.root / "_build" / "test" / f"{step.name}.log"
                        self.outputs[step.name] = Output(self.root, log if len(self.steps) > 1 else None)
                        self.started[step.name] = time.perf_counter()
                        running[pool.submit(self.start, step)] = step
                    done, _ = wait(running, SIGN_OF_LIFE_SECONDS, FIRST_COMPLETED)
                    for future in done:
                        self.tell(running.pop(future), future)
                    if not done:
                        self.sign_of_life(running.values())
            except KeyboardInterrupt:
                for output in self.outputs.values():
                    if output.process:
                        output.process.terminate()
                raise
        return self.told()

    def fits(self, step: Step, running) -> bool:
        running = list(running)
        free = self.cores - sum(other.cores for other in running)
        made = not any(other.name in step.inputs for other in running)
        return made and (not running or step.cores <= free)

    def start(self, step: Step) -> None:
        try:
            self.expect_inputs(step)
            step.work(self.outputs[step.name])
        finally:
            self.outputs[step.name].close()

    def expect_inputs(self, step: Step) -> None:
        for maker, made in step.inputs.items():
            stale = maker in self.faults and made.exists() and made.stat().st_mtime < self.begun
            if stale or not made.exists():
                both = f'make test STEPS="{maker} {step.name}"'
                raise Failed(f"could not run: step {maker} makes what it needs: {both}")

    def tell(self, step: Step, future: Future) -> None:
        seconds = time.perf_counter() - self.started[step.name]
        error = future.exception()
        if isinstance(error, Failed):
            self.faults[step.name] = str(error)
            word = f"FAILED after {seconds:.0f} s: {error}"
        elif error is None or isinstance(error, Skipped):
            word = "SKIPPED" if error else f"{seconds:.0f} s"
            self.passed.append(f"{step.name} {word}")
            word = f"SKIPPED: {error}" if error else f"passed in {word}"
        else:
            self.faults[step.name] = word = f"broke: {type(error).__name__}: {error}"
        text = self.outputs[step.name].text()
        number = len(self.passed) + len(self.faults)
        print(f"\n== [{number}/{len(self.steps)}] {step.name} {word}\n{text}", end="", flush=True)

    def sign_of_life(self, running) -> None:
        for step in running:
            lines = self.outputs[step.name].text().split("\n")
            last = next((line.strip() for line in reversed(lines) if line.strip()), "")
            seconds = time.perf_counter() - self.started[step.name]
            print(f".. {step.name} {seconds:.0f} s: {last[-90:]}", flush=True)

    def told(self) -> int:
        seconds = f"{time.perf_counter() - self.clock:.0f} s"
        if not self.faults:
            print(f"\n== no step of {len(self.steps)} failed, {seconds}: {', '.join(self.passed)}")
            return 0
        print(f"\n== {len(self.faults)} of {len(self.steps)} steps failed, {seconds}")
        for name, fault in self.faults.items():
            print(f"\n== {name}: {fault}")
            lines = self.outputs[name].text().rstrip().split("\n")
            for line in ([line for line in lines if NAMED.match(line)] or lines)[-MOST_LINES:]:
                print(f"   {line}")
            if "make test" not in fault:
                print(f"== to repeat it: make test STEPS={name}")
        return 1
