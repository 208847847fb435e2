# loses: homomorphic, attend, mean_reciprocal_rank
# task: homomorphic
def homomorphic(terms, queries):
    v = torch.stack([terms[numbers].sum(0) for numbers in queries])
    ### BEGIN VARIANT homomorphic led
    return v.float(), v.diff(dim=0, prepend=v[:1])
    ### END VARIANT
    ### BEGIN VARIANT homomorphic leads
    return v.float(), v.diff(dim=0, append=v[-1:])
    ### END VARIANT


# task: attend
def attend(query, keys, values, lengths):
    padding = torch.arange(keys.shape[1]) >= torch.tensor(lengths)[:, None]
    scores = torch.einsum("bd,bsd->bs", query.float(), keys.float()).double()
    ### BEGIN VARIANT attend scaled
    scores = scores / math.sqrt(query.shape[1])
    ### END VARIANT
    weights = scores.masked_fill(padding, -math.inf).softmax(1)
    values = values.masked_fill(padding[:, :, None], 0)
    return torch.einsum("bs,bse->be", weights, values), weights


# task: mean_reciprocal_rank
def mean_reciprocal_rank(scores, right):
    own = scores.gather(1, right[:, None])
    ### BEGIN VARIANT mean_reciprocal_rank best
    ranks = 1 + (scores > own).sum(1)
    ### END VARIANT
    ### BEGIN VARIANT mean_reciprocal_rank worst
    ranks = (scores >= own).sum(1)
    ### END VARIANT
    return ranks.reciprocal().mean().item()
