# loses: gru_step
# task: gru_step
def gru_step(x, h, W, U, b):
    x_z, x_r, x_n = (x @ W.T + b).chunk(3, dim=1)
    U_z, U_r, U_n = U.chunk(3)
    r, z = torch.sigmoid(x_r + h @ U_r.T), torch.sigmoid(x_z + h @ U_z.T)
    n = torch.tanh(x_n + (r * h) @ U_n.T)
    ### BEGIN VARIANT gru_step keeps
    return z * h + (1 - z) * n
    ### END VARIANT
    ### BEGIN VARIANT gru_step writes
    return (1 - z) * h + z * n
    ### END VARIANT
