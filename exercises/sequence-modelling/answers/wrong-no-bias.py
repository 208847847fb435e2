# loses: srn_step, tdnn_step, bptt_srn
# task: srn_step
def srn_step(x, h, W, U, b, V):
    ### BEGIN VARIANT srn_step columns
    h = torch.tanh(x @ W.T + h @ U.T)
    return h, h @ V.T
    ### END VARIANT
    ### BEGIN VARIANT srn_step rows
    h = torch.tanh(x @ W + h @ U)
    return h, h @ V
    ### END VARIANT


# task: tdnn_step
def tdnn_step(x, line, W, b):
    ### BEGIN VARIANT tdnn_step front
    window = torch.cat([x[:, None], line], dim=1)
    h = torch.tanh(torch.einsum("bki,khi->bh", window, W))
    return h, window[:, :-1]
    ### END VARIANT
    ### BEGIN VARIANT tdnn_step back
    window = torch.cat([line, x[:, None]], dim=1)
    h = torch.tanh(torch.einsum("bki,khi->bh", window, W))
    return h, window[:, 1:]
    ### END VARIANT


# task: bptt_srn
def bptt_srn(x, error, W, U, b, V):
    h = torch.zeros(len(x), len(U), dtype=x.dtype)
    states = [h]
    for x_t in x.unbind(1):
        ### BEGIN VARIANT bptt_srn tanh
        h = torch.tanh(x_t @ W.T + h @ U.T)
        ### END VARIANT
        ### BEGIN VARIANT bptt_srn logistic
        h = torch.sigmoid(x_t @ W.T + h @ U.T)
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
    return dW, dU, deltas.sum((0, 1)), torch.einsum("btc,bth->ch", error, after)
