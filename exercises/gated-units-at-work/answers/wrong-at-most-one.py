# loses: position_independent_error_rate
# task: position_independent_error_rate
def position_independent_error_rate(pairs):
    errors, lengths = [], []
    for guess, goal in pairs:
        shared = sum(min(guess.count(word), goal.count(word)) for word in set(goal))
        errors.append(max(len(guess), len(goal)) - shared)
        lengths.append(len(goal))
    ### BEGIN VARIANT position_independent_error_rate pooled
    return min(sum(errors) / sum(lengths), 1.0)
    ### END VARIANT
    ### BEGIN VARIANT position_independent_error_rate averaged
    return (tensor(errors) / tensor(lengths)).clamp(max=1).mean().item()
    ### END VARIANT
