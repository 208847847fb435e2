# loses: mean_reciprocal_rank
# task: mean_reciprocal_rank
def mean_reciprocal_rank(scores, right):
    order = scores.argsort(dim=1, descending=True, stable=True)
    ranks = 1 + (order == right[:, None]).double().argmax(1)
    return ranks.double().reciprocal().mean().item()
