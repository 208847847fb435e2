# loses: fixed_point
# task: fixed_point
def fixed_point(step, start, tolerance, most):
    before, last = start, math.inf
    for n in range(1, most + 1):
        state = step(before)
        change = (state - before).abs().max().item()
        if max(change, last) <= tolerance:
            return state, n, change
        before, last = state, change
    raise RuntimeError(f"no rest after {most} steps: the last change is {change}")
