"""What holds for every test: one thread or OMP_NUM_THREADS of them, GPU tests only where there is a GPU."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before torch is imported, for child processes too

import pytest
import torch

torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))


def pytest_collection_modifyitems(items):
    if torch.cuda.is_available():
        return
    for item in items:
        if item.get_closest_marker("gpu"):
            item.add_marker(pytest.mark.skip(reason="no CUDA device"))


@pytest.fixture(autouse=True)
def same_random_numbers():
    """The same random numbers in each run, whichever tests ran before."""
    torch.manual_seed(0)
