# loses: homomorphic
# task: homomorphic
def homomorphic(terms, queries):
    v = torch.stack([terms[numbers].sum(0) for numbers in queries])
    ### BEGIN VARIANT homomorphic led
    return v, v - v[0]
    ### END VARIANT
    ### BEGIN VARIANT homomorphic leads
    return v, v[-1] - v
    ### END VARIANT
