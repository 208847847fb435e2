# loses: shift_address
# task: shift_address
def shift_address(weights, shifts):
    M, h = weights.shape[1], shifts.shape[1] // 2
    wide = weights[:, torch.arange(-h, M + h) % M]
    return torch.stack([(wide[:, i : i + 2 * h + 1] * shifts).sum(1) for i in range(M)], dim=1)
