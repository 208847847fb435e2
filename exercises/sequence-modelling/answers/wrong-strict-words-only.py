# loses: bmes_to_spans
# task: bmes_to_spans
def bmes_to_spans(tags):
    import re

    found = [match.span() for match in re.finditer("BM*E|S", tags)]
    ### BEGIN VARIANT bmes_to_spans inclusive
    found = [(start, end - 1) for start, end in found]
    ### END VARIANT
    return found
