# loses: forget_time, vanishing_bound, jacobian_norms, contributions, clip_by_norm, leaky_step, rmsprop_step
# task: forget_time
def forget_time(mu, share):
    return 0.0


# task: vanishing_bound
def vanishing_bound(U, steps, slope):
    return torch.zeros(steps + 1, dtype=torch.float64)


# task: jacobian_norms
def jacobian_norms(U, states):
    return torch.zeros(len(states) + 1, dtype=torch.float64)


# task: contributions
def contributions(U, h_0, states, error):
    return torch.zeros(len(states), *U.shape, dtype=torch.float64)


# task: clip_by_norm
def clip_by_norm(gradients, v):
    return [torch.zeros_like(g) for g in gradients], 0.0


# task: leaky_step
def leaky_step(x, h, W, U, b, leak):
    return torch.zeros_like(h)


# task: rmsprop_step
def rmsprop_step(theta, g, r, lr, rho, delta):
    return torch.zeros_like(theta), torch.zeros_like(r)
