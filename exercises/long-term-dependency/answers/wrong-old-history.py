# loses: rmsprop_step
# task: rmsprop_step
def rmsprop_step(theta, g, r, lr, rho, delta):
    ### BEGIN VARIANT rmsprop_step inside
    theta = theta - lr * g / torch.sqrt(delta + r)
    ### END VARIANT
    ### BEGIN VARIANT rmsprop_step outside
    theta = theta - lr * g / (delta + torch.sqrt(r))
    ### END VARIANT
    return theta, rho * r + (1 - rho) * g**2
