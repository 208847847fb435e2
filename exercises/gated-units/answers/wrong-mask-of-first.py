# loses: variational_mask
# task: variational_mask
def variational_mask(uniform, steps, p):
    ### BEGIN VARIANT variational_mask drop
    mask = (uniform[:1] >= p).double() / (1 - p)
    ### END VARIANT
    ### BEGIN VARIANT variational_mask keep
    mask = (uniform[:1] < p).double() / p
    ### END VARIANT
    return mask.expand(len(uniform), steps, -1)
