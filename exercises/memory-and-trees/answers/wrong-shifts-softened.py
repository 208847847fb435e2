# loses: shift_address
# task: shift_address
def shift_address(weights, shifts):
    S, shifts = shifts.shape[1], shifts.softmax(1)
    return sum(shifts[:, j, None] * weights.roll(j - S // 2, 1) for j in range(S))
