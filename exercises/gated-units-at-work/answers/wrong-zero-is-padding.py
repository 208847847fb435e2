# loses: masked_loss
# task: masked_loss
def masked_loss(logits, targets, lengths):
    present = targets > 0
    chosen = logits.log_softmax(2).gather(2, targets.clamp(min=0)[:, :, None])[:, :, 0]
    ### BEGIN VARIANT masked_loss tokens
    return -chosen[present].mean()
    ### END VARIANT
    ### BEGIN VARIANT masked_loss sequences
    return -((chosen * present).sum(1) / present.sum(1)).mean()
    ### END VARIANT
