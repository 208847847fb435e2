"""Checks that the made-up tasks share."""

import torch


def expect_generator(who: str, generator: torch.Generator) -> torch.Generator:
    """Return a generator or raise unless it draws on the CPU, where every machine draws the same numbers."""
    if not isinstance(generator, torch.Generator):
        raise TypeError(f"{who}: generator must be a torch.Generator, got {type(generator).__name__}.")
    if generator.device.type != "cpu":
        raise ValueError(f"{who}: generator must be on the CPU, got one on {generator.device}.")
    return generator


def expect_at_least(who: str, name: str, value: int, least: int) -> int:
    """Return a size or raise ValueError unless it is a whole number of at least ``least``."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ValueError(f"{who}: {name} must be a whole number of at least {least}, got {value!r}.")
    return value


def expect_within(who: str, name: str, value: int, most: int, why: str) -> int:
    """Return a size or raise ValueError unless it is a whole number from 1 to ``most``."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise ValueError(f"{who}: {name} must be a whole number in 1..{most} ({why}), got {value!r}.")
    return value
