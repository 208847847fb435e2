# loses: content_address, shift_address, delta_write, level_order, tree_step, fixed_point, implicit_gradient
# task: content_address
def content_address(memory, key, strength):
    return torch.zeros_like(memory[:, :, 0])


# task: shift_address
def shift_address(weights, shifts):
    return torch.zeros_like(weights)


# task: delta_write
def delta_write(memory, weights, erase, add):
    return torch.zeros_like(memory)


# task: level_order
def level_order(parent):
    return [[0] * len(parent)]


# task: tree_step
def tree_step(x, h, c, W, U, U_f, b):
    zero = torch.zeros(len(x), len(U_f), dtype=x.dtype)
    return zero, zero


# task: fixed_point
def fixed_point(step, start, tolerance, most):
    return torch.zeros_like(start), 0, 0.0


# task: implicit_gradient
def implicit_gradient(step, state, weights, error):
    return torch.zeros_like(weights)
