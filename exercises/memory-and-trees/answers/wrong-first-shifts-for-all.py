# loses: shift_address
# task: shift_address
def shift_address(weights, shifts):
    S = shifts.shape[1]
    return sum(shifts[0, j] * weights.roll(j - S // 2, 1) for j in range(S))
