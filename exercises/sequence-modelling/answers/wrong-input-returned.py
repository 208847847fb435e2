# loses: bag_of_words, srn_step, tdnn_step, embedding_gradient_rows, fit_ar, bmes_to_spans, stack, bptt_srn
# task: bag_of_words
def bag_of_words(texts, vocabulary):
    return texts


# task: srn_step
def srn_step(x, h, W, U, b, V):
    return h, x


# task: tdnn_step
def tdnn_step(x, line, W, b):
    return x, line


# task: embedding_gradient_rows
def embedding_gradient_rows(words, gradient):
    return words.flatten(), gradient.flatten(0, 1)


# task: fit_ar
def fit_ar(y, order):
    return y, 0.0


# task: bmes_to_spans
def bmes_to_spans(tags):
    return tags


# task: stack
def push(q, s):
    return q


def pop(q):
    return q


def top(q):
    return q


# task: bptt_srn
def bptt_srn(x, error, W, U, b, V):
    return W, U, b, V
