# loses: contributions
# task: contributions
def contributions(U, h_0, states, error):
    parts = []
    for t in range(len(states) - 1, -1, -1):
        delta = (1 - states[t] ** 2) * error
        parts.append(torch.outer(delta, states[t - 1] if t > 0 else torch.zeros_like(h_0)))
        error = U.T @ delta
    return torch.stack(parts[::-1])
