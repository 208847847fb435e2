# loses: bidirectional
# task: bidirectional
def bidirectional(forward, backward, x, lengths, hidden_size):
    def read(step, x):
        h, outputs = x.new_zeros(len(x), hidden_size), []
        for x_t in x.unbind(1):
            h = step(x_t, h)
            outputs.append(h)
        return torch.stack(outputs, dim=1)

    present = torch.arange(x.shape[1])[None, :, None] < torch.tensor(lengths)[:, None, None]
    y = torch.cat([read(forward, x), read(backward, x.flip(1)).flip(1)], dim=2)
    return torch.where(present, y, 0.0)
