"""One addressing step in plain Python, element by element, and numbers that were worked out on paper."""

import math

EPSILON = 1e-8


def content(memory: list, key: list, strength: float) -> list:
    length = lambda vector: max(math.sqrt(sum(v * v for v in vector)), EPSILON)  # noqa: E731
    cosines = [
        sum(a * b for a, b in zip(row, key, strict=True)) / length(row) / length(key) for row in memory
    ]
    raised = [math.exp(strength * (cosine - max(cosines))) for cosine in cosines]
    return [value / sum(raised) for value in raised]


def interpolated(content: list, previous: list, gate: float) -> list:
    return [gate * c + (1 - gate) * p for c, p in zip(content, previous, strict=True)]


def shifted(weights: list, shifts: list) -> list:
    rows, result = len(weights), [0.0] * len(weights)
    for row, weight in enumerate(weights):
        for s, share in enumerate(shifts):
            result[(row + s - len(shifts) // 2) % rows] += share * weight
    return result


def sharpened(weights: list, power: float) -> list:
    raised = [weight**power for weight in weights]
    return [value / sum(raised) for value in raised]


def written(memory: list, weights: list, erase: list, add: list) -> list:
    return [
        [old * (1 - weight * e) + weight * a for old, e, a in zip(row, erase, add, strict=True)]
        for row, weight in zip(memory, weights, strict=True)
    ]


def read_out(memory: list, weights: list) -> list:
    columns = zip(*memory, strict=True)
    return [sum(w * value for w, value in zip(weights, column, strict=True)) for column in columns]
