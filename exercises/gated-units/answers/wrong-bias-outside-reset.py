# loses: gru_after_step
# task: gru_after_step
def gru_after_step(x, h, W, U, b, c):
    from_x, from_h = (x @ W.T + b + c).chunk(3, dim=1), (h @ U.T).chunk(3, dim=1)
    ### BEGIN VARIANT gru_after_step rzn
    r, z = (torch.sigmoid(from_x[k] + from_h[k]) for k in (0, 1))
    ### END VARIANT
    ### BEGIN VARIANT gru_after_step zrn
    z, r = (torch.sigmoid(from_x[k] + from_h[k]) for k in (0, 1))
    ### END VARIANT
    n = torch.tanh(from_x[2] + r * from_h[2])
    return z * h + (1 - z) * n
