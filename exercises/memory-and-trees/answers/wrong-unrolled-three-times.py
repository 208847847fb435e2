# loses: implicit_gradient
# task: implicit_gradient
def implicit_gradient(step, state, weights, error):
    w = weights.clone().requires_grad_()
    h = state
    for _ in range(3):
        h = step(h, w)
    return torch.autograd.grad(h, w, error)[0]
