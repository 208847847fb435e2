# loses: tree_step
# task: tree_step
def tree_step(x, h, c, W, U, U_f, b):
    ### BEGIN VARIANT tree_step ifgo
    i, f, g, o = (x @ W.T + b).chunk(4, 1)
    U_i, U_g, U_o = (h.sum(1) @ U.T).chunk(3, 1)
    ### END VARIANT
    ### BEGIN VARIANT tree_step fiog
    f, i, o, g = (x @ W.T + b).chunk(4, 1)
    U_i, U_o, U_g = (h.sum(1) @ U.T).chunk(3, 1)
    ### END VARIANT
    kept = torch.sigmoid(h @ U_f.T + 0 * f[:, None]) * c
    c = torch.sigmoid(i + U_i) * torch.tanh(g + U_g) + kept.sum(1)
    return torch.sigmoid(o + U_o) * torch.tanh(c), c
