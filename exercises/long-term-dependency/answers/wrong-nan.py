# loses: forget_time, vanishing_bound, jacobian_norms, contributions, clip_by_norm, leaky_step, rmsprop_step
# task: forget_time
def forget_time(mu, share):
    return math.nan


# task: vanishing_bound
def vanishing_bound(U, steps, slope):
    return torch.full((steps + 1,), math.nan, dtype=torch.float64)


# task: jacobian_norms
def jacobian_norms(U, states):
    return torch.full((len(states) + 1,), math.nan, dtype=torch.float64)


# task: contributions
def contributions(U, h_0, states, error):
    return torch.full((len(states), *U.shape), math.nan, dtype=torch.float64)


# task: clip_by_norm
def clip_by_norm(gradients, v):
    return [torch.full_like(g, math.nan) for g in gradients], math.nan


# task: leaky_step
def leaky_step(x, h, W, U, b, leak):
    return torch.full_like(h, math.nan)


# task: rmsprop_step
def rmsprop_step(theta, g, r, lr, rho, delta):
    return torch.full_like(theta, math.nan), torch.full_like(r, math.nan)
