# loses: srn_step
# task: srn_step
def srn_step(x, h, W, U, b, V):
    ### BEGIN VARIANT srn_step columns
    e = torch.exp(2 * (x @ W.T + h @ U.T + b))
    h = (e - 1) / (e + 1)
    return h, h @ V.T
    ### END VARIANT
    ### BEGIN VARIANT srn_step rows
    e = torch.exp(2 * (x @ W + h @ U + b))
    h = (e - 1) / (e + 1)
    return h, h @ V
    ### END VARIANT
