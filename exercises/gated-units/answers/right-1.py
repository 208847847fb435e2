# task: keep_bias
def keep_bias(share, steps):
    return torch.logit(tensor(share) ** (1 / steps)).item()


# task: gru_step
def gru_step(x, h, W, U, b):
    H = h.shape[1]
    gates = torch.sigmoid(x @ W[: 2 * H].T + h @ U[: 2 * H].T + b[: 2 * H])
    r, z = gates[:, :H], gates[:, H:]
    n = torch.tanh(x @ W[2 * H :].T + (r * h) @ U[2 * H :].T + b[2 * H :])
    ### BEGIN VARIANT gru_step keeps
    return n + z * (h - n)
    ### END VARIANT
    ### BEGIN VARIANT gru_step writes
    return h + z * (n - h)
    ### END VARIANT


# task: gru_after_step
def gru_after_step(x, h, W, U, b, c):
    H = h.shape[1]
    from_x, from_h = x @ W.T + b, h @ U.T + c
    first, second = torch.sigmoid(from_x + from_h)[:, : 2 * H].split(H, dim=1)
    ### BEGIN VARIANT gru_after_step rzn
    r, z = first, second
    ### END VARIANT
    ### BEGIN VARIANT gru_after_step zrn
    z, r = first, second
    ### END VARIANT
    n = torch.tanh(from_x[:, 2 * H :] + r * from_h[:, 2 * H :])
    return torch.lerp(n, h, z)


# task: lstm_step
def lstm_step(x, h, c, W, U, b):
    H = h.shape[1]
    sums = torch.cat([x, h], dim=1) @ torch.cat([W, U], dim=1).T + b
    i, f = torch.sigmoid(sums[:, :H]), torch.sigmoid(sums[:, H : 2 * H])
    third, fourth = sums[:, 2 * H : 3 * H], sums[:, 3 * H :]
    ### BEGIN VARIANT lstm_step ifgo
    g, o = torch.tanh(third), torch.sigmoid(fourth)
    ### END VARIANT
    ### BEGIN VARIANT lstm_step ifog
    o, g = torch.sigmoid(third), torch.tanh(fourth)
    ### END VARIANT
    new = torch.addcmul(f * c, i, g)
    return o * new.tanh(), new


# task: coupled_step
def coupled_step(x, h, c, W, U, b):
    H = h.shape[1]
    sums = torch.nn.functional.linear(x, W, b) + torch.nn.functional.linear(h, U)
    gate, g, o = sums[:, :H].sigmoid(), sums[:, H : 2 * H].tanh(), sums[:, 2 * H :].sigmoid()
    ### BEGIN VARIANT coupled_step forget
    new = torch.lerp(g, c, gate)
    ### END VARIANT
    ### BEGIN VARIANT coupled_step input
    new = torch.lerp(c, g, gate)
    ### END VARIANT
    return o * torch.tanh(new), new


# task: variational_mask
def variational_mask(uniform, steps, p):
    ### BEGIN VARIANT variational_mask drop
    mask = torch.where(uniform < p, torch.zeros_like(uniform), 1 / (1 - p))
    ### END VARIANT
    ### BEGIN VARIANT variational_mask keep
    mask = torch.where(uniform < p, torch.ones_like(uniform) / p, 0.0)
    ### END VARIANT
    return mask[:, None].expand(-1, steps, -1)


# task: bidirectional
def bidirectional(forward, backward, x, lengths, hidden_size):
    B, T, _ = x.shape
    y = torch.zeros(B, T, 2 * hidden_size, dtype=torch.float64)
    for s in range(B):
        h = torch.zeros(1, hidden_size, dtype=torch.float64)
        for t in range(lengths[s]):
            h = forward(x[s : s + 1, t], h)
            y[s, t, :hidden_size] = h[0]
        h = torch.zeros(1, hidden_size, dtype=torch.float64)
        for t in range(lengths[s] - 1, -1, -1):
            h = backward(x[s : s + 1, t], h)
            y[s, t, hidden_size:] = h[0]
    return y
