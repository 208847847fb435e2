"""The source of random numbers of the made-up tasks."""

import torch


def expect_generator(who: str, generator: torch.Generator) -> torch.Generator:
    """Return a generator or raise unless it draws on the CPU, where every machine draws the same numbers."""
    if not isinstance(generator, torch.Generator):
        raise TypeError(f"{who}: generator must be a torch.Generator, got {type(generator).__name__}.")
    if generator.device.type != "cpu":
        raise ValueError(f"{who}: generator must be on the CPU, got one on {generator.device}.")
    return generator
