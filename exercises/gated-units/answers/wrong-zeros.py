# loses: keep_bias, gru_step, gru_after_step, lstm_step, coupled_step, variational_mask, bidirectional
# task: keep_bias
def keep_bias(share, steps):
    return 0.0


# task: gru_step
def gru_step(x, h, W, U, b):
    return torch.zeros_like(h)


# task: gru_after_step
def gru_after_step(x, h, W, U, b, c):
    return torch.zeros_like(h)


# task: lstm_step
def lstm_step(x, h, c, W, U, b):
    return torch.zeros_like(h), torch.zeros_like(c)


# task: coupled_step
def coupled_step(x, h, c, W, U, b):
    return torch.zeros_like(h), torch.zeros_like(c)


# task: variational_mask
def variational_mask(uniform, steps, p):
    return torch.zeros(len(uniform), steps, uniform.shape[1]).double()


# task: bidirectional
def bidirectional(forward, backward, x, lengths, hidden_size):
    return torch.zeros(x.shape[0], x.shape[1], 2 * hidden_size).double()
