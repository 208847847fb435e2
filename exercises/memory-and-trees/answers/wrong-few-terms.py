# loses: implicit_gradient
# task: implicit_gradient
def implicit_gradient(step, state, weights, error):
    h, w = state.clone().requires_grad_(), weights.clone().requires_grad_()
    new = step(h, w)
    u = error
    for _ in range(6):
        u = error + torch.autograd.grad(new, h, u, retain_graph=True)[0]
    return torch.autograd.grad(new, w, u)[0]
