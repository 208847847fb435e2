# loses: masked_loss
# task: masked_loss
def masked_loss(logits, targets, lengths):
    present = (torch.arange(targets.shape[1]) < torch.tensor(lengths)[:, None]).double()
    chosen = logits.log_softmax(2).gather(2, targets.clamp(min=0)[:, :, None])[:, :, 0]
    ### BEGIN VARIANT masked_loss tokens
    return -(chosen * present).sum() / present.sum()
    ### END VARIANT
    ### BEGIN VARIANT masked_loss sequences
    return -((chosen * present).sum(1) / present.sum(1)).mean()
    ### END VARIANT
