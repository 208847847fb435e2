# task: forget_time
def forget_time(mu, share):
    ### BEGIN VARIANT forget_time left
    left = share
    ### END VARIANT
    ### BEGIN VARIANT forget_time lost
    left = 1.0 - share
    ### END VARIANT
    return float(torch.log2(tensor(left)) / torch.log2(tensor(mu)))


# task: vanishing_bound
def vanishing_bound(U, steps, slope):
    gamma = slope * torch.linalg.svdvals(U)[0].item()
    bounds = [gamma**k for k in range(steps + 1)]
    ### BEGIN VARIANT vanishing_bound time
    bounds.reverse()
    ### END VARIANT
    return torch.tensor(bounds, dtype=torch.float64)


# task: jacobian_norms
def jacobian_norms(U, states):
    ### BEGIN VARIANT jacobian_norms tanh
    slopes = 1 - states.square()
    ### END VARIANT
    ### BEGIN VARIANT jacobian_norms logistic
    slopes = states - states.square()
    ### END VARIANT
    product = torch.eye(U.shape[0], dtype=torch.float64)
    norms = [torch.linalg.matrix_norm(product, ord=2)]
    for t in range(len(states) - 1, -1, -1):
        product = product @ (slopes[t][:, None] * U)
        norms.insert(0, torch.linalg.matrix_norm(product, ord=2))
    return torch.stack(norms)


# task: contributions
def contributions(U, h_0, states, error):
    found = torch.empty(len(states), *U.shape, dtype=U.dtype)
    for t in range(len(states) - 1, -1, -1):
        delta = (1 - states[t] ** 2) * error
        found[t] = delta[:, None] * (states[t - 1] if t > 0 else h_0)[None, :]
        error = delta @ U
    return found


# task: clip_by_norm
def clip_by_norm(gradients, v):
    norm = torch.cat([g.reshape(-1) for g in gradients]).norm().item()
    if norm <= v:
        return [g.clone() for g in gradients], norm
    return [g * (v / norm) for g in gradients], norm


# task: leaky_step
def leaky_step(x, h, W, U, b, leak):
    candidate = torch.nn.functional.linear(x, W, b) + torch.nn.functional.linear(h, U)
    ### BEGIN VARIANT leaky_step keeps
    return torch.tanh(candidate) + leak * (h - torch.tanh(candidate))
    ### END VARIANT
    ### BEGIN VARIANT leaky_step writes
    return h + leak * (torch.tanh(candidate) - h)
    ### END VARIANT


# task: rmsprop_step
def rmsprop_step(theta, g, r, lr, rho, delta):
    r = torch.lerp(g.square(), r, rho)
    ### BEGIN VARIANT rmsprop_step inside
    return theta - lr * g * torch.rsqrt(r + delta), r
    ### END VARIANT
    ### BEGIN VARIANT rmsprop_step outside
    return torch.addcdiv(theta, g, r.sqrt().add(delta), value=-lr), r
    ### END VARIANT
