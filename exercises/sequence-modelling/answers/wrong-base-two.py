# loses: stack
# task: stack
def push(q, s):
    ### BEGIN VARIANT stack low
    return (q + s) / 2
    ### END VARIANT
    ### BEGIN VARIANT stack high
    return (q + 1 - s) / 2
    ### END VARIANT


def pop(q):
    return 4 * q - 2 * sat(4 * q - 2) - sat(4 * q)


def top(q):
    ### BEGIN VARIANT stack low
    return sat(4 * q - 2)
    ### END VARIANT
    ### BEGIN VARIANT stack high
    return sat(4 * q) - sat(4 * q - 2)
    ### END VARIANT
