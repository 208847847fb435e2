# loses: clip_by_norm
# task: clip_by_norm
def clip_by_norm(gradients, v):
    norm = torch.cat([g.flatten() for g in gradients]).norm().item()
    return [g * (v / max(v, norm)) for g in gradients], min(norm, v)
