# loses: lstm_step
# task: lstm_step
def lstm_step(x, h, c, W, U, b):
    ### BEGIN VARIANT lstm_step ifgo
    i, _, g, o = (x @ W.T + h @ U.T + b).chunk(4, dim=1)
    ### END VARIANT
    ### BEGIN VARIANT lstm_step ifog
    i, _, o, g = (x @ W.T + h @ U.T + b).chunk(4, dim=1)
    ### END VARIANT
    c = c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c
