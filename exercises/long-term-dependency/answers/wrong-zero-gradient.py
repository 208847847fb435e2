# loses: clip_by_norm
# task: clip_by_norm
def clip_by_norm(gradients, v):
    norm = torch.cat([g.flatten() for g in gradients]).norm()
    return [g * torch.minimum(tensor(1.0), v * norm / norm**2) for g in gradients], norm.item()
