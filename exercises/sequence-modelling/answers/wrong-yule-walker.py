# loses: fit_ar
# task: fit_ar
def fit_ar(y, order):
    # From the autocovariances: near least squares for long series, and not the same.
    z = y - y.mean()
    c = torch.stack([z[k:] @ z[: len(z) - k] for k in range(order + 1)]) / len(z)
    lags = (torch.arange(order)[:, None] - torch.arange(order)).abs()
    w = torch.linalg.solve(c[lags], c[1:])
    ### BEGIN VARIANT fit_ar oldest
    w = w.flip(0)
    ### END VARIANT
    weights = torch.cat([(y.mean() * (1 - w.sum()))[None], w])
    return weights, (c[0] - w @ c[1:]).item()
