# loses: scatter_softmax
# task: scatter_softmax
def scatter_softmax(scores, target, num_nodes):
    """Weights [E] of the edges, which add up to 1 at each node that an edge enters."""
    largest = torch.full((num_nodes,), -torch.inf, dtype=scores.dtype)
    largest = largest.scatter_reduce(0, target, scores.detach(), "amax")
    powers = (scores - largest[target]).exp()
    return torch.ones_like(powers) / torch.bincount(target, minlength=num_nodes)[target]
