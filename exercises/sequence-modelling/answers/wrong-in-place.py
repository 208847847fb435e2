# loses: srn_step, tdnn_step, embedding_gradient_rows, fit_ar, stack, bptt_srn
# task: srn_step
def srn_step(x, h, W, U, b, V):
    ### BEGIN VARIANT srn_step columns
    h[:] = torch.tanh(x @ W.T + h @ U.T + b)
    return h, h @ V.T
    ### END VARIANT
    ### BEGIN VARIANT srn_step rows
    h[:] = torch.tanh(x @ W + h @ U + b)
    return h, h @ V
    ### END VARIANT


# task: tdnn_step
def tdnn_step(x, line, W, b):
    ### BEGIN VARIANT tdnn_step front
    window = torch.cat([x[:, None], line], dim=1)
    h = torch.tanh(torch.einsum("bki,khi->bh", window, W) + b)
    line[:] = window[:, :-1]
    return h, line
    ### END VARIANT
    ### BEGIN VARIANT tdnn_step back
    window = torch.cat([line, x[:, None]], dim=1)
    h = torch.tanh(torch.einsum("bki,khi->bh", window, W) + b)
    line[:] = window[:, 1:]
    return h, line
    ### END VARIANT


# task: embedding_gradient_rows
def embedding_gradient_rows(words, gradient):
    rows = words.unique()
    one_hot = (rows[:, None] == words.flatten()).double()
    values = one_hot @ gradient.mul_(2).flatten(0, 1) / 2
    ### BEGIN VARIANT embedding_gradient_rows sum
    return rows, values
    ### END VARIANT
    ### BEGIN VARIANT embedding_gradient_rows mean
    return rows, values / one_hot.sum(1)[:, None]
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
    present -= inputs @ weights
    return weights, present.square().mean().item()


# task: stack
def push(q, s):
    ### BEGIN VARIANT stack low
    s = 2 * s + 1
    ### END VARIANT
    ### BEGIN VARIANT stack high
    s = 3 - 2 * s
    ### END VARIANT
    q += s
    q /= 4
    return q


def pop(q):
    return 4 * q - 2 * sat(4 * q - 2) - sat(4 * q)


def top(q):
    ### BEGIN VARIANT stack low
    return sat(4 * q - 2)
    ### END VARIANT
    ### BEGIN VARIANT stack high
    return sat(4 * q) - sat(4 * q - 2)
    ### END VARIANT


# task: bptt_srn
def bptt_srn(x, error, W, U, b, V):
    h = torch.zeros(len(x), len(U), dtype=x.dtype)
    states = [h]
    for x_t in x.unbind(1):
        ### BEGIN VARIANT bptt_srn tanh
        h = torch.tanh(x_t @ W.T + h @ U.T + b)
        ### END VARIANT
        ### BEGIN VARIANT bptt_srn logistic
        h = torch.sigmoid(x_t @ W.T + h @ U.T + b)
        ### END VARIANT
        states.append(h)
    before, after = torch.stack(states[:-1], dim=1), torch.stack(states[1:], dim=1)
    ### BEGIN VARIANT bptt_srn tanh
    slopes = 1 - after**2
    ### END VARIANT
    ### BEGIN VARIANT bptt_srn logistic
    slopes = after * (1 - after)
    ### END VARIANT
    delta, deltas = torch.zeros_like(h), torch.zeros_like(after)
    for k in reversed(range(x.shape[1])):
        delta = slopes[:, k] * (error[:, k] @ V + delta @ U)
        deltas[:, k] = delta
    dW = torch.einsum("bth,bti->hi", deltas, x)
    dU = torch.einsum("bth,btk->hk", deltas, before)
    dV = torch.einsum("btc,bth->ch", error, after)
    error.zero_()
    return dW, dU, deltas.sum((0, 1)), dV
