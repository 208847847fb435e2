# loses: leaky_step
# task: leaky_step
def leaky_step(x, h, W, U, b, leak):
    sums = x @ W.T + h @ U.T + b
    ### BEGIN VARIANT leaky_step keeps
    return torch.tanh(leak * h + (1 - leak) * sums)
    ### END VARIANT
    ### BEGIN VARIANT leaky_step writes
    return torch.tanh((1 - leak) * h + leak * sums)
    ### END VARIANT
