# loses: lstm_step, coupled_step
# task: lstm_step
def lstm_step(x, h, c, W, U, b):
    ### BEGIN VARIANT lstm_step ifgo
    i, f, g, o = (x @ W.T + h @ U.T + b).chunk(4, dim=1)
    ### END VARIANT
    ### BEGIN VARIANT lstm_step ifog
    i, f, o, g = (x @ W.T + h @ U.T + b).chunk(4, dim=1)
    ### END VARIANT
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return c, torch.sigmoid(o) * torch.tanh(c)


# task: coupled_step
def coupled_step(x, h, c, W, U, b):
    gate, g, o = (x @ W.T + h @ U.T + b).chunk(3, dim=1)
    ### BEGIN VARIANT coupled_step forget
    keep = torch.sigmoid(gate)
    ### END VARIANT
    ### BEGIN VARIANT coupled_step input
    keep = 1 - torch.sigmoid(gate)
    ### END VARIANT
    c = keep * c + (1 - keep) * torch.tanh(g)
    return c, torch.sigmoid(o) * torch.tanh(c)
