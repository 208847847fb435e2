# task: content_address
def content_address(memory, key, strength):
    squares = memory.square().sum(2) * key.square().sum(1)[:, None]
    empty = squares == 0
    lengths = torch.where(empty, 1.0, squares).sqrt()
    cosines = (memory @ key[:, :, None])[:, :, 0] / lengths
    scores = strength[:, None] * torch.where(empty, 0.0, cosines)
    powers = torch.exp(scores - scores.max(dim=1, keepdim=True).values)
    return powers / powers.sum(dim=1, keepdim=True)


# task: shift_address
def shift_address(weights, shifts):
    M = weights.shape[1]
    S = shifts.shape[1]
    # The shifts as one number for each of the M possible moves, then a matrix of moves.
    kernel = torch.zeros_like(weights)
    moves = (torch.arange(S) - S // 2) % M
    kernel.index_add_(1, moves, shifts)
    places = torch.arange(M)
    matrix = kernel[:, (places[:, None] - places) % M]
    return torch.einsum("bij,bj->bi", matrix, weights)


# task: delta_write
def delta_write(memory, weights, erase, add):
    w = weights[:, :, None]
    return memory - w * (erase[:, None, :] * memory - add[:, None, :])


# task: level_order
def level_order(parent):
    heights = [0] * len(parent)
    for v in range(len(parent)):
        height, above = 0, parent[v]
        while above >= 0 and heights[above] <= height:
            height += 1
            heights[above] = height
            above = parent[above]
    found = {}
    for v, height in enumerate(heights):
        found.setdefault(height, []).append(v)
    return [found[height] for height in sorted(found)]


# task: tree_step
def tree_step(x, h, c, W, U, U_f, b):
    B, H = len(x), len(U_f)
    own = (x @ W.T + b).reshape(B, 4, H)
    summed = torch.einsum("bkj,gij->bgi", h, U.reshape(3, H, H))
    ### BEGIN VARIANT tree_step ifgo
    i, g, o = (own[:, [0, 2, 3]] + summed).unbind(1)
    f = own[:, 1:2]
    ### END VARIANT
    ### BEGIN VARIANT tree_step fiog
    i, o, g = (own[:, 1:] + summed).unbind(1)
    f = own[:, :1]
    ### END VARIANT
    gates = (f + torch.einsum("bkj,ij->bki", h, U_f)).sigmoid()
    memory = i.sigmoid() * g.tanh() + torch.einsum("bki,bki->bi", gates, c)
    return o.sigmoid() * memory.tanh(), memory


# task: fixed_point
def fixed_point(step, start, tolerance, most):
    states = [start]
    while len(states) <= most:
        states.append(step(states[-1]))
        change = max(torch.flatten(torch.abs(states[-1] - states[-2])).tolist(), key=lambda r: (r != r, r))
        if change <= tolerance:
            return states[-1], len(states) - 1, change
        if not change < math.inf:
            break
    raise RuntimeError("the state did not come to rest")


# task: implicit_gradient
def implicit_gradient(step, state, weights, error):
    n, m = state.numel(), weights.numel()
    jacobian = torch.autograd.functional.jacobian(step, (state, weights))
    by_state, by_weights = jacobian[0].reshape(n, n), jacobian[1].reshape(n, m)
    # The way forward: dh = J dh + F dw, so dh / dw = (I - J)^-1 F.
    whole = torch.linalg.solve(torch.eye(n, dtype=state.dtype) - by_state, by_weights)
    return (error.reshape(1, n) @ whole).reshape(weights.shape)
