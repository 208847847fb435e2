# loses: keep_bias, gru_step, gru_after_step, lstm_step, coupled_step, variational_mask, bidirectional
# task: keep_bias
def keep_bias(share, steps):
    return math.nan


# task: gru_step
def gru_step(x, h, W, U, b):
    return h * math.nan


# task: gru_after_step
def gru_after_step(x, h, W, U, b, c):
    return h * math.nan


# task: lstm_step
def lstm_step(x, h, c, W, U, b):
    return h * math.nan, c * math.nan


# task: coupled_step
def coupled_step(x, h, c, W, U, b):
    return h * math.nan, c * math.nan


# task: variational_mask
def variational_mask(uniform, steps, p):
    return torch.full((len(uniform), steps, uniform.shape[1]), math.nan).double()


# task: bidirectional
def bidirectional(forward, backward, x, lengths, hidden_size):
    return torch.full((x.shape[0], x.shape[1], 2 * hidden_size), math.nan).double()
