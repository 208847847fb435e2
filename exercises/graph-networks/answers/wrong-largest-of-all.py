# loses: scatter_softmax
# task: scatter_softmax
def scatter_softmax(scores, target, num_nodes):
    """Weights [E] of the edges, which add up to 1 at each node that an edge enters."""
    powers = (scores - scores.detach().max()).exp()
    sums = torch.zeros(num_nodes, dtype=scores.dtype).index_add(0, target, powers)
    return powers / sums[target]
