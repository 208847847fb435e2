# loses: mean_reciprocal_rank
# task: mean_reciprocal_rank
def mean_reciprocal_rank(scores, right):
    total = 0.0
    for row, answer in zip(scores.tolist(), right.tolist(), strict=True):
        total += 1 / (1 + sorted(set(row), reverse=True).index(row[answer]))
    return total / len(scores)
