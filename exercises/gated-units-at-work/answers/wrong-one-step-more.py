# loses: beam_search
# task: beam_search
def beam_search(log_probs, width, end, steps):
    beam = [([], 0.0)]
    for _ in range(steps + 1):
        found = []
        for symbols, total in beam:
            if end in symbols:
                found.append((symbols, total))
                continue
            for symbol, log_p in enumerate(log_probs(symbols).tolist()):
                found.append(([*symbols, symbol], total + log_p))
        ### BEGIN VARIANT beam_search sum
        beam = sorted(found, key=lambda pair: -pair[1])[:width]
        ### END VARIANT
        ### BEGIN VARIANT beam_search mean
        beam = sorted(found, key=lambda pair: -pair[1] / len(pair[0]))[:width]
        ### END VARIANT
    ### BEGIN VARIANT beam_search sum
    return beam
    ### END VARIANT
    ### BEGIN VARIANT beam_search mean
    return [(symbols, total / len(symbols)) for symbols, total in beam]
    ### END VARIANT
