# loses: delta_write
# task: delta_write
def delta_write(memory, weights, erase, add):
    return memory + weights[:, :, None] * add[:, None]
