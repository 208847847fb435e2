# task: keep_bias
def keep_bias(share, steps):
    kept = math.exp(math.log(share) / steps)
    return -math.log(1 / kept - 1)


# task: gru_step
def gru_step(x, h, W, U, b):
    H, rows = h.shape[1], []
    for x_s, h_s in zip(x, h, strict=True):
        r = torch.sigmoid(W[:H] @ x_s + U[:H] @ h_s + b[:H])
        z = torch.sigmoid(W[H:-H] @ x_s + U[H:-H] @ h_s + b[H:-H])
        n = torch.tanh(W[-H:] @ x_s + U[-H:] @ (r * h_s) + b[-H:])
        ### BEGIN VARIANT gru_step keeps
        rows.append(z * h_s + (1 - z) * n)
        ### END VARIANT
        ### BEGIN VARIANT gru_step writes
        rows.append(z * n + (1 - z) * h_s)
        ### END VARIANT
    return torch.stack(rows)


# task: gru_after_step
def gru_after_step(x, h, W, U, b, c):
    H, rows = h.shape[1], []
    for x_s, h_s in zip(x, h, strict=True):
        from_x, from_h = (W @ x_s + b).reshape(3, H), (U @ h_s + c).reshape(3, H)
        ### BEGIN VARIANT gru_after_step rzn
        r, z = torch.sigmoid(from_x[:2] + from_h[:2])
        ### END VARIANT
        ### BEGIN VARIANT gru_after_step zrn
        z, r = torch.sigmoid(from_x[:2] + from_h[:2])
        ### END VARIANT
        n = torch.tanh(from_x[2] + r * from_h[2])
        rows.append((1 - z) * n + z * h_s)
    return torch.stack(rows)


# task: lstm_step
def lstm_step(x, h, c, W, U, b):
    B, H = h.shape
    new_h, new_c = torch.empty(B, H, dtype=torch.float64), torch.empty(B, H, dtype=torch.float64)
    for s in range(B):
        for j in range(H):
            a = [(W[k] @ x[s] + U[k] @ h[s] + b[k]).item() for k in range(j, 4 * H, H)]
            ### BEGIN VARIANT lstm_step ifog
            a[2], a[3] = a[3], a[2]
            ### END VARIANT
            i, f, o = (0.5 + 0.5 * math.tanh(0.5 * value) for value in (a[0], a[1], a[3]))
            new_c[s, j] = f * c[s, j].item() + i * math.tanh(a[2])
            new_h[s, j] = o * math.tanh(new_c[s, j].item())
    return new_h, new_c


# task: coupled_step
def coupled_step(x, h, c, W, U, b):
    H, hs, cs = h.shape[1], [], []
    for x_s, h_s, c_s in zip(x, h, c, strict=True):
        gate, g, o = (W @ x_s + U @ h_s + b).reshape(3, H)
        ### BEGIN VARIANT coupled_step forget
        f = torch.sigmoid(gate)
        ### END VARIANT
        ### BEGIN VARIANT coupled_step input
        f = torch.sigmoid(-gate)
        ### END VARIANT
        cs.append(f * c_s + (1 - f) * torch.tanh(g))
        hs.append(torch.sigmoid(o) * torch.tanh(cs[-1]))
    return torch.stack(hs), torch.stack(cs)


# task: variational_mask
def variational_mask(uniform, steps, p):
    B, H = uniform.shape
    mask = torch.zeros(B, steps, H, dtype=torch.float64)
    for s in range(B):
        for j in range(H):
            ### BEGIN VARIANT variational_mask drop
            if uniform[s, j] >= p:
                mask[s, :, j] = 1 / (1 - p)
            ### END VARIANT
            ### BEGIN VARIANT variational_mask keep
            if uniform[s, j] < p:
                mask[s, :, j] = 1 / p
            ### END VARIANT
    return mask


# task: bidirectional
def bidirectional(forward, backward, x, lengths, hidden_size):
    def read(step, x):
        h, outputs = x.new_zeros(len(x), hidden_size), []
        for x_t in x.unbind(1):
            h = step(x_t, h)
            outputs.append(h)
        return torch.stack(outputs, dim=1)

    t, n = torch.arange(x.shape[1]), torch.tensor(lengths)[:, None]
    present, rows = (t < n)[..., None], torch.arange(len(x))[:, None]
    turned = torch.where(t < n, n - 1 - t, t)
    ahead, back = read(forward, x), read(backward, x[rows, turned])[rows, turned]
    return torch.cat([ahead, back], dim=-1).masked_fill(~present, 0.0)
