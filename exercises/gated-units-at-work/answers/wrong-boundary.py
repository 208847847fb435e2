# loses: attend, masked_loss
# task: attend
def attend(query, keys, values, lengths):
    padding = torch.arange(keys.shape[1]) > torch.tensor(lengths)[:, None]
    scores = torch.einsum("bd,bsd->bs", query, keys)
    ### BEGIN VARIANT attend scaled
    scores = scores / math.sqrt(query.shape[1])
    ### END VARIANT
    weights = scores.masked_fill(padding, -math.inf).softmax(1)
    values = values.masked_fill(padding[:, :, None], 0)
    return torch.einsum("bs,bse->be", weights, values), weights


# task: masked_loss
def masked_loss(logits, targets, lengths):
    sizes = torch.tensor(lengths)[:, None]
    present = torch.arange(targets.shape[1]) <= sizes
    log_p = logits[present].log_softmax(1)
    losses = -log_p.gather(1, targets[present][:, None])
    ### BEGIN VARIANT masked_loss tokens
    return losses.mean()
    ### END VARIANT
    ### BEGIN VARIANT masked_loss sequences
    shares = (present.double() / sizes)[present][:, None]
    return (shares * losses).sum() / len(lengths)
    ### END VARIANT
