# task: homomorphic
def homomorphic(terms, queries):
    counts = torch.zeros(len(queries), len(terms), dtype=torch.float64)
    for row, query in zip(counts, queries, strict=True):
        row.index_add_(0, torch.tensor(query, dtype=torch.int64), torch.ones(len(query), dtype=torch.float64))
    v = counts @ terms
    ### BEGIN VARIANT homomorphic led
    return v, v - torch.cat([v[:1], v[:-1]])
    ### END VARIANT
    ### BEGIN VARIANT homomorphic leads
    return v, torch.cat([v[1:], v[-1:]]) - v
    ### END VARIANT


# task: mean_reciprocal_rank
def mean_reciprocal_rank(scores, right):
    own = scores[torch.arange(len(scores)), right].unsqueeze(1)
    ### BEGIN VARIANT mean_reciprocal_rank best
    ranks = scores.shape[1] - torch.count_nonzero(scores <= own, dim=1) + 1
    ### END VARIANT
    ### BEGIN VARIANT mean_reciprocal_rank worst
    ranks = scores.shape[1] - torch.count_nonzero(scores < own, dim=1)
    ### END VARIANT
    return float(torch.mean(1 / ranks.to(torch.float64)))


# task: position_independent_error_rate
def position_independent_error_rate(pairs):
    rates, lengths = [], []
    for guess, goal in pairs:
        left = list(goal)
        for word in guess:
            if word in left:
                left.remove(word)
        missing = len(left)
        extra = len(guess) - (len(goal) - missing)
        rates.append(max(missing, extra) / len(goal))
        lengths.append(len(goal))
    ### BEGIN VARIANT position_independent_error_rate pooled
    return sum(rate * n for rate, n in zip(rates, lengths, strict=True)) / sum(lengths)
    ### END VARIANT
    ### BEGIN VARIANT position_independent_error_rate averaged
    return sum(rates) / len(rates)
    ### END VARIANT


# task: attend
def attend(query, keys, values, lengths):
    present = torch.arange(keys.shape[1]).expand(len(keys), -1) < torch.tensor(lengths).view(-1, 1)
    here = present.unsqueeze(2)
    keys, values = torch.where(here, keys, 0.0), torch.where(here, values, 0.0)
    scores = (keys @ query.unsqueeze(2)).squeeze(2)
    ### BEGIN VARIANT attend scaled
    scores = scores * keys.shape[2] ** -0.5
    ### END VARIANT
    scores = torch.where(present, scores, torch.tensor(-math.inf, dtype=torch.float64))
    powers = torch.exp(scores - scores.max(dim=1, keepdim=True).values)
    weights = powers / powers.sum(dim=1, keepdim=True)
    return (weights.unsqueeze(1) @ values).squeeze(1), weights


# task: masked_loss
def masked_loss(logits, targets, lengths):
    B, T, V = logits.shape
    mask = (torch.arange(T) < torch.tensor(lengths).unsqueeze(1)).reshape(-1)
    flat = torch.where(mask.unsqueeze(1), logits.reshape(-1, V), 0.0)
    right = torch.where(mask, targets.reshape(-1), 0)
    losses = torch.logsumexp(flat, dim=1) - flat.gather(1, right.unsqueeze(1)).squeeze(1)
    losses = (losses * mask).reshape(B, T)
    ### BEGIN VARIANT masked_loss tokens
    return losses.sum() / mask.sum()
    ### END VARIANT
    ### BEGIN VARIANT masked_loss sequences
    return (losses.sum(dim=1) / mask.reshape(B, T).sum(dim=1)).mean()
    ### END VARIANT


# task: beam_search
def beam_search(log_probs, width, end, steps):
    def score(item):
        ### BEGIN VARIANT beam_search sum
        return item[1]
        ### END VARIANT
        ### BEGIN VARIANT beam_search mean
        return item[1] / len(item[0])
        ### END VARIANT

    beam = [((), 0.0)]
    for _ in range(steps):
        found = [item for item in beam if item[0][-1:] == (end,)]
        for symbols, total in beam:
            if symbols[-1:] != (end,):
                for v, log_p in enumerate(log_probs(list(symbols))):
                    found.append(((*symbols, v), total + float(log_p)))
        scores = torch.tensor([score(item) for item in found], dtype=torch.float64)
        best = scores.topk(min(width, len(found))).indices.tolist()
        beam = [found[place] for place in best]
    return [(list(item[0]), score(item)) for item in beam]
