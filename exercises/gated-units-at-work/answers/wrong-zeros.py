# loses: homomorphic, mean_reciprocal_rank, position_independent_error_rate, attend, masked_loss, beam_search
# task: homomorphic
def homomorphic(terms, queries):
    zeros = torch.zeros(len(queries), terms.shape[1]).double()
    return zeros, zeros


# task: mean_reciprocal_rank
def mean_reciprocal_rank(scores, right):
    return 0.0


# task: position_independent_error_rate
def position_independent_error_rate(pairs):
    return 0.0


# task: attend
def attend(query, keys, values, lengths):
    return torch.zeros_like(values[:, 0]), torch.zeros_like(keys[:, :, 0])


# task: masked_loss
def masked_loss(logits, targets, lengths):
    return (0 * logits).sum()


# task: beam_search
def beam_search(log_probs, width, end, steps):
    return []
