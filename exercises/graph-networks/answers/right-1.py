# task: normalised_laplacian
def normalised_laplacian(edge_index, num_nodes):
    degree = [0] * num_nodes
    L = torch.zeros(num_nodes, num_nodes, dtype=torch.float64)
    for i in edge_index[1].tolist():
        degree[i] += 1
    for i in range(num_nodes):
        L[i, i] = 1.0
    for j, i in edge_index.T.tolist():
        L[i, j] -= 1 / (degree[i] * degree[j]) ** 0.5
    return L


# task: chebyshev
def chebyshev(x, laplacian, theta, lambda_max):
    N = len(laplacian)
    moved = 2 * laplacian / lambda_max - torch.eye(N, dtype=x.dtype)
    terms = [x, moved @ x]
    while len(terms) < len(theta):
        terms.append(2 * moved @ terms[-1] - terms[-2])
    return sum(theta[k] * terms[k] for k in range(len(theta)))


# task: gcn_layer
def gcn_layer(x, edge_index, W):
    N = x.shape[0]
    A = torch.eye(N, dtype=x.dtype)
    for j, i in edge_index.T.tolist():
        A[i, j] += 1
    root = A.sum(dim=1).sqrt()
    return (A / root[:, None] / root[None, :]) @ (x @ W.T)


# task: wl_colours
def wl_colours(edge_index, num_nodes, rounds):
    colours = [0 for _ in range(num_nodes)]
    for _ in range(rounds):
        signatures = []
        for i in range(num_nodes):
            heard = [colours[j] for j, k in edge_index.T.tolist() if k == i]
            signatures.append((colours[i], sorted(heard)))
        colours = [sum(other < mine for other in unique(signatures)) for mine in signatures]
    return colours


def unique(signatures):
    kept = []
    for signature in signatures:
        if signature not in kept:
            kept.append(signature)
    return kept


# task: scatter_softmax
def scatter_softmax(scores, target, num_nodes):
    mine = torch.arange(num_nodes)[:, None] == target
    table = torch.where(mine, scores, -torch.inf)
    weights = torch.zeros_like(scores)
    for node in range(num_nodes):
        if mine[node].any():
            weights = weights + torch.where(mine[node], table[node].softmax(0), 0.0)
    return weights


# task: gat_layer
def gat_layer(x, edge_index, W, a):
    z = x @ W.T
    O = W.shape[0]
    ### BEGIN VARIANT gat_layer source_first
    source, target = z @ a[:O], z @ a[O:]
    ### END VARIANT
    ### BEGIN VARIANT gat_layer target_first
    target, source = z @ a[:O], z @ a[O:]
    ### END VARIANT
    rows = []
    for i in range(len(x)):
        heard = [*edge_index[0][edge_index[1] == i].tolist(), i]
        s = source[heard] + target[i]
        s = torch.where(s > 0, s, 0.2 * s)
        rows.append(torch.softmax(s, 0) @ z[heard])
    return torch.stack(rows)


# task: diffpool_step
def diffpool_step(x, adjacency, scores):
    parts = []
    for X, A, R in zip(x, adjacency, scores, strict=True):
        S = torch.softmax(R, dim=1)
        parts.append((S.T @ X, S.T @ A @ S, torch.linalg.matrix_norm(A - S @ S.T)))
    X, A, loss = zip(*parts, strict=True)
    return torch.stack(X), torch.stack(A), torch.stack(loss)
