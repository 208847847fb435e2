# loses: gru_step, gru_after_step, lstm_step, coupled_step
# task: gru_step
def gru_step(x, h, W, U, b):
    x_r, x_z, x_n = (x @ W.T + b).chunk(3, dim=1)
    U_r, U_z, U_n = U.chunk(3)
    r, z = torch.sigmoid(x_r + h @ U_r), torch.sigmoid(x_z + h @ U_z)
    n = torch.tanh(x_n + (r * h) @ U_n)
    ### BEGIN VARIANT gru_step keeps
    return z * h + (1 - z) * n
    ### END VARIANT
    ### BEGIN VARIANT gru_step writes
    return (1 - z) * h + z * n
    ### END VARIANT


# task: gru_after_step
def gru_after_step(x, h, W, U, b, c):
    U = torch.cat([block.T for block in U.chunk(3)])
    from_x, from_h = (x @ W.T + b).chunk(3, dim=1), (h @ U.T + c).chunk(3, dim=1)
    ### BEGIN VARIANT gru_after_step rzn
    r, z = (torch.sigmoid(from_x[k] + from_h[k]) for k in (0, 1))
    ### END VARIANT
    ### BEGIN VARIANT gru_after_step zrn
    z, r = (torch.sigmoid(from_x[k] + from_h[k]) for k in (0, 1))
    ### END VARIANT
    n = torch.tanh(from_x[2] + r * from_h[2])
    return z * h + (1 - z) * n


# task: lstm_step
def lstm_step(x, h, c, W, U, b):
    U = torch.cat([block.T for block in U.chunk(4)])
    ### BEGIN VARIANT lstm_step ifgo
    i, f, g, o = (x @ W.T + h @ U.T + b).chunk(4, dim=1)
    ### END VARIANT
    ### BEGIN VARIANT lstm_step ifog
    i, f, o, g = (x @ W.T + h @ U.T + b).chunk(4, dim=1)
    ### END VARIANT
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


# task: coupled_step
def coupled_step(x, h, c, W, U, b):
    U = torch.cat([block.T for block in U.chunk(3)])
    gate, g, o = (x @ W.T + h @ U.T + b).chunk(3, dim=1)
    ### BEGIN VARIANT coupled_step forget
    keep = torch.sigmoid(gate)
    ### END VARIANT
    ### BEGIN VARIANT coupled_step input
    keep = 1 - torch.sigmoid(gate)
    ### END VARIANT
    c = keep * c + (1 - keep) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c
