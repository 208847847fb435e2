# loses: srn_step, tdnn_step, embedding_gradient_rows, fit_ar, stack, bptt_srn
# task: srn_step
def srn_step(x, h, W, U, b, V):
    ### BEGIN VARIANT srn_step columns
    h = torch.tanh(x @ W.T + h @ U.T + b)
    return h.float(), h @ V.T
    ### END VARIANT
    ### BEGIN VARIANT srn_step rows
    h = torch.tanh(x @ W + h @ U + b)
    return h.float(), h @ V
    ### END VARIANT


# task: tdnn_step
def tdnn_step(x, line, W, b):
    ### BEGIN VARIANT tdnn_step front
    window = torch.cat([x[:, None], line], dim=1)
    h = torch.tanh(torch.einsum("bki,khi->bh", window, W) + b)
    return h.float().double(), window[:, :-1]
    ### END VARIANT
    ### BEGIN VARIANT tdnn_step back
    window = torch.cat([line, x[:, None]], dim=1)
    h = torch.tanh(torch.einsum("bki,khi->bh", window, W) + b)
    return h.float().double(), window[:, 1:]
    ### END VARIANT


# task: embedding_gradient_rows
def embedding_gradient_rows(words, gradient):
    rows = words.unique()
    one_hot = (rows[:, None] == words.flatten()).float()
    values = one_hot @ gradient.float().flatten(0, 1)
    ### BEGIN VARIANT embedding_gradient_rows sum
    return rows, values
    ### END VARIANT
    ### BEGIN VARIANT embedding_gradient_rows mean
    return rows, values / one_hot.sum(1)[:, None]
    ### END VARIANT


# task: fit_ar
def fit_ar(y, order):
    windows = y.float().unfold(0, order + 1, 1)
    past, present = windows[:, :-1], windows[:, -1]
    ### BEGIN VARIANT fit_ar newest
    past = past.flip(1)
    ### END VARIANT
    inputs = torch.cat([torch.ones_like(present)[:, None], past], dim=1)
    weights = torch.linalg.lstsq(inputs, present).solution
    return weights, (present - inputs @ weights).square().mean().item()


# task: stack
def push(q, s):
    ### BEGIN VARIANT stack low
    return (q + 2 * s + 1) / 4
    ### END VARIANT
    ### BEGIN VARIANT stack high
    return (q - 2 * s + 3) / 4
    ### END VARIANT


def pop(q):
    q = q.float() if isinstance(q, torch.Tensor) else q
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
    return (
        dW.float().double(),
        dU.float().double(),
        deltas.sum((0, 1)),
        torch.einsum("btc,bth->ch", error, after),
    )
