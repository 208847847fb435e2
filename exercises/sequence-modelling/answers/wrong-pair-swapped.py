# loses: srn_step, tdnn_step, embedding_gradient_rows, fit_ar
# task: srn_step
def srn_step(x, h, W, U, b, V):
    ### BEGIN VARIANT srn_step columns
    h = torch.tanh(x @ W.T + h @ U.T + b)
    return h @ V.T, h
    ### END VARIANT
    ### BEGIN VARIANT srn_step rows
    h = torch.tanh(x @ W + h @ U + b)
    return h @ V, h
    ### END VARIANT


# task: tdnn_step
def tdnn_step(x, line, W, b):
    ### BEGIN VARIANT tdnn_step front
    window = torch.cat([x[:, None], line], dim=1)
    h = torch.tanh(torch.einsum("bki,khi->bh", window, W) + b)
    return window[:, :-1], h
    ### END VARIANT
    ### BEGIN VARIANT tdnn_step back
    window = torch.cat([line, x[:, None]], dim=1)
    h = torch.tanh(torch.einsum("bki,khi->bh", window, W) + b)
    return window[:, 1:], h
    ### END VARIANT


# task: embedding_gradient_rows
def embedding_gradient_rows(words, gradient):
    rows = words.unique()
    one_hot = (rows[:, None] == words.flatten()).double()
    values = one_hot @ gradient.flatten(0, 1)
    ### BEGIN VARIANT embedding_gradient_rows sum
    return values, rows
    ### END VARIANT
    ### BEGIN VARIANT embedding_gradient_rows mean
    return values / one_hot.sum(1)[:, None], rows
    ### END VARIANT


# task: fit_ar
def fit_ar(y, order):
    windows = y.unfold(0, order + 1, 1)
    past, present = windows[:, :-1], windows[:, -1]
    ### BEGIN VARIANT fit_ar newest
    past = past.flip(1)
    ### END VARIANT
    inputs = torch.cat([torch.ones_like(present)[:, None], past], dim=1)
    weights = torch.linalg.lstsq(inputs, present).solution
    return (present - inputs @ weights).square().mean().item(), weights
