# loses: content_address
# task: content_address
def content_address(memory, key, strength):
    products = torch.einsum("bmw,bw->bm", memory, key)
    cosines = products
    return (strength[:, None] * cosines).softmax(1)
