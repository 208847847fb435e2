# loses: leaky_step
# task: leaky_step
def leaky_step(x, h, W, U, b, leak):
    new = torch.tanh(x @ W.T + b)
    ### BEGIN VARIANT leaky_step keeps
    return leak * h + (1 - leak) * new
    ### END VARIANT
    ### BEGIN VARIANT leaky_step writes
    return (1 - leak) * h + leak * new
    ### END VARIANT
