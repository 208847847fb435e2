# loses: variational_mask
# task: variational_mask
def variational_mask(uniform, steps, p):
    # torch.where of two Python numbers is float32: the cast comes too late.
    ### BEGIN VARIANT variational_mask drop
    mask = torch.where(uniform < p, 0.0, 1 / (1 - p)).double()
    ### END VARIANT
    ### BEGIN VARIANT variational_mask keep
    mask = torch.where(uniform < p, 1 / p, 0.0).double()
    ### END VARIANT
    return torch.stack([mask] * steps, dim=1)
