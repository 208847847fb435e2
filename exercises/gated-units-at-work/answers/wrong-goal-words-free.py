# loses: position_independent_error_rate
# task: position_independent_error_rate
def position_independent_error_rate(pairs):
    errors, lengths = [], []
    for guess, goal in pairs:
        shared = sum(min(guess.count(word), goal.count(word)) for word in set(goal))
        errors.append(len(guess) - shared)
        lengths.append(len(goal))
    ### BEGIN VARIANT position_independent_error_rate pooled
    return sum(errors) / sum(lengths)
    ### END VARIANT
    ### BEGIN VARIANT position_independent_error_rate averaged
    return (tensor(errors) / tensor(lengths)).mean().item()
    ### END VARIANT
