# loses: normalised_laplacian, chebyshev, gcn_layer, wl_colours, scatter_softmax, gat_layer, diffpool_step
# task: normalised_laplacian
def normalised_laplacian(edge_index, num_nodes):
    return None


# task: chebyshev
def chebyshev(x, laplacian, theta, lambda_max):
    return None


# task: gcn_layer
def gcn_layer(x, edge_index, W):
    return None


# task: wl_colours
def wl_colours(edge_index, num_nodes, rounds):
    return None


# task: scatter_softmax
def scatter_softmax(scores, target, num_nodes):
    return None


# task: gat_layer
def gat_layer(x, edge_index, W, a):
    return None


# task: diffpool_step
def diffpool_step(x, adjacency, scores):
    return None
