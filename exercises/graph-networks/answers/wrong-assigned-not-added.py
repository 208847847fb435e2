# loses: gcn_layer
# task: gcn_layer
def gcn_layer(x, edge_index, W):
    """New features [N, O] of the nodes, from their own and those that the edges bring."""
    sender, receiver = edge_index
    degree = torch.ones(len(x), dtype=x.dtype).index_add(0, receiver, torch.ones(len(sender), dtype=x.dtype))
    scaled = x @ W.T * degree.rsqrt()[:, None]
    return scaled.index_put((receiver,), scaled[sender] + scaled[receiver]) * degree.rsqrt()[:, None]
