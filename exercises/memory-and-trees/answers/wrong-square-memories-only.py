# loses: delta_write
# task: delta_write
def delta_write(memory, weights, erase, add):
    erased = torch.einsum("bm,bw->bwm", weights, erase)
    return memory * (1 - erased) + torch.einsum("bm,bw->bmw", weights, add)
