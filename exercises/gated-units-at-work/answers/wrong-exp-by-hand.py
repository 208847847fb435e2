# loses: masked_loss
# task: masked_loss
def masked_loss(logits, targets, lengths):
    sizes = torch.tensor(lengths)[:, None]
    present = torch.arange(targets.shape[1]) < sizes
    log_p = logits[present] - torch.exp(logits[present]).sum(1, keepdim=True).log()
    losses = -log_p.gather(1, targets[present][:, None])
    ### BEGIN VARIANT masked_loss tokens
    return losses.mean()
    ### END VARIANT
    ### BEGIN VARIANT masked_loss sequences
    shares = (present.double() / sizes)[present][:, None]
    return (shares * losses).sum() / len(lengths)
    ### END VARIANT
