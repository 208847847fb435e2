# loses: delta_write
# task: delta_write
def delta_write(memory, weights, erase, add):
    return memory * (1 - erase[:, None]) + weights[:, :, None] * add[:, None]
