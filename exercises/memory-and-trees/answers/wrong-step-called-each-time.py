# loses: implicit_gradient
# task: implicit_gradient
def implicit_gradient(step, state, weights, error):
    u = error
    for _ in range(200):
        u = error + torch.autograd.functional.vjp(lambda h: step(h, weights), state, u)[1]
    return torch.autograd.functional.vjp(lambda w: step(state, w), weights, u)[1]
