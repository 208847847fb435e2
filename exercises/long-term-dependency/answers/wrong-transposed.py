# loses: contributions, leaky_step
# task: contributions
def contributions(U, h_0, states, error):
    parts = []
    for t in range(len(states) - 1, -1, -1):
        delta = (1 - states[t] ** 2) * error
        parts.append(torch.outer(delta, states[t - 1] if t > 0 else h_0))
        error = U @ delta
    return torch.stack(parts[::-1])


# task: leaky_step
def leaky_step(x, h, W, U, b, leak):
    new = torch.tanh(x @ W.T + h @ U + b)
    ### BEGIN VARIANT leaky_step keeps
    return leak * h + (1 - leak) * new
    ### END VARIANT
    ### BEGIN VARIANT leaky_step writes
    return (1 - leak) * h + leak * new
    ### END VARIANT
