# loses: homomorphic, mean_reciprocal_rank, attend, masked_loss
# task: homomorphic
def homomorphic(terms, queries):
    v = []
    for query in queries:
        total = terms[query[0]] if query else torch.zeros(terms.shape[1], dtype=torch.float64)
        for number in query[1:]:
            total += terms[number]
        v.append(total.clone())
    v = torch.stack(v)
    ### BEGIN VARIANT homomorphic led
    return v, v.diff(dim=0, prepend=v[:1])
    ### END VARIANT
    ### BEGIN VARIANT homomorphic leads
    return v, v.diff(dim=0, append=v[-1:])
    ### END VARIANT


# task: mean_reciprocal_rank
def mean_reciprocal_rank(scores, right):
    scores -= scores.min() - 1
    own = scores.gather(1, right[:, None])
    ### BEGIN VARIANT mean_reciprocal_rank best
    ranks = 1 + (scores > own).double().sum(1)
    ### END VARIANT
    ### BEGIN VARIANT mean_reciprocal_rank worst
    ranks = (scores >= own).double().sum(1)
    ### END VARIANT
    return ranks.reciprocal().mean().item()


# task: attend
def attend(query, keys, values, lengths):
    padding = torch.arange(keys.shape[1]) >= torch.tensor(lengths)[:, None]
    scores = torch.einsum("bd,bsd->bs", query, keys)
    ### BEGIN VARIANT attend scaled
    scores = scores / math.sqrt(query.shape[1])
    ### END VARIANT
    weights = scores.masked_fill(padding, -math.inf).softmax(1)
    values.masked_fill_(padding[:, :, None], 0)
    return torch.einsum("bs,bse->be", weights, values), weights


# task: masked_loss
def masked_loss(logits, targets, lengths):
    sizes = torch.tensor(lengths)[:, None]
    present = torch.arange(targets.shape[1]) < sizes
    targets[~present] = 0
    log_p = logits[present].log_softmax(1)
    losses = -log_p.gather(1, targets[present][:, None])
    ### BEGIN VARIANT masked_loss tokens
    return losses.mean()
    ### END VARIANT
    ### BEGIN VARIANT masked_loss sequences
    shares = (present.double() / sizes)[present][:, None]
    return (shares * losses).sum() / len(lengths)
    ### END VARIANT
