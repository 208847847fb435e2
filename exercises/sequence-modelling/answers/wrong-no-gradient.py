# loses: srn_step
# task: srn_step
def srn_step(x, h, W, U, b, V):
    ### BEGIN VARIANT srn_step columns
    h = torch.tanh(x @ W.T + h @ U.T + b)
    return h.detach(), h.detach() @ V.T
    ### END VARIANT
    ### BEGIN VARIANT srn_step rows
    h = torch.tanh(x @ W + h @ U + b)
    return h.detach(), h.detach() @ V
    ### END VARIANT
