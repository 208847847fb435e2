# loses: level_order
# task: level_order
def level_order(parent):
    levels, level = [], [v for v, above in enumerate(parent) if above < 0]
    while level:
        levels.append(level)
        level = [v for v, above in enumerate(parent) if above in set(level)]
    return levels
