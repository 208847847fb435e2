# loses: wl_colours
# task: wl_colours
def wl_colours(edge_index, num_nodes, rounds):
    """The colours of the nodes after some rounds, a list of ints."""
    colours = [0] * num_nodes
    pairs = edge_index.T.tolist()
    for _ in range(rounds + 1):
        heard = [[] for _ in range(num_nodes)]
        for j, i in pairs:
            heard[i].append(colours[j])
        signatures = [(c, tuple(sorted(others))) for c, others in zip(colours, heard, strict=True)]
        number = {signature: n for n, signature in enumerate(sorted(set(signatures)))}
        colours = [number[signature] for signature in signatures]
    return colours
