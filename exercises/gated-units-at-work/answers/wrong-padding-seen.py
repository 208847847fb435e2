# loses: attend
# task: attend
def attend(query, keys, values, lengths):
    padding = torch.arange(keys.shape[1]) >= torch.tensor(lengths)[:, None]
    scores = torch.einsum("bd,bsd->bs", query, keys)
    ### BEGIN VARIANT attend scaled
    scores = scores / math.sqrt(query.shape[1])
    ### END VARIANT
    weights = scores.softmax(1)
    values = values.masked_fill(padding[:, :, None], 0)
    return torch.einsum("bs,bse->be", weights, values), weights
