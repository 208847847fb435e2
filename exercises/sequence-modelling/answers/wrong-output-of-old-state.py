# loses: srn_step
# task: srn_step
def srn_step(x, h, W, U, b, V):
    ### BEGIN VARIANT srn_step columns
    new = torch.tanh(x @ W.T + h @ U.T + b)
    return new, h @ V.T
    ### END VARIANT
    ### BEGIN VARIANT srn_step rows
    new = torch.tanh(x @ W + h @ U + b)
    return new, h @ V
    ### END VARIANT
