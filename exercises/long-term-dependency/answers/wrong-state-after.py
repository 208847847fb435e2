# loses: contributions
# task: contributions
def contributions(U, h_0, states, error):
    parts = []
    for h in states.flip(0):
        delta = (1 - h**2) * error
        parts.append(torch.outer(delta, h))
        error = U.T @ delta
    return torch.stack(parts[::-1])
