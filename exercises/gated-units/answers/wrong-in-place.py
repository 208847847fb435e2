# loses: gru_step, gru_after_step, lstm_step, coupled_step, variational_mask, bidirectional
# task: gru_step
def gru_step(x, h, W, U, b):
    x_r, x_z, x_n = (x @ W.T + b).chunk(3, dim=1)
    U_r, U_z, U_n = U.chunk(3)
    r, z = torch.sigmoid(x_r + h @ U_r.T), torch.sigmoid(x_z + h @ U_z.T)
    n = torch.tanh(x_n + (r * h) @ U_n.T)
    ### BEGIN VARIANT gru_step keeps
    return h.mul_(z).add_((1 - z) * n)
    ### END VARIANT
    ### BEGIN VARIANT gru_step writes
    return h.mul_(1 - z).add_(z * n)
    ### END VARIANT


# task: gru_after_step
def gru_after_step(x, h, W, U, b, c):
    from_x, from_h = (x @ W.T + b).chunk(3, dim=1), (h @ U.T + c).chunk(3, dim=1)
    ### BEGIN VARIANT gru_after_step rzn
    r, z = (torch.sigmoid(from_x[k] + from_h[k]) for k in (0, 1))
    ### END VARIANT
    ### BEGIN VARIANT gru_after_step zrn
    z, r = (torch.sigmoid(from_x[k] + from_h[k]) for k in (0, 1))
    ### END VARIANT
    n = torch.tanh(from_x[2] + r * from_h[2])
    h[:] = z * h + (1 - z) * n
    return h


# task: lstm_step
def lstm_step(x, h, c, W, U, b):
    ### BEGIN VARIANT lstm_step ifgo
    i, f, g, o = (x @ W.T + h @ U.T + b).chunk(4, dim=1)
    ### END VARIANT
    ### BEGIN VARIANT lstm_step ifog
    i, f, o, g = (x @ W.T + h @ U.T + b).chunk(4, dim=1)
    ### END VARIANT
    c *= torch.sigmoid(f)
    c += torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


# task: coupled_step
def coupled_step(x, h, c, W, U, b):
    gate, g, o = (x @ W.T + h @ U.T + b).chunk(3, dim=1)
    ### BEGIN VARIANT coupled_step forget
    keep = torch.sigmoid(gate)
    ### END VARIANT
    ### BEGIN VARIANT coupled_step input
    keep = 1 - torch.sigmoid(gate)
    ### END VARIANT
    c *= keep
    c += (1 - keep) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


# task: variational_mask
def variational_mask(uniform, steps, p):
    ### BEGIN VARIANT variational_mask drop
    uniform[:] = (uniform >= p).double() / (1 - p)
    ### END VARIANT
    ### BEGIN VARIANT variational_mask keep
    uniform[:] = (uniform < p).double() / p
    ### END VARIANT
    return torch.stack([uniform] * steps, dim=1)


# task: bidirectional
def bidirectional(forward, backward, x, lengths, hidden_size):
    y = torch.zeros(x.shape[0], x.shape[1], 2 * hidden_size).double()
    for s in range(len(x)):
        ahead = back = torch.zeros(1, hidden_size).double()
        n = lengths[s]
        for t in range(n):
            ahead = forward(x[s : s + 1, t], ahead)
            back = backward(x[s : s + 1, n - 1 - t], back)
            y[s, t, :hidden_size], y[s, n - 1 - t, hidden_size:] = ahead[0], back[0]
        x[s] = 0
    return y
