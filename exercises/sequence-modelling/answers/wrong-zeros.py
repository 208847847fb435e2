# loses: bag_of_words, srn_step, tdnn_step, embedding_gradient_rows, fit_ar, bmes_to_spans, stack, bptt_srn
# task: bag_of_words
def bag_of_words(texts, vocabulary):
    return torch.zeros(len(texts), len(vocabulary), dtype=torch.int64)


# task: srn_step
def srn_step(x, h, W, U, b, V):
    return torch.zeros_like(h), torch.zeros(len(x), V.numel() // len(b)).double()


# task: tdnn_step
def tdnn_step(x, line, W, b):
    return torch.zeros(len(x), len(b)).double(), torch.zeros_like(line)


# task: embedding_gradient_rows
def embedding_gradient_rows(words, gradient):
    return words.unique(), torch.zeros(len(words.unique()), gradient.shape[2]).double()


# task: fit_ar
def fit_ar(y, order):
    return torch.zeros(order + 1).double(), 0.0


# task: bmes_to_spans
def bmes_to_spans(tags):
    return [(0, 0) for _ in tags]


# task: stack
def push(q, s):
    return 0 * q


def pop(q):
    return 0 * q


def top(q):
    return 0 * q


# task: bptt_srn
def bptt_srn(x, error, W, U, b, V):
    return tuple(torch.zeros_like(weight) for weight in (W, U, b, V))
