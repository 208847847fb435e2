# loses: delta_write
# task: delta_write
def delta_write(memory, weights, erase, add):
    w = weights[:, :, None]
    return memory * (w * erase[:, None]) + w * add[:, None]
