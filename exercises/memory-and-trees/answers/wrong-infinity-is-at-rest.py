# loses: fixed_point
# task: fixed_point
def fixed_point(step, start, tolerance, most):
    before = start
    for n in range(1, most + 1):
        state = step(before)
        change = (state - before).abs().max().item()
        if torch.equal(state, before):
            return state, n, 0.0
        if change <= tolerance:
            return state, n, change
        before = state
    raise RuntimeError(f"no rest after {most} steps: the last change is {change}")
