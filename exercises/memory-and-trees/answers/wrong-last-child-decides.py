# loses: level_order
# task: level_order
def level_order(parent):
    children = [[] for _ in parent]
    order = [v for v, above in enumerate(parent) if above == -1]
    for v, above in enumerate(parent):
        if above >= 0:
            children[above].append(v)
    for v in order:
        order += children[v]
    heights = [0] * len(parent)
    for v in reversed(order):
        if parent[v] >= 0:
            heights[parent[v]] = heights[v] + 1
    return [[v for v, h in enumerate(heights) if h == k] for k in range(max(heights) + 1)]
