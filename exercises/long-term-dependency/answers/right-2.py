# task: forget_time
def forget_time(mu, share):
    ### BEGIN VARIANT forget_time lost
    share = 1 - share
    ### END VARIANT
    return math.log(share, mu)


# task: vanishing_bound
def vanishing_bound(U, steps, slope):
    stretch = math.sqrt(max(torch.linalg.eigvalsh(U @ U.T).tolist()))
    bound, bounds = 1.0, []
    for _ in range(steps + 1):
        ### BEGIN VARIANT vanishing_bound time
        bounds.insert(0, bound)
        ### END VARIANT
        ### BEGIN VARIANT vanishing_bound lag
        bounds.append(bound)
        ### END VARIANT
        bound = bound * slope * stretch
    return tensor(bounds)


# task: jacobian_norms
def jacobian_norms(U, states):
    T, H = states.shape
    norms = []
    for t in range(T + 1):
        J = [[1.0 if i == j else 0.0 for j in range(H)] for i in range(H)]
        for h in states[t:].tolist():
            ### BEGIN VARIANT jacobian_norms tanh
            slopes = [1 - value * value for value in h]
            ### END VARIANT
            ### BEGIN VARIANT jacobian_norms logistic
            slopes = [value * (1 - value) for value in h]
            ### END VARIANT
            J = [
                [slopes[i] * sum(U[i, k].item() * J[k][j] for k in range(H)) for j in range(H)]
                for i in range(H)
            ]
        norms.append(torch.linalg.svdvals(tensor(J)).max())
    return torch.stack(norms)


# task: contributions
def contributions(U, h_0, states, error):
    T, H = states.shape
    result = []
    for t in range(T):
        J = torch.eye(H, dtype=torch.float64)
        for s in range(t + 1, T):
            J = torch.diag(1 - states[s] ** 2) @ U @ J
        before = h_0 if t == 0 else states[t - 1]
        result.append(torch.diag(1 - states[t] ** 2) @ J.T @ error[:, None] @ before[None, :])
    return torch.stack(result)


# task: clip_by_norm
def clip_by_norm(gradients, v):
    total = 0.0
    for g in gradients:
        for number in g.flatten().tolist():
            total += number * number
    norm = total**0.5
    factor = min(1.0, v / norm) if norm > 0 else 1.0
    return [torch.mul(g, factor) for g in gradients], norm


# task: leaky_step
def leaky_step(x, h, W, U, b, leak):
    rows = []
    for x_s, h_s in zip(x, h, strict=True):
        new = torch.tanh(W @ x_s + U @ h_s + b)
        ### BEGIN VARIANT leaky_step keeps
        rows.append(leak * h_s + (1 - leak) * new)
        ### END VARIANT
        ### BEGIN VARIANT leaky_step writes
        rows.append((1 - leak) * h_s + leak * new)
        ### END VARIANT
    return torch.stack(rows)


# task: rmsprop_step
def rmsprop_step(theta, g, r, lr, rho, delta):
    new_theta, new_r = theta.clone().flatten(), r.clone().flatten()
    for k, slope in enumerate(g.flatten().tolist()):
        new_r[k] = rho * new_r[k].item() + (1 - rho) * slope**2
        ### BEGIN VARIANT rmsprop_step inside
        new_theta[k] -= lr * slope / math.sqrt(delta + new_r[k].item())
        ### END VARIANT
        ### BEGIN VARIANT rmsprop_step outside
        new_theta[k] -= lr * slope / (delta + math.sqrt(new_r[k].item()))
        ### END VARIANT
    return new_theta.reshape(theta.shape), new_r.reshape(r.shape)
