# loses: shift_address
# task: shift_address
def shift_address(weights, shifts):
    S = shifts.shape[1]
    return sum(shifts[:, j, None] * weights.roll(j, 1) for j in range(S))
