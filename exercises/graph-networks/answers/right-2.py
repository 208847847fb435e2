# task: normalised_laplacian
def normalised_laplacian(edge_index, num_nodes):
    place = edge_index[1] * num_nodes + edge_index[0]
    A = torch.bincount(place, minlength=num_nodes**2).reshape(num_nodes, num_nodes).double()
    degree = A.sum(dim=0)
    inverse = torch.where(degree > 0, 1 / degree.sqrt(), torch.zeros_like(degree))
    D = torch.diag(inverse)
    return torch.eye(num_nodes).double() - D @ A @ D


# task: chebyshev
def chebyshev(x, laplacian, theta, lambda_max):
    # Clenshaw's rule, from the last coefficient to the first.
    scaled = 2 * laplacian / lambda_max - torch.eye(len(x), dtype=x.dtype)
    one, two = torch.zeros_like(x), torch.zeros_like(x)
    for k in reversed(range(1, len(theta))):
        one, two = theta[k] * x + 2 * (scaled @ one) - two, one
    return theta[0] * x + scaled @ one - two


# task: gcn_layer
def gcn_layer(x, edge_index, W):
    themselves = torch.arange(x.shape[0]).repeat(2, 1)
    sender, receiver = torch.cat([themselves, edge_index], 1)
    d = torch.bincount(receiver, minlength=x.shape[0]).to(x.dtype)
    weight = 1 / (d[sender] * d[receiver]).sqrt()
    gathered = torch.zeros_like(x).index_add(0, receiver, weight.unsqueeze(1) * x[sender])
    return gathered @ W.t()


# task: wl_colours
def wl_colours(edge_index, num_nodes, rounds):
    sender, receiver = edge_index.tolist()
    colours = dict.fromkeys(range(num_nodes), 0)
    for _ in range(rounds):
        heard = {i: [] for i in range(num_nodes)}
        for j, i in zip(sender, receiver, strict=True):
            heard[i].append(colours[j])
        signature = {i: (colours[i], *sorted(heard[i])) for i in range(num_nodes)}
        order = sorted(set(signature.values()))
        colours = {i: order.index(signature[i]) for i in range(num_nodes)}
    return [colours[i] for i in range(num_nodes)]


# task: scatter_softmax
def scatter_softmax(scores, target, num_nodes):
    if len(scores) == 0:
        return scores.clone()
    same = target[:, None] == target
    return torch.where(same, scores, -torch.inf).softmax(dim=1).diagonal()


# task: gat_layer
def gat_layer(x, edge_index, W, a):
    N, z = x.shape[0], x @ W.T
    count = torch.eye(N, dtype=x.dtype)
    count = count.index_put(
        (edge_index[1], edge_index[0]), torch.ones(edge_index.shape[1], dtype=x.dtype), accumulate=True
    )
    first, second = z @ a.view(2, -1).T.unbind(1)[0], z @ a.view(2, -1).T.unbind(1)[1]
    ### BEGIN VARIANT gat_layer source_first
    scores = first[None, :] + second[:, None]
    ### END VARIANT
    ### BEGIN VARIANT gat_layer target_first
    scores = second[None, :] + first[:, None]
    ### END VARIANT
    scores = torch.nn.functional.leaky_relu(scores, negative_slope=0.2)
    scores = torch.where(count > 0, scores, -torch.inf)
    powers = count * (scores - scores.amax(1, keepdim=True)).exp()
    return powers / powers.sum(1, keepdim=True) @ z


# task: diffpool_step
def diffpool_step(x, adjacency, scores):
    S = torch.nn.functional.softmax(scores, dim=-1)
    turned = S.transpose(1, 2)
    off = (adjacency - torch.bmm(S, turned)).flatten(1)
    return torch.bmm(turned, x), torch.bmm(torch.bmm(turned, adjacency), S), off.norm(dim=1)
