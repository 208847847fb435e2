# task: homomorphic
def homomorphic(terms, queries):
    v = torch.zeros(len(queries), terms.shape[1], dtype=torch.float64)
    for i, query in enumerate(queries):
        for term in query:
            v[i] += terms[term]
    r = torch.zeros_like(v)
    ### BEGIN VARIANT homomorphic led
    r[1:] = v[1:] - v[:-1]
    ### END VARIANT
    ### BEGIN VARIANT homomorphic leads
    r[:-1] = v[1:] - v[:-1]
    ### END VARIANT
    return v, r


# task: mean_reciprocal_rank
def mean_reciprocal_rank(scores, right):
    total = 0.0
    for row, answer in zip(scores, right, strict=True):
        ### BEGIN VARIANT mean_reciprocal_rank best
        rank = 1 + int((row > row[answer]).sum())
        ### END VARIANT
        ### BEGIN VARIANT mean_reciprocal_rank worst
        rank = int((row >= row[answer]).sum())
        ### END VARIANT
        total += 1 / rank
    return total / len(scores)


# task: position_independent_error_rate
def position_independent_error_rate(pairs):
    from collections import Counter

    def errors(guess, goal):
        shared = Counter(guess) & Counter(goal)
        return len(goal) - shared.total() + max(0, len(guess) - len(goal))

    ### BEGIN VARIANT position_independent_error_rate pooled
    return sum(errors(*pair) for pair in pairs) / sum(len(goal) for _, goal in pairs)
    ### END VARIANT
    ### BEGIN VARIANT position_independent_error_rate averaged
    return sum(errors(*pair) / len(pair[1]) for pair in pairs) / len(pairs)
    ### END VARIANT


# task: attend
def attend(query, keys, values, lengths):
    contexts, weights = [], []
    for q, k, v, n in zip(query, keys, values, lengths, strict=True):
        scores = k[:n] @ q
        ### BEGIN VARIANT attend scaled
        scores = scores / len(q) ** 0.5
        ### END VARIANT
        alpha = torch.softmax(scores, dim=0)
        contexts.append(alpha @ v[:n])
        weights.append(torch.nn.functional.pad(alpha, (0, len(k) - n)))
    return torch.stack(contexts), torch.stack(weights)


# task: masked_loss
def masked_loss(logits, targets, lengths):
    sums = []
    for a, y, n in zip(logits, targets, lengths, strict=True):
        chosen = a[:n][torch.arange(n), y[:n]]
        sums.append((torch.logsumexp(a[:n], dim=1) - chosen).sum())
    ### BEGIN VARIANT masked_loss tokens
    return torch.stack(sums).sum() / sum(lengths)
    ### END VARIANT
    ### BEGIN VARIANT masked_loss sequences
    return torch.stack([total / n for total, n in zip(sums, lengths, strict=True)]).mean()
    ### END VARIANT


# task: beam_search
def beam_search(log_probs, width, end, steps):
    done, beam = [], [([], [])]
    for _ in range(steps):
        wider = list(done)
        for symbols, logs in beam:
            row = log_probs(symbols).tolist()
            wider += [([*symbols, v], [*logs, row[v]]) for v in range(len(row))]
        ### BEGIN VARIANT beam_search sum
        wider.sort(key=lambda item: sum(item[1]), reverse=True)
        ### END VARIANT
        ### BEGIN VARIANT beam_search mean
        wider.sort(key=lambda item: sum(item[1]) / len(item[1]), reverse=True)
        ### END VARIANT
        wider = wider[:width]
        done = [item for item in wider if item[0][-1] == end]
        beam = [item for item in wider if item[0][-1] != end]
        if not beam:
            break
    ### BEGIN VARIANT beam_search sum
    return [(symbols, sum(logs)) for symbols, logs in wider]
    ### END VARIANT
    ### BEGIN VARIANT beam_search mean
    return [(symbols, sum(logs) / len(logs)) for symbols, logs in wider]
    ### END VARIANT
