# task: bag_of_words
def bag_of_words(texts, vocabulary):
    from collections import Counter

    rows = []
    for words in texts:
        bag = Counter(words)
        row = [bag[word] for word in vocabulary]
        ### BEGIN VARIANT bag_of_words counted
        row.append(sum(number for word, number in bag.items() if word not in vocabulary))
        ### END VARIANT
        rows.append(row)
    return torch.tensor(rows, dtype=torch.int64)


# task: srn_step
def srn_step(x, h, W, U, b, V):
    states, outputs = [], []
    ### BEGIN VARIANT srn_step rows
    W, U, V = W.T, U.T, V.T
    ### END VARIANT
    for x_s, h_s in zip(x, h, strict=True):
        states.append(torch.tanh(W @ x_s + U @ h_s + b))
        outputs.append(V @ states[-1])
    return torch.stack(states), torch.stack(outputs)


# task: tdnn_step
def tdnn_step(x, line, W, b):
    moved = line.clone()
    ### BEGIN VARIANT tdnn_step front
    moved[:, 1:] = line[:, :-1]
    moved[:, 0] = x
    seen = torch.cat([moved, line[:, -1:]], dim=1)
    ### END VARIANT
    ### BEGIN VARIANT tdnn_step back
    moved[:, :-1] = line[:, 1:]
    moved[:, -1] = x
    seen = torch.cat([line[:, :1], moved], dim=1)
    ### END VARIANT
    weights = W.permute(1, 0, 2).flatten(1)
    return torch.tanh(seen.flatten(1) @ weights.T + b), moved


# task: embedding_gradient_rows
def embedding_gradient_rows(words, gradient):
    found = {}
    for sentence, arriving in zip(words.tolist(), gradient, strict=True):
        for word, g in zip(sentence, arriving, strict=True):
            found.setdefault(word, []).append(g)
    rows = sorted(found)
    ### BEGIN VARIANT embedding_gradient_rows sum
    values = [torch.stack(found[word]).sum(dim=0) for word in rows]
    ### END VARIANT
    ### BEGIN VARIANT embedding_gradient_rows mean
    values = [torch.stack(found[word]).mean(dim=0) for word in rows]
    ### END VARIANT
    return torch.tensor(rows), torch.stack(values)


# task: fit_ar
def fit_ar(y, order):
    import numpy as np

    series = y.numpy()
    ### BEGIN VARIANT fit_ar newest
    past = [series[t - order : t][::-1] for t in range(order, len(series))]
    ### END VARIANT
    ### BEGIN VARIANT fit_ar oldest
    past = [series[t - order : t] for t in range(order, len(series))]
    ### END VARIANT
    inputs = np.column_stack([np.ones(len(past)), np.stack(past)])
    weights = np.linalg.lstsq(inputs, series[order:], rcond=None)[0]
    return torch.from_numpy(weights), float(np.mean((series[order:] - inputs @ weights) ** 2))


# task: bmes_to_spans
def bmes_to_spans(tags):
    words = []
    for t, tag in enumerate(tags):
        if words and tag in "ME" and tags[t - 1] in "BM":
            words[-1] = (words[-1][0], t)
        else:
            words.append((t, t))
    ### BEGIN VARIANT bmes_to_spans exclusive
    return [(first, last + 1) for first, last in words]
    ### END VARIANT
    ### BEGIN VARIANT bmes_to_spans inclusive
    return words
    ### END VARIANT


# task: stack
def push(q, s):
    ### BEGIN VARIANT stack low
    return (q + 1 + s + s) / 4
    ### END VARIANT
    ### BEGIN VARIANT stack high
    return (q + 3 - s - s) / 4
    ### END VARIANT


def pop(q):
    is_three, is_some = sat(q * 4 - 2), sat(q * 4)
    return q * 4 - 3 * is_three - (is_some - is_three)


def top(q):
    ### BEGIN VARIANT stack low
    return sat(2 * (2 * q - 1))
    ### END VARIANT
    ### BEGIN VARIANT stack high
    return sat(sat(4 * q) - sat(4 * q - 2))
    ### END VARIANT


# task: bptt_srn
def bptt_srn(x, error, W, U, b, V):
    # One sequence at a time, with column vectors as in the equations.
    totals = [torch.zeros_like(weight) for weight in (W, U, b, V)]
    for inputs, arriving in zip(x, error, strict=True):
        states = [torch.zeros(len(b), dtype=x.dtype)]
        for x_t in inputs:
            ### BEGIN VARIANT bptt_srn tanh
            states.append(torch.tanh(W @ x_t + U @ states[-1] + b))
            ### END VARIANT
            ### BEGIN VARIANT bptt_srn logistic
            states.append(torch.sigmoid(W @ x_t + U @ states[-1] + b))
            ### END VARIANT
        back = torch.zeros_like(b)
        for k in range(len(inputs), 0, -1):
            ### BEGIN VARIANT bptt_srn tanh
            slope = 1 - states[k] ** 2
            ### END VARIANT
            ### BEGIN VARIANT bptt_srn logistic
            slope = states[k] * (1 - states[k])
            ### END VARIANT
            delta = slope * (V.T @ arriving[k - 1] + back)
            back = U.T @ delta
            parts = (
                torch.outer(delta, inputs[k - 1]),
                torch.outer(delta, states[k - 1]),
                delta,
                torch.outer(arriving[k - 1], states[k]),
            )
            totals = [total + part for total, part in zip(totals, parts, strict=True)]
    return tuple(totals)
