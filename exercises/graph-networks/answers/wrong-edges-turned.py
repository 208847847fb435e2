# loses: diffpool_step
# task: diffpool_step
def diffpool_step(x, adjacency, scores):
    """The tuple (features, adjacency, link loss) of the clusters of G graphs."""
    S = scores.softmax(2)
    features = S.mT @ x
    links = S.mT @ adjacency.mT @ S
    return features, links, (adjacency - S @ S.mT).square().sum((1, 2)).sqrt()
