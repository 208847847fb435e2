# loses: fit_ar
# task: fit_ar
def fit_ar(y, order):
    windows = y.unfold(0, order + 1, 1)
    past, present = windows[:, :-1], windows[:, -1]
    ### BEGIN VARIANT fit_ar newest
    past = past.flip(1)
    ### END VARIANT
    inputs = torch.cat([torch.zeros_like(present)[:, None], past], dim=1)
    weights = torch.linalg.pinv(inputs) @ present
    return weights, (present - inputs @ weights).square().mean().item()
