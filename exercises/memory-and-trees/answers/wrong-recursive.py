# loses: level_order
# task: level_order
def level_order(parent):
    children = [[] for _ in parent]
    for v, above in enumerate(parent):
        if above >= 0:
            children[above].append(v)
    heights = [None] * len(parent)

    def height(v):
        if heights[v] is None:
            heights[v] = 1 + max((height(child) for child in children[v]), default=-1)
        return heights[v]

    for v in range(len(parent)):
        height(v)
    return [[v for v, h in enumerate(heights) if h == k] for k in range(max(heights) + 1)]
