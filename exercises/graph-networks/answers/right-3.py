# task: wl_colours
def wl_colours(edge_index, num_nodes, rounds):
    colours = [0] * num_nodes
    for _ in range(rounds):
        signatures = [[c] for c in colours]
        for j, i in edge_index.T.tolist():
            signatures[i].append(colours[j])
        signatures = [(own, sorted(others)) for own, *others in signatures]
        order = sorted(range(num_nodes), key=signatures.__getitem__)
        fresh, new, before = -1, [0] * num_nodes, None
        for node in order:
            fresh += signatures[node] != before
            new[node], before = fresh, signatures[node]
        if new == colours:
            break
        colours = new
    return colours


# task: scatter_softmax
def scatter_softmax(scores, target, num_nodes):
    # The gradient may go through the largest score as well: what it adds cancels.
    largest = torch.full((num_nodes,), float("-inf"), dtype=scores.dtype)
    largest = torch.scatter_reduce(largest, 0, target, scores, "amax")
    powers = torch.exp(scores - largest.gather(0, target))
    sums = torch.zeros(num_nodes, dtype=scores.dtype).scatter_add(0, target, powers)
    return powers / sums.gather(0, target)


# task: chebyshev
def chebyshev(x, laplacian, theta, lambda_max):
    values, waves = torch.linalg.eigh(laplacian)
    z = 2 / lambda_max * values - 1
    gains = [torch.ones_like(z), z]
    for _ in range(len(theta) - 2):
        gains.append(2 * z * gains[-1] - gains[-2])
    gain = torch.stack(gains[: len(theta)], 1) @ theta
    return waves @ (gain[:, None] * (waves.T @ x))
