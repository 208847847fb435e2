# loses: level_order
# task: level_order
def level_order(parent):
    heights = [0] * len(parent)
    for v, above in enumerate(parent):
        if above >= 0:
            heights[above] = max(heights[above], heights[v] + 1)
    return [[v for v, h in enumerate(heights) if h == k] for k in range(max(heights) + 1)]
