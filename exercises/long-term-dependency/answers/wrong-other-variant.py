# loses: forget_time, vanishing_bound, jacobian_norms, leaky_step, rmsprop_step
# task: forget_time
def forget_time(mu, share):
    ### BEGIN VARIANT forget_time left
    return math.log(1 - share) / math.log(mu) if share < 1 else math.inf
    ### END VARIANT
    ### BEGIN VARIANT forget_time lost
    return math.log(share) / math.log(mu) if share > 0 else math.inf
    ### END VARIANT


# task: vanishing_bound
def vanishing_bound(U, steps, slope):
    gamma = slope * torch.linalg.matrix_norm(U, 2)
    ### BEGIN VARIANT vanishing_bound time
    return gamma ** torch.arange(steps + 1)
    ### END VARIANT
    ### BEGIN VARIANT vanishing_bound lag
    return gamma ** torch.arange(steps, -1, -1)
    ### END VARIANT


# task: jacobian_norms
def jacobian_norms(U, states):
    products = [torch.eye(len(U), dtype=U.dtype)]
    for h in states.flip(0):
        ### BEGIN VARIANT jacobian_norms tanh
        slopes = h * (1 - h)
        ### END VARIANT
        ### BEGIN VARIANT jacobian_norms logistic
        slopes = 1 - h**2
        ### END VARIANT
        products.append(products[-1] @ torch.diag(slopes) @ U)
    return torch.linalg.matrix_norm(torch.stack(products[::-1]), 2)


# task: leaky_step
def leaky_step(x, h, W, U, b, leak):
    new = torch.tanh(x @ W.T + h @ U.T + b)
    ### BEGIN VARIANT leaky_step keeps
    return (1 - leak) * h + leak * new
    ### END VARIANT
    ### BEGIN VARIANT leaky_step writes
    return leak * h + (1 - leak) * new
    ### END VARIANT


# task: rmsprop_step
def rmsprop_step(theta, g, r, lr, rho, delta):
    r = rho * r + (1 - rho) * g**2
    ### BEGIN VARIANT rmsprop_step inside
    return theta - lr * g / (delta + torch.sqrt(r)), r
    ### END VARIANT
    ### BEGIN VARIANT rmsprop_step outside
    return theta - lr * g / torch.sqrt(delta + r), r
    ### END VARIANT
