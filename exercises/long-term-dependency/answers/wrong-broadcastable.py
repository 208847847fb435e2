# loses: vanishing_bound, jacobian_norms, contributions, leaky_step
# task: vanishing_bound
def vanishing_bound(U, steps, slope):
    gamma = slope * torch.linalg.matrix_norm(U, 2)
    ### BEGIN VARIANT vanishing_bound time
    return (gamma ** torch.arange(steps, -1, -1))[:, None]
    ### END VARIANT
    ### BEGIN VARIANT vanishing_bound lag
    return (gamma ** torch.arange(steps + 1))[:, None]
    ### END VARIANT


# task: jacobian_norms
def jacobian_norms(U, states):
    return torch.ones(1, dtype=torch.float64)


# task: contributions
def contributions(U, h_0, states, error):
    before, parts = [h_0, *states][:-1], []
    for h, h_before in zip(states.flip(0), before[::-1], strict=True):
        delta = (1 - h**2) * error
        parts.append(torch.outer(delta, h_before)[None])
        error = U.T @ delta
    return torch.stack(parts[::-1])


# task: leaky_step
def leaky_step(x, h, W, U, b, leak):
    new = torch.tanh(x @ W.T + h @ U.T + b)
    ### BEGIN VARIANT leaky_step keeps
    return (leak * h + (1 - leak) * new)[None]
    ### END VARIANT
    ### BEGIN VARIANT leaky_step writes
    return ((1 - leak) * h + leak * new)[None]
    ### END VARIANT
