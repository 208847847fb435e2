# loses: fixed_point
# task: fixed_point
def fixed_point(step, start, tolerance, most):
    state = start
    for n in range(1, most + 1):
        new = step(state)
        change = max((new - state).abs().flatten().tolist())
        if change <= tolerance:
            return new, n, change
        state = new
    raise RuntimeError("no rest")
