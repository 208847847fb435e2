# loses: gcn_layer
# task: gcn_layer
def gcn_layer(x, edge_index, W):
    """New features [N, O] of the nodes, from their own and those that the edges bring."""
    sender, receiver = edge_index
    scaled = x @ W.T
    return scaled.index_add(0, receiver, scaled[sender])
