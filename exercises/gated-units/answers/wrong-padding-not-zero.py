# loses: bidirectional
# task: bidirectional
def bidirectional(forward, backward, x, lengths, hidden_size):
    def read(step, x):
        h, outputs = x.new_zeros(len(x), hidden_size), []
        for x_t in x.unbind(1):
            h = step(x_t, h)
            outputs.append(h)
        return torch.stack(outputs, dim=1)

    t, n = torch.arange(x.shape[1]), torch.tensor(lengths)[:, None]
    rows, turned = torch.arange(len(x))[:, None], torch.where(t < n, n - 1 - t, t)
    ahead, back = read(forward, x), read(backward, x[rows, turned])[rows, turned]
    return torch.cat([ahead, back], dim=2)
