# loses: gru_step
# task: gru_step
def gru_step(x, h, W, U, b):
    def sigma(a):
        return a.exp() / (1 + a.exp())

    x_r, x_z, x_n = (x @ W.T + b).chunk(3, dim=1)
    U_r, U_z, U_n = U.chunk(3)
    r, z = sigma(x_r + h @ U_r.T), sigma(x_z + h @ U_z.T)
    n = torch.tanh(x_n + (r * h) @ U_n.T)
    ### BEGIN VARIANT gru_step keeps
    return z * h + (1 - z) * n
    ### END VARIANT
    ### BEGIN VARIANT gru_step writes
    return (1 - z) * h + z * n
    ### END VARIANT
