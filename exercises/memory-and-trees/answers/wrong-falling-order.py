# loses: level_order
# task: level_order
def level_order(parent):
    waiting = [0] * len(parent)
    for above in parent:
        if above >= 0:
            waiting[above] += 1
    levels, level = [], [v for v, count in enumerate(waiting) if not count]
    while level:
        levels.append(level)
        ready = []
        for v in level:
            above = parent[v]
            if above >= 0:
                waiting[above] -= 1
                if not waiting[above]:
                    ready.append(above)
        level = sorted(ready, reverse=True)
    return levels
