# loses: clip_by_norm, leaky_step, rmsprop_step
# task: clip_by_norm
def clip_by_norm(gradients, v):
    return gradients, v


# task: leaky_step
def leaky_step(x, h, W, U, b, leak):
    return h


# task: rmsprop_step
def rmsprop_step(theta, g, r, lr, rho, delta):
    return theta, r
