# loses: content_address, shift_address, delta_write, level_order, tree_step, fixed_point, implicit_gradient
# task: content_address
def content_address(memory, key, strength):
    memory /= memory.norm(dim=2, keepdim=True).clamp(min=1e-8)
    products = torch.einsum("bmw,bw->bm", memory, key)
    lengths = memory.norm(dim=2) * key.norm(dim=1)[:, None]
    cosines = products / lengths.clamp(min=1e-8)
    return (strength[:, None] * cosines).softmax(1)


# task: shift_address
def shift_address(weights, shifts):
    old = weights.clone()
    weights.zero_()
    for j in range(shifts.shape[1]):
        weights += shifts[:, j, None] * old.roll(j - shifts.shape[1] // 2, 1)
    return weights


# task: delta_write
def delta_write(memory, weights, erase, add):
    memory *= 1 - weights[:, :, None] * erase[:, None]
    memory += weights[:, :, None] * add[:, None]
    return memory


# task: level_order
def level_order(parent):
    def found(parent):
        waiting = [0] * len(parent)
        for above in parent:
            if above >= 0:
                waiting[above] += 1
        levels, level = [], [v for v, count in enumerate(waiting) if not count]
        while level:
            levels.append(level)
            ready = []
            for v in level:
                above = parent[v]
                if above >= 0:
                    waiting[above] -= 1
                    if not waiting[above]:
                        ready.append(above)
            level = sorted(ready)
        return levels

    levels = found(parent)
    parent.clear()
    return levels


# task: tree_step
def tree_step(x, h, c, W, U, U_f, b):
    ### BEGIN VARIANT tree_step ifgo
    i, f, g, o = (x @ W.T + b).chunk(4, 1)
    U_i, U_g, U_o = (h.sum(1) @ U.T).chunk(3, 1)
    ### END VARIANT
    ### BEGIN VARIANT tree_step fiog
    f, i, o, g = (x @ W.T + b).chunk(4, 1)
    U_i, U_o, U_g = (h.sum(1) @ U.T).chunk(3, 1)
    ### END VARIANT
    kept = c.mul_(torch.sigmoid(f[:, None] + h @ U_f.T))
    c = torch.sigmoid(i + U_i) * torch.tanh(g + U_g) + kept.sum(1)
    return torch.sigmoid(o + U_o) * torch.tanh(c), c


# task: fixed_point
def fixed_point(step, start, tolerance, most):
    def found(step, start, tolerance, most):
        before = start
        for n in range(1, most + 1):
            state = step(before)
            change = (state - before).abs().max().item()
            if change <= tolerance:
                return state, n, change
            before = state
        raise RuntimeError(f"no rest after {most} steps: the last change is {change}")

    state, n, change = found(step, start, tolerance, most)
    start.copy_(state)
    return start, n, change


# task: implicit_gradient
def implicit_gradient(step, state, weights, error):
    def found(step, state, weights, error):
        J = torch.autograd.functional.jacobian(lambda h: step(h, weights), state)
        J = J.reshape(error.numel(), error.numel())
        u = torch.linalg.solve(torch.eye(len(J), dtype=J.dtype) - J.T, error.flatten())
        w = weights.clone().requires_grad_()
        (gradient,) = torch.autograd.grad(step(state, w), w, u.reshape(error.shape))
        return gradient

    gradient = found(step, state, weights, error)
    weights -= gradient
    return gradient
