# loses: delta_write
# task: delta_write
def delta_write(memory, weights, erase, add):
    w = torch.nn.functional.one_hot(weights.argmax(1), weights.shape[1]).to(memory.dtype)[:, :, None]
    return memory * (1 - w * erase[:, None]) + w * add[:, None]
