# loses: attend, homomorphic
# task: attend
def attend(query, keys, values, lengths):
    padding = torch.arange(keys.shape[1]) >= torch.tensor(lengths)[:, None]
    scores = torch.einsum("bd,bsd->bs", query, keys)
    ### BEGIN VARIANT attend scaled
    scores = scores / math.sqrt(query.shape[1])
    ### END VARIANT
    weights = scores.masked_fill(padding, -math.inf).softmax(1)
    values = values.masked_fill(padding[:, :, None], 0)
    return weights, torch.einsum("bs,bse->be", weights, values)


# task: homomorphic
def homomorphic(terms, queries):
    v = torch.stack([terms[numbers].sum(0) for numbers in queries])
    ### BEGIN VARIANT homomorphic led
    return v.diff(dim=0, prepend=v[:1]), v
    ### END VARIANT
    ### BEGIN VARIANT homomorphic leads
    return v.diff(dim=0, append=v[-1:]), v
    ### END VARIANT
