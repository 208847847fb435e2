# loses: srn_step, tdnn_step, embedding_gradient_rows, bptt_srn
# task: srn_step
def srn_step(x, h, W, U, b, V):
    ### BEGIN VARIANT srn_step rows
    W, U, V = W.T.contiguous(), U.T.contiguous(), V.T
    ### END VARIANT
    h = torch.rnn_tanh_cell(x, h, W, U, b, torch.zeros_like(b))
    return h, h @ V.T


# task: tdnn_step
def tdnn_step(x, line, W, b):
    ### BEGIN VARIANT tdnn_step front
    window = torch.cat([x[:, None], line], dim=1)
    moved = window[:, :-1]
    ### END VARIANT
    ### BEGIN VARIANT tdnn_step back
    window = torch.cat([line, x[:, None]], dim=1)
    moved = window[:, 1:]
    ### END VARIANT
    h = torch.nn.functional.conv1d(window.permute(0, 2, 1), W.permute(1, 2, 0), b)
    return torch.tanh(h[..., 0]), moved


# task: embedding_gradient_rows
def embedding_gradient_rows(words, gradient):
    table = torch.zeros(int(words.max()) + 1, gradient.shape[2], dtype=torch.float64, requires_grad=True)
    (whole,) = torch.autograd.grad(table[words], table, gradient)
    rows, counts = words.unique(return_counts=True)
    ### BEGIN VARIANT embedding_gradient_rows sum
    return rows, whole[rows]
    ### END VARIANT
    ### BEGIN VARIANT embedding_gradient_rows mean
    return rows, whole[rows] / counts[:, None]
    ### END VARIANT


# task: bptt_srn
def bptt_srn(x, error, W, U, b, V):
    weights = [weight.clone().requires_grad_() for weight in (W, U, b, V)]
    W, U, b, V = weights
    h, total = torch.zeros(len(x), len(U), dtype=x.dtype), 0.0
    for t in range(x.shape[1]):
        z = x[:, t] @ W.T + h @ U.T + b
        ### BEGIN VARIANT bptt_srn tanh
        h = torch.tanh(z)
        ### END VARIANT
        ### BEGIN VARIANT bptt_srn logistic
        h = torch.sigmoid(z)
        ### END VARIANT
        total = total + (error[:, t] * (h @ V.T)).sum()
    total.backward()
    return tuple(weight.grad for weight in weights)
