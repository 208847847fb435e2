# loses: content_address
# task: content_address
def content_address(memory, key, strength):
    return torch.ones_like(memory[:, :, 0]) / memory.shape[1]
