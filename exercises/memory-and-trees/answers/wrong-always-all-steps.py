# loses: fixed_point
# task: fixed_point
def fixed_point(step, start, tolerance, most):
    before = start
    for _ in range(1, most + 1):
        state = step(before)
        change = (state - before).abs().max().item()
        before = state
    if change <= tolerance:
        return state, most, change
    raise RuntimeError(f"no rest after {most} steps: the last change is {change}")
