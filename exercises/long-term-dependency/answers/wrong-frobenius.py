# loses: vanishing_bound, jacobian_norms
# task: vanishing_bound
def vanishing_bound(U, steps, slope):
    gamma = slope * torch.linalg.norm(U)
    ### BEGIN VARIANT vanishing_bound time
    return gamma ** torch.arange(steps, -1, -1)
    ### END VARIANT
    ### BEGIN VARIANT vanishing_bound lag
    return gamma ** torch.arange(steps + 1)
    ### END VARIANT


# task: jacobian_norms
def jacobian_norms(U, states):
    products = [torch.eye(len(U), dtype=U.dtype)]
    for h in states.flip(0):
        ### BEGIN VARIANT jacobian_norms tanh
        slopes = 1 - h**2
        ### END VARIANT
        ### BEGIN VARIANT jacobian_norms logistic
        slopes = h * (1 - h)
        ### END VARIANT
        products.append(products[-1] @ torch.diag(slopes) @ U)
    return torch.stack([P.norm() for P in products[::-1]])
