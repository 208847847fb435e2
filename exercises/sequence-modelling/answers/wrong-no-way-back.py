# loses: bptt_srn
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
        delta = slopes[:, k] * (error[:, k] @ V)
        deltas[:, k] = delta
    dW = torch.einsum("bth,bti->hi", deltas, x)
    dU = torch.einsum("bth,btk->hk", deltas, before)
    return dW, dU, deltas.sum((0, 1)), torch.einsum("btc,bth->ch", error, after)
