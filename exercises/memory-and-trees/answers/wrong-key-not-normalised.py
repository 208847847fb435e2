# loses: content_address
# task: content_address
def content_address(memory, key, strength):
    products = torch.einsum("bmw,bw->bm", memory, key)
    lengths = memory.norm(dim=2)
    cosines = products / lengths.clamp(min=1e-8)
    return (strength[:, None] * cosines).softmax(1)
