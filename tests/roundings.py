"""Another machine on this one: settings that move the last digits of what PyTorch computes.

    python -m tests.roundings      what each setting moves here, and what it costs

The book's own execution runs as the machine is. The strict run of the notebooks and the second run of the
numerical tests use the first setting below that moves the results of a training on this machine. On an AMD
processor with AVX2 `scalar` moves nearly everything (products, tanh, exp, sums); `products` larger products
only; two threads move little and cost most, since threads wait for each other; `MKL_ENABLE_INSTRUCTIONS` and
`ONEDNN_MAX_CPU_ISA` move no training at all.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
ROUNDINGS = {
    "scalar": {"ATEN_CPU_CAPABILITY": "default"},
    "vector": {"ATEN_CPU_CAPABILITY": "avx2"},
    "products": {"MKL_CBWR": "AVX"},
    "two-threads": {"OMP_NUM_THREADS": "2"},
}


class Chosen(NamedTuple):
    """One of the settings, and whether it moves a training on this machine."""

    name: str
    environment: dict[str, str]
    moves: bool


def choose(say: Callable[[str], None] = print, train: Callable | None = None) -> Chosen:
    """Return the first setting under which a training ends elsewhere than plainly; tell what was found."""
    train = train or trained_under
    plain = train({})
    for name, environment in ROUNDINGS.items():
        other = train(environment)
        moved = [cell for cell in plain if plain[cell] != other[cell]]
        if moved:
            say(f"other roundings: {shown(environment)} moves {len(moved)} of {len(plain)} trainings")
            return Chosen(name, environment, True)
        say(f"{shown(environment)} moves nothing on this machine")
    say("NOTHING MOVES THE LAST DIGITS HERE: the second run differs from the first by its threads alone")
    return Chosen(name, environment, False)


def shown(environment: dict[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in environment.items())


def trained_under(environment: dict[str, str]) -> dict[str, str]:
    """Return where a few trainings end, to the last bit, in a process with this environment."""
    command = [sys.executable, "-c", "from tests.roundings import train; train()"]
    settings = os.environ | {"OMP_NUM_THREADS": "1"} | environment
    done = subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def train(updates: int = 20) -> None:
    """Train small networks and print the last loss of each as JSON, every bit of it."""
    import torch

    from seqgraph.recurrent import GRUCell, LSTMCell, Recurrent, SRNCell

    ends = {}
    for dtype in (torch.float32, torch.float64):
        for cell in (SRNCell, GRUCell, LSTMCell):
            torch.manual_seed(0)
            x = torch.rand(16, 12, 3).to(dtype)
            target = x.cumsum(1)[..., :1]
            reader, readout = Recurrent(cell(3, 32)).to(dtype), torch.nn.Linear(32, 1).to(dtype)
            optimizer = torch.optim.Adam([*reader.parameters(), *readout.parameters()], lr=0.01)
            for _ in range(updates):
                loss = torch.nn.functional.mse_loss(readout(reader(x)[0]), target)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
            ends[f"{cell.__name__} {dtype}"] = loss.item().hex()
    print(json.dumps(ends))


def main() -> int:
    plain = trained_under({})
    for name, environment in {"plain": {}, **ROUNDINGS}.items():
        before = os.times()
        begun, other = time.perf_counter(), trained_under(environment)
        after = os.times()
        used = after.children_user + after.children_system - before.children_user - before.children_system
        moved = sum(plain[cell] != other[cell] for cell in plain)
        wall = time.perf_counter() - begun
        cost = f"{used:.1f} s of a processor, {wall:.1f} s"
        print(f"{name:12} {moved} of {len(plain)} moved, {cost}  {shown(environment)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
