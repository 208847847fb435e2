# loses: shift_address
# task: shift_address
def shift_address(weights, shifts):
    M, h = weights.shape[1], shifts.shape[1] // 2
    wide = torch.nn.functional.pad(weights[:, None], (h, h), mode="circular")[:, 0]
    return torch.stack([(wide[:, i : i + 2 * h + 1].flip(1) * shifts).sum(1) for i in range(M)], dim=1)
