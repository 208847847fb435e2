# loses: gru_after_step, lstm_step
# task: gru_after_step
def gru_after_step(x, h, W, U, b, c):
    from_x, from_h = (x @ W.T + b).chunk(3, dim=1), (h @ U.T + c).chunk(3, dim=1)
    ### BEGIN VARIANT gru_after_step rzn
    r, z = (torch.sigmoid(from_x[k] + from_h[k]) for k in (0, 1))
    ### END VARIANT
    ### BEGIN VARIANT gru_after_step zrn
    z, r = (torch.sigmoid(from_x[k] + from_h[k]) for k in (0, 1))
    ### END VARIANT
    n = torch.sigmoid(from_x[2] + r * from_h[2])
    return z * h + (1 - z) * n


# task: lstm_step
def lstm_step(x, h, c, W, U, b):
    ### BEGIN VARIANT lstm_step ifgo
    i, f, g, o = torch.sigmoid(x @ W.T + h @ U.T + b).chunk(4, dim=1)
    ### END VARIANT
    ### BEGIN VARIANT lstm_step ifog
    i, f, o, g = torch.sigmoid(x @ W.T + h @ U.T + b).chunk(4, dim=1)
    ### END VARIANT
    c = f * c + i * g
    return o * torch.tanh(c), c
