"""The same training on one and on several processes."""

import pytest
import torch

from seqgraph import train
from seqgraph.data import adding_problem
from seqgraph.recurrent import LSTMCell, Recurrent


class LastOutput(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.runner = Recurrent(LSTMCell(2, 5))
        self.V = torch.nn.Linear(5, 1)

    def forward(self, x):
        return self.V(self.runner(x)[0][:, -1]).squeeze(-1)


def squared_error(model, x, y):
    return ((model(x) - y) ** 2).mean()


def train_a_little(runtime):
    generator = train.seeded(0)
    model = LastOutput().double()
    batches = [tuple(part.double() for part in adding_problem(8, 6, generator)) for _ in range(5)]
    adam = torch.optim.Adam(model.parameters(), lr=0.01)
    numbers = [step.number for step in train.steps(model, squared_error, batches, adam, runtime=runtime)]
    assert numbers == [1, 2, 3, 4, 5]
    return {name: value.detach().cpu() for name, value in model.state_dict().items()}


def test_two_gloo_processes_reach_the_weights_of_one():
    alone = train.launch(train_a_little, accelerator="cpu", processes=1)
    together = train.launch(train_a_little, accelerator="cpu", processes=2)
    start = {name: value.detach() for name, value in _initial().state_dict().items()}
    for name, weight in alone.items():
        assert (weight - together[name]).abs().max() <= 1e-12
        assert (weight - start[name]).abs().max() > 1e-3


def _initial():
    train.seeded(0)
    return LastOutput().double()


def uneven_batch(runtime):
    with pytest.raises(ValueError, match="multiple of 2 processes, got 3"):
        runtime.shard((torch.zeros(3, 1),))
    graphs = torch.zeros(4, 1), torch.zeros(2, 6, dtype=torch.int64)
    with pytest.raises(ValueError, match=r"first axis.*got \[4, 2\]"):
        runtime.shard(graphs)
    return runtime.rank


def test_a_batch_that_cannot_be_shared_is_refused():
    assert train.launch(uneven_batch, accelerator="cpu", processes=2) == 0


@pytest.mark.errors
@pytest.mark.parametrize("processes", [0, -1, 1.5, True])
def test_a_wrong_number_of_processes_is_refused(processes):
    with pytest.raises(ValueError, match="processes must be a whole number of at least 1"):
        train.Runtime("cpu", processes)


@pytest.mark.errors
def test_an_unknown_accelerator_is_refused():
    with pytest.raises(ValueError, match="accelerator must be one of"):
        train.Runtime("abacus")


def test_a_missing_fabric_names_the_extra(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "lightning_fabric", None)
    with pytest.raises(ImportError, match=r"\[train\]"):
        train.Runtime("cpu")


@pytest.mark.gpu
def test_the_gpu_reaches_the_weights_of_the_cpu():
    on_cpu = train.launch(train_a_little, accelerator="cpu")
    on_gpu = train.launch(train_a_little, accelerator="cuda")
    for name, weight in on_cpu.items():
        assert (weight - on_gpu[name]).abs().max() <= 1e-10
