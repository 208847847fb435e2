# loses: contributions
# task: contributions
def contributions(U, h_0, states, error):
    parts = torch.zeros(len(states), *U.shape, dtype=U.dtype)
    parts[-1] = torch.outer((1 - states[-1] ** 2) * error, states[-2] if len(states) > 1 else h_0)
    return parts
