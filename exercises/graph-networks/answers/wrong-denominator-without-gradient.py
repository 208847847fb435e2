# loses: scatter_softmax
# task: scatter_softmax
def scatter_softmax(scores, target, num_nodes):
    """Weights [E] of the edges, which add up to 1 at each node that an edge enters."""
    largest = torch.full((num_nodes,), -torch.inf, dtype=scores.dtype)
    largest = largest.scatter_reduce(0, target, scores.detach(), "amax")
    powers = (scores - largest[target]).exp()
    sums = torch.zeros(num_nodes, dtype=scores.dtype).index_add(0, target, powers)
    return powers / sums.detach()[target]
