# loses: clip_by_norm
# task: clip_by_norm
def clip_by_norm(gradients, v):
    norm = torch.cat([g.flatten() for g in gradients]).norm()
    return [g * (v / max(v, norm.item())) for g in gradients], norm
