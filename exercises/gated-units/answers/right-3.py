# task: keep_bias
def keep_bias(share, steps):
    return -math.log(math.expm1(-math.log(share) / steps))


# task: gru_step
def gru_step(x, h, W, U, b):
    H = h.shape[1]
    read = torch.einsum("bi,gki->gbk", x, W.unflatten(0, (3, H))) + b.view(3, 1, H)
    U = U.unflatten(0, (3, H))
    r, z = torch.sigmoid(read[:2] + torch.einsum("bj,gkj->gbk", h, U[:2]))
    n = torch.tanh(read[2] + torch.einsum("bj,bj,kj->bk", r, h, U[2]))
    ### BEGIN VARIANT gru_step keeps
    return torch.lerp(n, h, z)
    ### END VARIANT
    ### BEGIN VARIANT gru_step writes
    return torch.lerp(h, n, z)
    ### END VARIANT


# task: gru_after_step
def gru_after_step(x, h, W, U, b, c):
    H = h.shape[1]
    read = torch.einsum("bi,gki->gbk", x, W.unflatten(0, (3, H))) + b.view(3, 1, H)
    seen = torch.einsum("bj,gkj->gbk", h, U.unflatten(0, (3, H))) + c.view(3, 1, H)
    ### BEGIN VARIANT gru_after_step zrn
    read, seen = read[[1, 0, 2]], seen[[1, 0, 2]]
    ### END VARIANT
    r, z = torch.special.expit(read[0] + seen[0]), torch.special.expit(read[1] + seen[1])
    n = torch.tanh(read[2] + r * seen[2])
    return n + z * (h - n)


# task: lstm_step
def lstm_step(x, h, c, W, U, b):
    sums = torch.einsum("bi,ki->kb", x, W) + torch.einsum("bj,kj->kb", h, U) + b[:, None]
    ### BEGIN VARIANT lstm_step ifgo
    letters = "ifgo"
    ### END VARIANT
    ### BEGIN VARIANT lstm_step ifog
    letters = "ifog"
    ### END VARIANT
    gates = dict(zip(letters, sums.chunk(4), strict=True))
    i, f, o = (torch.special.expit(gates[letter].T) for letter in "ifo")
    new = f * c + i * gates["g"].T.tanh()
    return o * new.tanh(), new


# task: coupled_step
def coupled_step(x, h, c, W, U, b):
    sums = torch.einsum("bi,ki->bk", x, W) + torch.einsum("bj,kj->bk", h, U) + b
    gate, g, o = sums.tensor_split(3, dim=1)
    ### BEGIN VARIANT coupled_step input
    gate = -gate
    ### END VARIANT
    new = torch.sigmoid(gate) * c + torch.sigmoid(-gate) * torch.tanh(g)
    return torch.tanh(new) * torch.sigmoid(o), new


# task: variational_mask
def variational_mask(uniform, steps, p):
    ### BEGIN VARIANT variational_mask drop
    mask = uniform.ge(p).double().div(1 - p)
    ### END VARIANT
    ### BEGIN VARIANT variational_mask keep
    mask = uniform.lt(p).double().div(p)
    ### END VARIANT
    return mask.repeat_interleave(steps, dim=0).unflatten(0, (len(uniform), steps))


# task: bidirectional
def bidirectional(forward, backward, x, lengths, hidden_size):
    def read(step, sequence):
        h, outputs = torch.zeros(1, hidden_size).double(), []
        for x_t in sequence:
            h = step(x_t[None], h)
            outputs.append(h[0])
        return outputs

    rows = []
    for sequence, n in zip(x, lengths, strict=True):
        ahead = torch.stack(read(forward, sequence[:n]))
        back = torch.stack(read(backward, sequence[:n].flip(0))[::-1])
        rows.append(torch.nn.functional.pad(torch.cat([ahead, back], dim=1), (0, 0, 0, x.shape[1] - n)))
    return torch.stack(rows)
