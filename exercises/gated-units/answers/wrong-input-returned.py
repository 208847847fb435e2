# loses: gru_step, gru_after_step, lstm_step, coupled_step, variational_mask, bidirectional
# task: gru_step
def gru_step(x, h, W, U, b):
    return h


# task: gru_after_step
def gru_after_step(x, h, W, U, b, c):
    return h


# task: lstm_step
def lstm_step(x, h, c, W, U, b):
    return h, c


# task: coupled_step
def coupled_step(x, h, c, W, U, b):
    return h, c


# task: variational_mask
def variational_mask(uniform, steps, p):
    return torch.stack([uniform] * steps, dim=1)


# task: bidirectional
def bidirectional(forward, backward, x, lengths, hidden_size):
    return torch.cat([x, x], dim=2)
