# loses: variational_mask
# task: variational_mask
def variational_mask(uniform, steps, p):
    ### BEGIN VARIANT variational_mask drop
    mask = (uniform > p).double() / (1 - p)
    ### END VARIANT
    ### BEGIN VARIANT variational_mask keep
    mask = (uniform <= p).double() / p
    ### END VARIANT
    return torch.stack([mask] * steps, dim=1)
