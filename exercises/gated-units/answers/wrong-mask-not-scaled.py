# loses: variational_mask
# task: variational_mask
def variational_mask(uniform, steps, p):
    ### BEGIN VARIANT variational_mask drop
    mask = (uniform >= p).double()
    ### END VARIANT
    ### BEGIN VARIANT variational_mask keep
    mask = (uniform < p).double()
    ### END VARIANT
    return torch.stack([mask] * steps, dim=1)
