# loses: jacobian_norms
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
        products.append(products[-1] @ U @ torch.diag(slopes))
    return torch.linalg.matrix_norm(torch.stack(products[::-1]), 2)
