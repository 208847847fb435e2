# loses: implicit_gradient
# task: implicit_gradient
def implicit_gradient(step, state, weights, error):
    J = torch.autograd.functional.jacobian(lambda h: step(h, weights), state)
    J = J.reshape(error.numel(), error.numel())
    u = torch.linalg.solve(torch.eye(len(J), dtype=J.dtype) - J.T, J.T @ error.flatten())
    w = weights.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(step(state, w), w, u.reshape(error.shape))
    return gradient
