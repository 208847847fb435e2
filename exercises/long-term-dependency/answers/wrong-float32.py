# loses: vanishing_bound, jacobian_norms, contributions, clip_by_norm, leaky_step, rmsprop_step
# task: vanishing_bound
def vanishing_bound(U, steps, slope):
    gamma = slope * torch.linalg.matrix_norm(U, 2)
    ### BEGIN VARIANT vanishing_bound time
    exponents = torch.arange(steps, -1, -1)
    ### END VARIANT
    ### BEGIN VARIANT vanishing_bound lag
    exponents = torch.arange(steps + 1)
    ### END VARIANT
    return (gamma**exponents).float()


# task: jacobian_norms
def jacobian_norms(U, states):
    product = torch.eye(len(U))
    norms = [torch.linalg.matrix_norm(product, 2)]
    for h in states.float().flip(0):
        ### BEGIN VARIANT jacobian_norms tanh
        product = product @ torch.diag(1 - h**2) @ U.float()
        ### END VARIANT
        ### BEGIN VARIANT jacobian_norms logistic
        product = product @ torch.diag(h * (1 - h)) @ U.float()
        ### END VARIANT
        norms.append(torch.linalg.matrix_norm(product, 2))
    return torch.stack(norms[::-1]).double()


# task: contributions
def contributions(U, h_0, states, error):
    found = torch.empty(len(states), *U.shape)
    for t in range(len(states) - 1, -1, -1):
        delta = (1 - states[t] ** 2) * error
        found[t] = torch.outer(delta, states[t - 1] if t > 0 else h_0)
        error = delta @ U
    return found


# task: clip_by_norm
def clip_by_norm(gradients, v):
    norm = torch.cat([g.flatten() for g in gradients]).norm().item()
    return [(g * (v / max(v, norm))).float() for g in gradients], norm


# task: leaky_step
def leaky_step(x, h, W, U, b, leak):
    new = torch.tanh(x @ W.T + h @ U.T + b)
    ### BEGIN VARIANT leaky_step keeps
    return (leak * h + (1 - leak) * new).float()
    ### END VARIANT
    ### BEGIN VARIANT leaky_step writes
    return ((1 - leak) * h + leak * new).float()
    ### END VARIANT


# task: rmsprop_step
def rmsprop_step(theta, g, r, lr, rho, delta):
    r = rho * r.float() + (1 - rho) * g.float() ** 2
    ### BEGIN VARIANT rmsprop_step inside
    return theta - lr * g / torch.sqrt(delta + r), r
    ### END VARIANT
    ### BEGIN VARIANT rmsprop_step outside
    return theta - lr * g / (delta + torch.sqrt(r)), r
    ### END VARIANT
