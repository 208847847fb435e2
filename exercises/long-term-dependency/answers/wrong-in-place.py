# loses: vanishing_bound, contributions, clip_by_norm, leaky_step, rmsprop_step
# task: vanishing_bound
def vanishing_bound(U, steps, slope):
    U *= slope
    gamma = torch.linalg.matrix_norm(U, 2)
    ### BEGIN VARIANT vanishing_bound time
    return gamma ** torch.arange(steps, -1, -1)
    ### END VARIANT
    ### BEGIN VARIANT vanishing_bound lag
    return gamma ** torch.arange(steps + 1)
    ### END VARIANT


# task: contributions
def contributions(U, h_0, states, error):
    found = torch.empty(len(states), *U.shape, dtype=U.dtype)
    for t in range(len(states) - 1, -1, -1):
        error *= 1 - states[t] ** 2
        found[t] = torch.outer(error, states[t - 1] if t > 0 else h_0)
        error[:] = error @ U
    return found


# task: clip_by_norm
def clip_by_norm(gradients, v):
    norm = torch.cat([g.flatten() for g in gradients]).norm().item()
    for g in gradients:
        g *= v / max(v, norm)
    return gradients, norm


# task: leaky_step
def leaky_step(x, h, W, U, b, leak):
    new = torch.tanh(x @ W.T + h @ U.T + b)
    ### BEGIN VARIANT leaky_step keeps
    h *= leak
    h += (1 - leak) * new
    ### END VARIANT
    ### BEGIN VARIANT leaky_step writes
    h *= 1 - leak
    h += leak * new
    ### END VARIANT
    return h


# task: rmsprop_step
def rmsprop_step(theta, g, r, lr, rho, delta):
    r.mul_(rho).addcmul_(g, g, value=1 - rho)
    ### BEGIN VARIANT rmsprop_step inside
    return theta - lr * g / torch.sqrt(delta + r), r
    ### END VARIANT
    ### BEGIN VARIANT rmsprop_step outside
    return theta - lr * g / (delta + torch.sqrt(r)), r
    ### END VARIANT
