# loses: content_address
# task: content_address
def content_address(memory, key, strength):
    cosines = -(memory - key[:, None]).square().sum(2)
    return (strength[:, None] * cosines).softmax(1)
