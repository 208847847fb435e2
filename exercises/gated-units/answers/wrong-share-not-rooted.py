# loses: keep_bias
# task: keep_bias
def keep_bias(share, steps):
    return math.log(share / (1 - share)) / steps
