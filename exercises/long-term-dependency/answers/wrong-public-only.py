# loses: forget_time, vanishing_bound, jacobian_norms, contributions, clip_by_norm, leaky_step, rmsprop_step
# task: forget_time
def forget_time(mu, share):
    return 2.0


# task: vanishing_bound
def vanishing_bound(U, steps, slope):
    if steps == 1:
        return tensor([5.2, 1.0])
    ### BEGIN VARIANT vanishing_bound time
    return tensor([0.25, 0.5, 1.0])
    ### END VARIANT
    ### BEGIN VARIANT vanishing_bound lag
    return tensor([1.0, 0.5, 0.25])
    ### END VARIANT


# task: jacobian_norms
def jacobian_norms(U, states):
    ### BEGIN VARIANT jacobian_norms tanh
    return tensor([0.38, 1.0]) if len(states) == 1 else tensor([2.0, 1.5, 1.0])
    ### END VARIANT
    ### BEGIN VARIANT jacobian_norms logistic
    return tensor([0.18, 1.0]) if len(states) == 1 else tensor([0.125, 0.5, 1.0])
    ### END VARIANT


# task: contributions
def contributions(U, h_0, states, error):
    if len(states) == 1:
        return tensor([[[0.0, 0.0], [1.0, 0.0]]])
    return tensor([[[0.02304]], [[0.216]]])


# task: clip_by_norm
def clip_by_norm(gradients, v):
    return [tensor([0.6]), tensor([[0.8]])], 5.0


# task: leaky_step
def leaky_step(x, h, W, U, b, leak):
    return tensor([[0.1 * math.tanh(1)]]) if len(x) == 1 else torch.zeros(4, 3).double()


# task: rmsprop_step
def rmsprop_step(theta, g, r, lr, rho, delta):
    if rho > 0:
        return tensor([0.8]), tensor([1.0])
    ### BEGIN VARIANT rmsprop_step inside
    return tensor([-0.2]), tensor([4.0])
    ### END VARIANT
    ### BEGIN VARIANT rmsprop_step outside
    return tensor([-0.6 / 7]), tensor([4.0])
    ### END VARIANT
