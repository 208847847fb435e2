# loses: gat_layer
# task: gat_layer
def gat_layer(x, edge_index, W, a):
    """New features [N, O] of the nodes: one head of graph attention."""
    themselves = torch.arange(len(x))
    sender, receiver = torch.cat([edge_index, themselves.expand(2, -1)], dim=1)
    z = x @ W.T
    ### BEGIN VARIANT gat_layer source_first
    a_source, a_target = a.chunk(2)
    ### END VARIANT
    ### BEGIN VARIANT gat_layer target_first
    a_target, a_source = a.chunk(2)
    ### END VARIANT
    scores = torch.nn.functional.leaky_relu((z @ a_source)[sender] + (z @ a_target)[receiver], 0.2)
    largest = torch.full_like(z[:, 0], -torch.inf).scatter_reduce(0, receiver, scores.detach(), "amax")
    powers = (scores - largest[receiver]).exp()
    weighted = (powers / powers.sum())[:, None] * z[sender]
    return torch.zeros_like(z).index_add(0, receiver, weighted)
