# loses: gru_step, gru_after_step
# task: gru_step
def gru_step(x, h, W, U, b):
    x_r, x_z, x_n = (x @ W.T + b).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ U.T).chunk(3, dim=1)
    r, z = torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    ### BEGIN VARIANT gru_step keeps
    return z * h + (1 - z) * n
    ### END VARIANT
    ### BEGIN VARIANT gru_step writes
    return (1 - z) * h + z * n
    ### END VARIANT


# task: gru_after_step
def gru_after_step(x, h, W, U, b, c):
    ### BEGIN VARIANT gru_after_step rzn
    x_r, x_z, x_n = (x @ W.T + b + c).chunk(3, dim=1)
    U_r, U_z, U_n = U.chunk(3)
    ### END VARIANT
    ### BEGIN VARIANT gru_after_step zrn
    x_z, x_r, x_n = (x @ W.T + b + c).chunk(3, dim=1)
    U_z, U_r, U_n = U.chunk(3)
    ### END VARIANT
    r, z = torch.sigmoid(x_r + h @ U_r.T), torch.sigmoid(x_z + h @ U_z.T)
    n = torch.tanh(x_n + (r * h) @ U_n.T)
    return z * h + (1 - z) * n
