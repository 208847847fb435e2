# loses: content_address, shift_address, delta_write, tree_step, implicit_gradient
# task: content_address
def content_address(memory, key, strength):
    def found(memory, key, strength):
        products = torch.einsum("bmw,bw->bm", memory, key)
        lengths = memory.norm(dim=2) * key.norm(dim=1)[:, None]
        cosines = products / lengths.clamp(min=1e-8)
        return (strength[:, None] * cosines).softmax(1)

    return found(memory, key, strength).double()


# task: shift_address
def shift_address(weights, shifts):
    def found(weights, shifts):
        S = shifts.shape[1]
        return sum(shifts[:, j, None] * weights.roll(j - S // 2, 1) for j in range(S))

    return found(weights, shifts).double()


# task: delta_write
def delta_write(memory, weights, erase, add):
    def found(memory, weights, erase, add):
        erased = torch.einsum("bm,bw->bmw", weights, erase)
        return memory * (1 - erased) + torch.einsum("bm,bw->bmw", weights, add)

    return found(memory, weights, erase, add).double()


# task: tree_step
def tree_step(x, h, c, W, U, U_f, b):
    def found(x, h, c, W, U, U_f, b):
        ### BEGIN VARIANT tree_step ifgo
        i, f, g, o = (x @ W.T + b).chunk(4, 1)
        U_i, U_g, U_o = (h.sum(1) @ U.T).chunk(3, 1)
        ### END VARIANT
        ### BEGIN VARIANT tree_step fiog
        f, i, o, g = (x @ W.T + b).chunk(4, 1)
        U_i, U_o, U_g = (h.sum(1) @ U.T).chunk(3, 1)
        ### END VARIANT
        kept = torch.sigmoid(f[:, None] + h @ U_f.T) * c
        c = torch.sigmoid(i + U_i) * torch.tanh(g + U_g) + kept.sum(1)
        return torch.sigmoid(o + U_o) * torch.tanh(c), c

    return tuple(part.double() for part in found(x, h, c, W, U, U_f, b))


# task: implicit_gradient
def implicit_gradient(step, state, weights, error):
    def found(step, state, weights, error):
        J = torch.autograd.functional.jacobian(lambda h: step(h, weights), state)
        J = J.reshape(error.numel(), error.numel())
        u = torch.linalg.solve(torch.eye(len(J), dtype=J.dtype) - J.T, error.flatten())
        w = weights.clone().requires_grad_()
        (gradient,) = torch.autograd.grad(step(state, w), w, u.reshape(error.shape))
        return gradient

    return found(step, state, weights, error).double()
