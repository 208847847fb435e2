# task: bag_of_words
def bag_of_words(texts, vocabulary):
    place = {word: number for number, word in enumerate(vocabulary)}
    counts = torch.zeros(len(texts), len(vocabulary) + 1, dtype=torch.int64)
    for row, words in zip(counts, texts, strict=True):
        for word in words:
            row[place.get(word, -1)] += 1
    ### BEGIN VARIANT bag_of_words dropped
    return counts[:, :-1]
    ### END VARIANT
    ### BEGIN VARIANT bag_of_words counted
    return counts
    ### END VARIANT


# task: srn_step
def srn_step(x, h, W, U, b, V):
    ### BEGIN VARIANT srn_step rows
    W, U, V = W.T, U.T, V.T
    ### END VARIANT
    new = torch.tanh(torch.cat([x, h], dim=1) @ torch.cat([W, U], dim=1).T + b)
    return new, torch.nn.functional.linear(new, V)


# task: tdnn_step
def tdnn_step(x, line, W, b):
    ### BEGIN VARIANT tdnn_step front
    now, before = W[0], W[1:]
    moved = torch.cat([x.unsqueeze(1), line[:, :-1]], dim=1)
    ### END VARIANT
    ### BEGIN VARIANT tdnn_step back
    now, before = W[-1], W[:-1]
    moved = torch.cat([line[:, 1:], x.unsqueeze(1)], dim=1)
    ### END VARIANT
    total = x @ now.T + b
    for k in range(line.shape[1]):
        total = total + line[:, k] @ before[k].T
    return torch.tanh(total), moved


# task: embedding_gradient_rows
def embedding_gradient_rows(words, gradient):
    rows, place = torch.unique(words.flatten(), return_inverse=True)
    values = torch.zeros(len(rows), gradient.shape[2], dtype=torch.float64)
    values.index_add_(0, place, gradient.reshape(-1, gradient.shape[2]))
    ### BEGIN VARIANT embedding_gradient_rows mean
    values = values / torch.bincount(place)[:, None]
    ### END VARIANT
    return rows, values


# task: fit_ar
def fit_ar(y, order):
    columns = [torch.ones(len(y) - order, dtype=torch.float64)]
    ### BEGIN VARIANT fit_ar newest
    lags = range(1, order + 1)
    ### END VARIANT
    ### BEGIN VARIANT fit_ar oldest
    lags = range(order, 0, -1)
    ### END VARIANT
    for k in lags:
        columns.append(y[order - k : len(y) - k])
    X = torch.stack(columns, dim=1)
    weights = torch.linalg.solve(X.T @ X, X.T @ y[order:])
    errors = y[order:] - X @ weights
    return weights, float(errors @ errors) / (len(y) - order)


# task: bmes_to_spans
def bmes_to_spans(tags):
    import re

    found = [match.span() for match in re.finditer("[BM]M*E?|E|S", tags)]
    ### BEGIN VARIANT bmes_to_spans exclusive
    return found
    ### END VARIANT
    ### BEGIN VARIANT bmes_to_spans inclusive
    return [(start, end - 1) for start, end in found]
    ### END VARIANT


# task: stack
def push(q, s):
    ### BEGIN VARIANT stack low
    digit = 2 * s + 1
    ### END VARIANT
    ### BEGIN VARIANT stack high
    digit = 3 - 2 * s
    ### END VARIANT
    return q / 4 + (digit + 0 * q) / 4


def first_is_three(q):
    return sat(4 * q - 2)


def pop(q):
    return 4 * q - (sat(4 * q) + 2 * first_is_three(q))


def top(q):
    ### BEGIN VARIANT stack low
    return first_is_three(q)
    ### END VARIANT
    ### BEGIN VARIANT stack high
    return sat(4 * q) * (1 - first_is_three(q))
    ### END VARIANT


# task: bptt_srn
def bptt_srn(x, error, W, U, b, V):
    # The double sum as it stands: one walk back from every time t.
    B, T, _ = x.shape
    states = [torch.zeros(B, len(U), dtype=torch.float64)]
    for t in range(T):
        z = x[:, t] @ W.T + states[-1] @ U.T + b
        ### BEGIN VARIANT bptt_srn tanh
        states.append(torch.tanh(z))
        ### END VARIANT
        ### BEGIN VARIANT bptt_srn logistic
        states.append(torch.sigmoid(z))
        ### END VARIANT
    dW, dU, db, dV = (torch.zeros_like(weight) for weight in (W, U, b, V))
    for t in range(T):
        dV = dV + error[:, t].T @ states[t + 1]
        arriving = error[:, t] @ V
        for k in range(t, -1, -1):
            h = states[k + 1]
            ### BEGIN VARIANT bptt_srn tanh
            delta = (1 - h * h) * arriving
            ### END VARIANT
            ### BEGIN VARIANT bptt_srn logistic
            delta = (h - h * h) * arriving
            ### END VARIANT
            dW = dW + delta.T @ x[:, k]
            dU = dU + delta.T @ states[k]
            db = db + delta.sum(dim=0)
            arriving = delta @ U
    return dW, dU, db, dV
