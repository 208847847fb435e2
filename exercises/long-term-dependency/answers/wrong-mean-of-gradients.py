# loses: rmsprop_step
# task: rmsprop_step
def rmsprop_step(theta, g, r, lr, rho, delta):
    r = rho * r + (1 - rho) * (g**2).mean() + 0 * g
    ### BEGIN VARIANT rmsprop_step inside
    return theta - lr * g / torch.sqrt(delta + r), r
    ### END VARIANT
    ### BEGIN VARIANT rmsprop_step outside
    return theta - lr * g / (delta + torch.sqrt(r)), r
    ### END VARIANT
