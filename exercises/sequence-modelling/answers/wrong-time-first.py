# loses: embedding_gradient_rows
# task: embedding_gradient_rows
def embedding_gradient_rows(words, gradient):
    rows = words.unique()
    one_hot = (rows[:, None] == words.T.flatten()).double()
    values = one_hot @ gradient.flatten(0, 1)
    ### BEGIN VARIANT embedding_gradient_rows sum
    return rows, values
    ### END VARIANT
    ### BEGIN VARIANT embedding_gradient_rows mean
    return rows, values / one_hot.sum(1)[:, None]
    ### END VARIANT
