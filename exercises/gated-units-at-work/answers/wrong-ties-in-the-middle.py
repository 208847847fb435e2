# loses: mean_reciprocal_rank
# task: mean_reciprocal_rank
def mean_reciprocal_rank(scores, right):
    own = scores.gather(1, right[:, None])
    ranks = 0.5 + (scores > own).double().sum(1) + (scores == own).double().sum(1) / 2
    return ranks.reciprocal().mean().item()
