# loses: normalised_laplacian, chebyshev, gcn_layer, wl_colours, scatter_softmax, gat_layer, diffpool_step
# task: normalised_laplacian
def normalised_laplacian(edge_index, num_nodes):
    return torch.zeros(num_nodes, num_nodes, dtype=torch.float64)


# task: chebyshev
def chebyshev(x, laplacian, theta, lambda_max):
    return torch.zeros_like(x)


# task: gcn_layer
def gcn_layer(x, edge_index, W):
    return torch.zeros_like(x)


# task: wl_colours
def wl_colours(edge_index, num_nodes, rounds):
    return [0] * num_nodes


# task: scatter_softmax
def scatter_softmax(scores, target, num_nodes):
    return torch.zeros_like(scores)


# task: gat_layer
def gat_layer(x, edge_index, W, a):
    return torch.zeros_like(x)


# task: diffpool_step
def diffpool_step(x, adjacency, scores):
    return tuple(torch.zeros_like(part) for part in (x, adjacency, scores))
