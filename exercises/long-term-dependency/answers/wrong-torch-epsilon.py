# loses: clip_by_norm
# task: clip_by_norm
def clip_by_norm(gradients, v):
    norm = torch.cat([g.flatten() for g in gradients]).norm().item()
    return [g * min(1.0, v / (norm + 1e-6)) for g in gradients], norm
