# loses: homomorphic
# task: homomorphic
def homomorphic(terms, queries):
    v = torch.stack([terms[numbers].sum(0) for numbers in queries])
    ### BEGIN VARIANT homomorphic led
    return v, v.diff(dim=0, prepend=torch.zeros_like(v[:1]))
    ### END VARIANT
    ### BEGIN VARIANT homomorphic leads
    return v, v.diff(dim=0, append=torch.zeros_like(v[-1:]))
    ### END VARIANT
