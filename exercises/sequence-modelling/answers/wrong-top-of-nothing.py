# loses: stack
# task: stack
def push(q, s):
    ### BEGIN VARIANT stack low
    return (q + 2 * s + 1) / 4
    ### END VARIANT
    ### BEGIN VARIANT stack high
    return (q - 2 * s + 3) / 4
    ### END VARIANT


def pop(q):
    return 4 * q - 2 * sat(4 * q - 2) - sat(4 * q)


def top(q):
    ### BEGIN VARIANT stack low
    return sat(2 - 4 * (1 - q)) + (1 - sat(4 * q))
    ### END VARIANT
    ### BEGIN VARIANT stack high
    return 1 - sat(4 * q - 2)
    ### END VARIANT
