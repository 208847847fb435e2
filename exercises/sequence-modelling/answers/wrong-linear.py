# loses: tdnn_step, srn_step
# task: tdnn_step
def tdnn_step(x, line, W, b):
    ### BEGIN VARIANT tdnn_step front
    window = torch.cat([x[:, None], line], dim=1)
    h = torch.einsum("bki,khi->bh", window, W) + b
    return h, window[:, :-1]
    ### END VARIANT
    ### BEGIN VARIANT tdnn_step back
    window = torch.cat([line, x[:, None]], dim=1)
    h = torch.einsum("bki,khi->bh", window, W) + b
    return h, window[:, 1:]
    ### END VARIANT


# task: srn_step
def srn_step(x, h, W, U, b, V):
    ### BEGIN VARIANT srn_step columns
    h = x @ W.T + h @ U.T + b
    return h, h @ V.T
    ### END VARIANT
    ### BEGIN VARIANT srn_step rows
    h = x @ W + h @ U + b
    return h, h @ V
    ### END VARIANT
