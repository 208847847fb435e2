# loses: chebyshev
# task: chebyshev
def chebyshev(x, laplacian, theta, lambda_max):
    """The signal x [N, D], filtered by the polynomial with the Chebyshev coefficients theta [K + 1]."""

    def scaled(signal):
        return 2 / lambda_max * (laplacian @ signal)

    before, now = x, scaled(x)
    y = theta[0] * before
    for coefficient in theta[1:]:
        y = y + coefficient * now
        before, now = now, 2 * scaled(now) - before
    return y
