# loses: chebyshev
# task: chebyshev
def chebyshev(x, laplacian, theta, lambda_max):
    """The signal x [N, D], filtered by the polynomial with the Chebyshev coefficients theta [K + 1]."""

    def scaled(signal):
        return 2 / lambda_max * (laplacian @ signal) - signal

    before, now = x, scaled(x)
    y = theta[0] * before + theta[1] * now
    for coefficient in theta[2:]:
        before, now = now, 2 * scaled(now) - before
        y = y + coefficient * now
    return y
