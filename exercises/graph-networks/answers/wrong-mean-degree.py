# loses: normalised_laplacian
# task: normalised_laplacian
def normalised_laplacian(edge_index, num_nodes):
    """The normalised Laplacian [N, N] of an undirected graph without self-loops."""
    sender, receiver = edge_index
    A = torch.zeros(num_nodes, num_nodes, dtype=torch.float64)
    ones = torch.ones(len(sender), dtype=torch.float64)
    A = A.index_put((receiver, sender), ones, accumulate=True)
    scale = A.sum(1).mean().clamp(min=1).expand(num_nodes).rsqrt()
    return torch.eye(num_nodes, dtype=torch.float64) - scale[:, None] * A * scale
