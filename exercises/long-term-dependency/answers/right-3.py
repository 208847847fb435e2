# task: forget_time
def forget_time(mu, share):
    ### BEGIN VARIANT forget_time left
    return math.log10(share) / math.log10(mu)
    ### END VARIANT
    ### BEGIN VARIANT forget_time lost
    return math.log1p(-share) / math.log(mu)
    ### END VARIANT


# task: vanishing_bound
def vanishing_bound(U, steps, slope):
    factors = torch.full((steps + 1,), slope, dtype=torch.float64) * torch.linalg.norm(U, 2)
    factors[0] = 1
    ### BEGIN VARIANT vanishing_bound time
    return factors.cumprod(0).flip(0)
    ### END VARIANT
    ### BEGIN VARIANT vanishing_bound lag
    return factors.cumprod(0)
    ### END VARIANT


# task: jacobian_norms
def jacobian_norms(U, states):
    ### BEGIN VARIANT jacobian_norms tanh
    slopes = (1 - states) * (1 + states)
    ### END VARIANT
    ### BEGIN VARIANT jacobian_norms logistic
    slopes = states * (1 - states)
    ### END VARIANT
    steps = torch.einsum("ti,ij->tij", slopes, U)
    products = [torch.eye(len(U)).double()]
    for step in reversed(steps):
        products = [products[0] @ step, *products]
    return torch.linalg.svdvals(torch.stack(products)).amax(dim=1)


# task: contributions
def contributions(U, h_0, states, error):
    slopes = 1 - states**2
    deltas = [slopes[-1] * error]
    for slope in slopes[:-1].flip(0):
        deltas.insert(0, slope * (U.mT @ deltas[0]))
    before = torch.vstack([h_0, states[:-1]])
    return torch.einsum("ti,tj->tij", torch.stack(deltas), before)


# task: clip_by_norm
def clip_by_norm(gradients, v):
    norm = math.hypot(*(torch.linalg.vector_norm(g).item() for g in gradients))
    return [g / max(1.0, norm / v) for g in gradients], norm


# task: leaky_step
def leaky_step(x, h, W, U, b, leak):
    new = (torch.cat([x, h], dim=1) @ torch.cat([W, U], dim=1).T + b).tanh()
    ### BEGIN VARIANT leaky_step writes
    leak = 1 - leak
    ### END VARIANT
    return leak * h + new - leak * new


# task: rmsprop_step
def rmsprop_step(theta, g, r, lr, rho, delta):
    r = r + (1 - rho) * (g**2 - r)
    ### BEGIN VARIANT rmsprop_step inside
    divisor = (r + delta) ** 0.5
    ### END VARIANT
    ### BEGIN VARIANT rmsprop_step outside
    divisor = r**0.5 + delta
    ### END VARIANT
    return theta - g * (lr / divisor), r
