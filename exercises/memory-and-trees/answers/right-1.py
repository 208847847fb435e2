# task: content_address
def content_address(memory, key, strength):
    normalize = torch.nn.functional.normalize
    cosines = (normalize(memory, dim=-1) * normalize(key, dim=-1).unsqueeze(1)).sum(dim=-1)
    scores = strength.unsqueeze(1) * cosines
    return (scores - scores.logsumexp(dim=1, keepdim=True)).exp()


# task: shift_address
def shift_address(weights, shifts):
    M = weights.shape[1]
    S = shifts.shape[1]
    moved = torch.zeros_like(weights)
    for i in range(M):
        for j in range(S):
            moved[:, i] += shifts[:, j] * weights[:, (i - j + (S - 1) // 2) % M]
    return moved


# task: delta_write
def delta_write(memory, weights, erase, add):
    rows = []
    for i in range(memory.shape[1]):
        w = weights[:, i].unsqueeze(1)
        rows.append(memory[:, i] * (1 - w * erase) + w * add)
    return torch.stack(rows, dim=1)


# task: level_order
def level_order(parent):
    children = [[] for _ in parent]
    order = []
    for v, above in enumerate(parent):
        if above == -1:
            order.append(v)
        else:
            children[above].append(v)
    for v in order:
        order.extend(children[v])
    heights = [0] * len(parent)
    for v in reversed(order):
        if children[v]:
            heights[v] = 1 + max(heights[child] for child in children[v])
    levels = [[] for _ in range(max(heights) + 1)]
    for v, height in enumerate(heights):
        levels[height].append(v)
    return levels


# task: tree_step
def tree_step(x, h, c, W, U, U_f, b):
    H = len(U_f)
    ### BEGIN VARIANT tree_step ifgo
    W_i, W_f, W_g, W_o = W.split(H)
    b_i, b_f, b_g, b_o = b.split(H)
    U_i, U_g, U_o = U.split(H)
    ### END VARIANT
    ### BEGIN VARIANT tree_step fiog
    W_f, W_i, W_o, W_g = W.split(H)
    b_f, b_i, b_o, b_g = b.split(H)
    U_i, U_o, U_g = U.split(H)
    ### END VARIANT
    total, kept = x.new_zeros(len(x), H), x.new_zeros(len(x), H)
    for k in range(h.shape[1]):
        f = torch.sigmoid(x @ W_f.T + h[:, k] @ U_f.T + b_f)
        total = total + h[:, k]
        kept = kept + f * c[:, k]
    i = torch.sigmoid(x @ W_i.T + total @ U_i.T + b_i)
    g = torch.tanh(x @ W_g.T + total @ U_g.T + b_g)
    o = torch.sigmoid(x @ W_o.T + total @ U_o.T + b_o)
    c = i * g + kept
    return o * torch.tanh(c), c


# task: fixed_point
def fixed_point(step, start, tolerance, most):
    state, n = start, 0
    while n < most:
        new = step(state)
        n += 1
        largest = float(torch.linalg.vector_norm(new - state, math.inf))
        if math.isfinite(largest) and largest <= tolerance:
            return new, n, largest
        state = new
    raise RuntimeError(f"{most} steps were not enough")


# task: implicit_gradient
def implicit_gradient(step, state, weights, error):
    h, w = state.detach().clone().requires_grad_(), weights.detach().clone().requires_grad_()
    new = step(h, w)
    u, small = error, 8 * torch.finfo(error.dtype).eps
    for _ in range(200):
        before, u = u, error + torch.autograd.grad(new, h, u, retain_graph=True)[0]
        if torch.allclose(u, before, rtol=small, atol=small):
            break
    return torch.autograd.grad(new, w, u)[0]
