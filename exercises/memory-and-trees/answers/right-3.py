# task: content_address
def content_address(memory, key, strength):
    def address(rows, k, beta):
        scores = []
        for row in rows:
            if row.any() and k.any():
                scores.append(beta * torch.dot(row, k) / (row.norm() * k.norm()))
            else:
                scores.append(0 * beta)
        return torch.softmax(torch.stack(scores), dim=0)

    return torch.stack([address(*one) for one in zip(memory, key, strength, strict=True)])


# task: shift_address
def shift_address(weights, shifts):
    M, S = weights.shape[1], shifts.shape[1]
    around = torch.arange(-(S // 2), M + S // 2) % M
    wide = weights[:, around]
    return torch.stack([(wide[:, i : i + S].flip(1) * shifts).sum(1) for i in range(M)], dim=1)


# task: delta_write
def delta_write(memory, weights, erase, add):
    written = memory.clone()
    for b, row in enumerate(weights):
        written[b] *= 1 - torch.outer(row, erase[b])
        written[b] += torch.outer(row, add[b])
    return written


# task: level_order
def level_order(parent):
    from collections import Counter, defaultdict, deque

    open_children = Counter(above for above in parent if above != -1)
    ready = deque(v for v in range(len(parent)) if v not in open_children)
    heights, levels = [0] * len(parent), defaultdict(list)
    while ready:
        v = ready.popleft()
        levels[heights[v]].append(v)
        above = parent[v]
        if above == -1:
            continue
        heights[above] = max(heights[above], heights[v] + 1)
        open_children[above] -= 1
        if open_children[above] == 0:
            ready.append(above)
    return [sorted(levels[height]) for height in range(len(levels))]


# task: tree_step
def tree_step(x, h, c, W, U, U_f, b):
    H = U_f.shape[0]
    zero = torch.zeros(H, H, dtype=x.dtype)
    ### BEGIN VARIANT tree_step ifgo
    rows = torch.cat([U[:H], zero, U[H:]])
    f, others = slice(H, 2 * H), (slice(0, H), slice(2 * H, 3 * H), slice(3 * H, 4 * H))
    ### END VARIANT
    ### BEGIN VARIANT tree_step fiog
    rows = torch.cat([zero, U])
    f, others = slice(0, H), (slice(H, 2 * H), slice(3 * H, 4 * H), slice(2 * H, 3 * H))
    ### END VARIANT
    sums = torch.nn.functional.linear(x, W, b) + torch.nn.functional.linear(h.sum(dim=1), rows)
    i, g, o = (sums[:, part] for part in others)
    forget = sums[:, f].unsqueeze(1).expand(h.shape) + torch.nn.functional.linear(h, U_f)
    state = torch.addcmul((torch.sigmoid(forget) * c).sum(dim=1), torch.sigmoid(i), torch.tanh(g))
    return torch.sigmoid(o) * torch.tanh(state), state


# task: fixed_point
def fixed_point(step, start, tolerance, most):
    def go_on(state, n):
        new = step(state)
        change = (new - state).abs().amax()
        return new, n + 1, change

    with torch.no_grad():
        state, n, change = go_on(start, 0)
        while not (change <= tolerance):
            if n == most or not torch.isfinite(change):
                raise RuntimeError(f"no rest: the change was {change} in step {n}")
            state, n, change = go_on(state, n)
    return state, n, change.item()


# task: implicit_gradient
def implicit_gradient(step, state, weights, error):
    h, w = state.clone().requires_grad_(), weights.clone().requires_grad_()
    new = step(h, w)
    # J row by row; the sum I + J + J^2 + ... doubles its length with each turn.
    rows = [torch.autograd.grad(part, h, retain_graph=True)[0].flatten() for part in new.flatten()]
    power = torch.stack(rows)
    total = torch.eye(len(rows), dtype=power.dtype)
    for _ in range(8):
        total = total + power @ total
        power = power @ power
    return torch.autograd.grad(new, w, (error.flatten() @ total).reshape(state.shape))[0]
