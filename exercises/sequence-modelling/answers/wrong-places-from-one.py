# loses: bmes_to_spans
# task: bmes_to_spans
def bmes_to_spans(tags):
    cuts = [t for t in range(1, len(tags)) if tags[t - 1] in "ES" or tags[t] in "BS"]
    spans, start = [], 0
    for end in [*cuts, len(tags)]:
        ### BEGIN VARIANT bmes_to_spans exclusive
        spans.append((start + 1, end + 1))
        ### END VARIANT
        ### BEGIN VARIANT bmes_to_spans inclusive
        spans.append((start + 1, end))
        ### END VARIANT
        start = end
    return spans
