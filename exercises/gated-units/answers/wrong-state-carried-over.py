# loses: bidirectional
# task: bidirectional
def bidirectional(forward, backward, x, lengths, hidden_size):
    y = torch.zeros(x.shape[0], x.shape[1], 2 * hidden_size).double()
    ahead = back = torch.zeros(1, hidden_size).double()
    for s, n in enumerate(lengths):
        for t in range(n):
            ahead = forward(x[s : s + 1, t], ahead)
            back = backward(x[s : s + 1, n - 1 - t], back)
            y[s, t, :hidden_size], y[s, n - 1 - t, hidden_size:] = ahead[0], back[0]
    return y
