# loses: leaky_step
# task: leaky_step
def leaky_step(x, h, W, U, b, leak):
    a = x @ W.T + h @ U.T + b
    new = (a.exp() - (-a).exp()) / (a.exp() + (-a).exp())
    ### BEGIN VARIANT leaky_step keeps
    return leak * h + (1 - leak) * new
    ### END VARIANT
    ### BEGIN VARIANT leaky_step writes
    return (1 - leak) * h + leak * new
    ### END VARIANT
