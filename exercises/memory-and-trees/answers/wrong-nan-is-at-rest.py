# loses: fixed_point
# task: fixed_point
def fixed_point(step, start, tolerance, most):
    state, n, change = start, 0, math.inf
    while change > tolerance:
        if n == most:
            raise RuntimeError("no rest")
        new = step(state)
        change, n, state = (new - state).abs().max().item(), n + 1, new
    return state, n, change
