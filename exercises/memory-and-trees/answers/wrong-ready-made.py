# loses: content_address, tree_step
# task: content_address
def content_address(memory, key, strength):
    cosines = torch.nn.functional.cosine_similarity(memory, key[:, None], dim=2)
    return (strength[:, None] * cosines).softmax(1)


# task: tree_step
def tree_step(x, h, c, W, U, U_f, b):
    B, H = len(x), len(U_f)
    ### BEGIN VARIANT tree_step ifgo
    i, f, g, o = (torch.arange(H) + n * H for n in range(4))
    whole = torch.cat([U[:H], 0 * U_f, U[H:]])
    ### END VARIANT
    ### BEGIN VARIANT tree_step fiog
    f, i, o, g = (torch.arange(H) + n * H for n in range(4))
    whole = torch.cat([0 * U_f, U])
    ### END VARIANT
    rows = torch.cat([i, f, g, o])
    own = torch.lstm_cell(x, (h.sum(1), x.new_zeros(B, H)), W[rows], whole[rows], b[rows], 0 * b)[1]
    kept = own + (torch.sigmoid((x @ W[f].T + b[f])[:, None] + h @ U_f.T) * c).sum(1)
    return torch.sigmoid(x @ W[o].T + b[o] + h.sum(1) @ whole[o].T) * torch.tanh(kept), kept
