# loses: implicit_gradient
# task: implicit_gradient
def implicit_gradient(step, state, weights, error):
    h, w = state.clone().requires_grad_(), weights.clone().requires_grad_()
    new = step(h, w)
    u = error
    size = error.abs().max()
    u = error / size
    for _ in range(200):
        u = error / size + torch.autograd.grad(new, h, u, retain_graph=True)[0]
    u = size * u
    return torch.autograd.grad(new, w, u)[0]
