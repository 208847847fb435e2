# loses: gru_step, coupled_step
# task: gru_step
def gru_step(x, h, W, U, b):
    x_r, x_z, x_n = (x @ W.T + b).chunk(3, dim=1)
    U_r, U_z, U_n = U.chunk(3)
    r, z = torch.sigmoid(x_r + h @ U_r.T).detach(), torch.sigmoid(x_z + h @ U_z.T)
    n = torch.tanh(x_n + (r * h) @ U_n.T)
    ### BEGIN VARIANT gru_step keeps
    return z * h + (1 - z) * n
    ### END VARIANT
    ### BEGIN VARIANT gru_step writes
    return (1 - z) * h + z * n
    ### END VARIANT


# task: coupled_step
def coupled_step(x, h, c, W, U, b):
    gate, g, o = (x @ W.T + h @ U.T + b).chunk(3, dim=1)
    ### BEGIN VARIANT coupled_step forget
    keep = torch.sigmoid(gate)
    ### END VARIANT
    ### BEGIN VARIANT coupled_step input
    keep = 1 - torch.sigmoid(gate)
    ### END VARIANT
    c = keep * c.detach() + (1 - keep) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c
