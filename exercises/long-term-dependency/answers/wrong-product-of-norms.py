# loses: jacobian_norms
# task: jacobian_norms
def jacobian_norms(U, states):
    norms = [tensor(1.0)]
    for h in states.flip(0):
        ### BEGIN VARIANT jacobian_norms tanh
        slopes = 1 - h**2
        ### END VARIANT
        ### BEGIN VARIANT jacobian_norms logistic
        slopes = h * (1 - h)
        ### END VARIANT
        norms.append(norms[-1] * torch.linalg.matrix_norm(torch.diag(slopes) @ U, 2))
    return torch.stack(norms[::-1])
