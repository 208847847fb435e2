# loses: attend
# task: attend
def attend(query, keys, values, lengths):
    padding = torch.arange(keys.shape[1]) >= torch.tensor(lengths)[:, None]
    scores = torch.einsum("bd,bsd->bs", query, keys)
    ### BEGIN VARIANT attend scaled
    scores = scores / math.sqrt(query.shape[1])
    ### END VARIANT
    weights = torch.nn.functional.one_hot(
        scores.masked_fill(padding, -math.inf).softmax(1).argmax(1), keys.shape[1]
    ).double()
    values = values.masked_fill(padding[:, :, None], 0)
    return torch.einsum("bs,bse->be", weights, values), weights
