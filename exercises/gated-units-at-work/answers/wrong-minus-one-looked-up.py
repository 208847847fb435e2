# loses: masked_loss
# task: masked_loss
def masked_loss(logits, targets, lengths):
    present = torch.arange(targets.shape[1]) < torch.tensor(lengths)[:, None]
    chosen = logits.log_softmax(2).gather(2, targets[:, :, None])[:, :, 0].masked_fill(~present, 0)
    ### BEGIN VARIANT masked_loss tokens
    return -chosen.sum() / present.sum()
    ### END VARIANT
    ### BEGIN VARIANT masked_loss sequences
    return -(chosen.sum(1) / present.sum(1)).mean()
    ### END VARIANT
