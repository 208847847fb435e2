# loses: bag_of_words
# task: bag_of_words
def bag_of_words(texts, vocabulary):
    counts = torch.tensor([[words.count(known) for known in vocabulary] for words in texts]).double()
    ### BEGIN VARIANT bag_of_words dropped
    return counts
    ### END VARIANT
    ### BEGIN VARIANT bag_of_words counted
    unknown = torch.tensor([len(words) for words in texts]) - counts.sum(1)
    return torch.cat([counts, unknown[:, None]], dim=1)
    ### END VARIANT
