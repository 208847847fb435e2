# loses: shift_address, delta_write, level_order, tree_step, fixed_point, implicit_gradient
# task: shift_address
def shift_address(weights, shifts):
    return weights


# task: delta_write
def delta_write(memory, weights, erase, add):
    return memory


# task: level_order
def level_order(parent):
    return [list(range(len(parent)))]


# task: tree_step
def tree_step(x, h, c, W, U, U_f, b):
    return h.sum(1), c.sum(1)


# task: fixed_point
def fixed_point(step, start, tolerance, most):
    return start, 1, 0.0


# task: implicit_gradient
def implicit_gradient(step, state, weights, error):
    return weights
