# loses: lstm_step
# task: lstm_step
def lstm_step(x, h, c, W, U, b):
    ### BEGIN VARIANT lstm_step ifgo
    i, f, g, o = (x @ W.T + h @ U.T + b).chunk(4, dim=1)
    ### END VARIANT
    ### BEGIN VARIANT lstm_step ifog
    i, f, o, g = (x @ W.T + h @ U.T + b).chunk(4, dim=1)
    ### END VARIANT
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * c, c
