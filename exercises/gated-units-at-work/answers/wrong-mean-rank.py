# loses: mean_reciprocal_rank
# task: mean_reciprocal_rank
def mean_reciprocal_rank(scores, right):
    own = scores.gather(1, right[:, None])
    ### BEGIN VARIANT mean_reciprocal_rank best
    ranks = 1 + (scores > own).double().sum(1)
    ### END VARIANT
    ### BEGIN VARIANT mean_reciprocal_rank worst
    ranks = (scores >= own).double().sum(1)
    ### END VARIANT
    return ranks.mean().item()
