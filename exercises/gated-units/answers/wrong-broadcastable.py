# loses: gru_step, lstm_step, variational_mask, bidirectional
# task: gru_step
def gru_step(x, h, W, U, b):
    x_r, x_z, x_n = (x @ W.T + b).chunk(3, dim=1)
    U_r, U_z, U_n = U.chunk(3)
    r, z = torch.sigmoid(x_r + h @ U_r.T), torch.sigmoid(x_z + h @ U_z.T)
    n = torch.tanh(x_n + (r * h) @ U_n.T)
    ### BEGIN VARIANT gru_step keeps
    return (z * h + (1 - z) * n)[None]
    ### END VARIANT
    ### BEGIN VARIANT gru_step writes
    return ((1 - z) * h + z * n)[None]
    ### END VARIANT


# task: lstm_step
def lstm_step(x, h, c, W, U, b):
    ### BEGIN VARIANT lstm_step ifgo
    i, f, g, o = (x @ W.T + h @ U.T + b).chunk(4, dim=1)
    ### END VARIANT
    ### BEGIN VARIANT lstm_step ifog
    i, f, o, g = (x @ W.T + h @ U.T + b).chunk(4, dim=1)
    ### END VARIANT
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.stack([torch.sigmoid(o) * torch.tanh(c), c])


# task: variational_mask
def variational_mask(uniform, steps, p):
    ### BEGIN VARIANT variational_mask drop
    mask = (uniform >= p).double() / (1 - p)
    ### END VARIANT
    ### BEGIN VARIANT variational_mask keep
    mask = (uniform < p).double() / p
    ### END VARIANT
    return mask[:, None]


# task: bidirectional
def bidirectional(forward, backward, x, lengths, hidden_size):
    return torch.zeros(1, 1, 1).double()
