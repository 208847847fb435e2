# loses: variational_mask
# task: variational_mask
def variational_mask(uniform, steps, p):
    masks = []
    for t in range(steps):
        turned = uniform.roll(t, dims=1)
        ### BEGIN VARIANT variational_mask drop
        masks.append((turned >= p).double() / (1 - p))
        ### END VARIANT
        ### BEGIN VARIANT variational_mask keep
        masks.append((turned < p).double() / p)
        ### END VARIANT
    return torch.stack(masks, dim=1)
