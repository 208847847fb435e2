# loses: fixed_point
# task: fixed_point
def fixed_point(step, start, tolerance, most):
    before = start
    for n in range(1, most + 1):
        state = step(before)
        change = (state - before).norm().item()
        if change <= tolerance:
            return state, n, change
        before = state
    raise RuntimeError(f"no rest after {most} steps: the last change is {change}")
