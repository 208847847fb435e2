# loses: level_order
# task: level_order
def level_order(parent):
    heights = [0] * len(parent)
    for v in reversed(range(len(parent))):
        if parent[v] >= 0:
            heights[parent[v]] = max(heights[parent[v]], heights[v] + 1)
    return [[v for v, h in enumerate(heights) if h == k] for k in range(max(heights) + 1)]
