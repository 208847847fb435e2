# loses: rmsprop_step
# task: rmsprop_step
def rmsprop_step(theta, g, r, lr, rho, delta):
    r = r + g**2
    ### BEGIN VARIANT rmsprop_step inside
    return theta - lr * g / torch.sqrt(delta + r), r
    ### END VARIANT
    ### BEGIN VARIANT rmsprop_step outside
    return theta - lr * g / (delta + torch.sqrt(r)), r
    ### END VARIANT
