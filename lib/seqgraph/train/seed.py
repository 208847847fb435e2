"""Random numbers that are the same on every machine."""

import torch

from seqgraph.core.expect import expect_size


def seeded(seed: int) -> torch.Generator:
    r"""Set the seed of all of PyTorch and return a CPU generator with the same seed.

    Weights are drawn from the global generator, data from the returned one, both on the CPU: the same seed
    gives the same start on every device.

    Args:
        seed: any whole number of at least 0.

    Example:
        >>> torch.equal(torch.rand(2, generator=seeded(1)), torch.rand(2, generator=seeded(1)))
        True
    """
    expect_size("seeded", "seed", seed, least=0)
    torch.manual_seed(seed)
    return torch.Generator().manual_seed(seed)
