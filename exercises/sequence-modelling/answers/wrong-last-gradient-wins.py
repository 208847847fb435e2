# loses: embedding_gradient_rows
# task: embedding_gradient_rows
def embedding_gradient_rows(words, gradient):
    rows, place = words.flatten().unique(return_inverse=True)
    values = torch.zeros(len(rows), gradient.shape[2], dtype=torch.float64)
    values[place] += gradient.flatten(0, 1)
    ### BEGIN VARIANT embedding_gradient_rows mean
    values = values / torch.bincount(place)[:, None]
    ### END VARIANT
    return rows, values
