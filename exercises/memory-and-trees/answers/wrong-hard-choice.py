# loses: content_address
# task: content_address
def content_address(memory, key, strength):
    products = torch.einsum("bmw,bw->bm", memory, key)
    lengths = memory.norm(dim=2) * key.norm(dim=1)[:, None]
    cosines = products / lengths.clamp(min=1e-8)
    best = (strength[:, None] * cosines).argmax(1)
    return torch.nn.functional.one_hot(best, memory.shape[1]).to(memory.dtype)
