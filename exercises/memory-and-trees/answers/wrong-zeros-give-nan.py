# loses: content_address
# task: content_address
def content_address(memory, key, strength):
    products = torch.einsum("bmw,bw->bm", memory, key)
    lengths = memory.norm(dim=2) * key.norm(dim=1)[:, None]
    cosines = products / lengths
    return (strength[:, None] * cosines).softmax(1)
