"""What a new assignment holds: (role, grade_id, points, source) of its cells, and its other files."""

CELLS = (
    (
        "text",
        "front",
        0,
        """
# TITLE

Say what students will build, what they need to know, and how long it takes.
""",
    ),
    ("given", "tools", 0, "from classroom.checks import check, student"),
    ("given", "imports", 0, "import torch"),
    (
        "text",
        "leak-text",
        0,
        r"""
## A leaky step

Write one step
$h' = (1 - a)\,h + a \tanh(x + h)$
for tensors $x, h$ of shape `[B, H]` and a number $0 < a \le 1$.
""",
    ),
    (
        "solution",
        "leak",
        0,
        '''
def leak(x, h, a):
    """The new states [B, H]."""
    ### BEGIN SOLUTION
    return (1 - a) * h + a * torch.tanh(x + h)
    ### END SOLUTION
''',
    ),
    (
        "test",
        "leak-values",
        2,
        """
zero, one = torch.zeros(1, 2), torch.ones(1, 2)
check.close("an empty state stays empty", leak(zero, zero, 0.5), zero, look="tanh(0) is 0")
check.close("a = 1 forgets the old state", leak(zero, one, 1.0), torch.tanh(one), look="the factor 1 - a")
### BEGIN HIDDEN TESTS
generator = check.generator()
x, h = (torch.randn(3, 4, generator=generator) for _ in range(2))
check.close("random states", leak(x, h, 0.3), 0.7 * h + 0.3 * torch.tanh(x + h))
### END HIDDEN TESTS
""",
    ),
    (
        "test",
        "leak-gradient",
        1,
        """
# The gradient with respect to the old state, and the arguments as they were.
### BEGIN HIDDEN TESTS
generator = check.generator()
x, h = (torch.randn(2, 3, generator=generator) for _ in range(2))
(gradient,) = student.grad(leak, x, h, 0.25, wrt=(1,))
check.close("gradient", gradient, 0.75 + 0.25 * (1 - torch.tanh(x + h) ** 2))
_, after = student.arguments_after(leak, x, h, 0.25)
check.equal("arguments are not changed", after[:2], (x, h))
### END HIDDEN TESTS
""",
    ),
    (
        "text",
        "ends-text",
        0,
        """
## The ends of a sequence

Given `x` of shape `[B, T, H]`, return
<!-- BEGIN VARIANT ends last -->
the last step of each sequence,
<!-- END VARIANT -->
<!-- BEGIN VARIANT ends first -->
the first step of each sequence,
<!-- END VARIANT -->
shape `[B, H]`.
""",
    ),
    (
        "solution",
        "ends",
        0,
        '''
def ends(x):
    """One step of each sequence, [B, H]."""
    ### BEGIN SOLUTION
    ### BEGIN VARIANT ends last
    return x[:, -1]
    ### END VARIANT
    ### BEGIN VARIANT ends first
    return x[:, 0]
    ### END VARIANT
    ### END SOLUTION
''',
    ),
    (
        "test",
        "ends-values",
        1,
        """
x = torch.arange(12.0).reshape(2, 3, 2)
check.shape("two sequences", ends(x), (2, 2), look="which axis is time? [B, T, H]")
### BEGIN HIDDEN TESTS
x = torch.randn(4, 5, 3, generator=check.generator())
got, after = student.arguments_after(ends, x)
### BEGIN VARIANT ends last
check.equal("random sequences", got, x[:, 4])
### END VARIANT
### BEGIN VARIANT ends first
check.equal("random sequences", got, x[:, 0])
### END VARIANT
check.equal("the argument is not changed", after, (x,))
### END HIDDEN TESTS
""",
    ),
)

FILES = {
    "assignment.yml": """\
title: A starter
tasks:
  leak:
    chapter: sequence-modelling/recurrent-networks
    minutes: 10
    level: 1
    banned: [lerp]
  ends:
    chapter: sequence-modelling/recurrent-networks
    minutes: 5
    level: 1
    variants: [last, first]
""",
    "answers/right-mixed.py": """\
# task: leak
def leak(x, h, a):
    candidate = torch.tanh(h + x)
    return h + a * (candidate - h)


# task: ends
def ends(x):
    ### BEGIN VARIANT ends last
    return x.flip(1)[:, 0]
    ### END VARIANT
    ### BEGIN VARIANT ends first
    return x.flip(1)[:, -1]
    ### END VARIANT
""",
    "answers/right-rows.py": """\
# task: leak
def leak(x, h, a):
    keep = 1 - a
    rows = [keep * h[i] + a * torch.tanh(x[i] + h[i]) for i in range(len(h))]
    return torch.stack(rows)


# task: ends
def ends(x):
    ### BEGIN VARIANT ends last
    return torch.stack([sequence[-1] for sequence in x])
    ### END VARIANT
    ### BEGIN VARIANT ends first
    return torch.stack([sequence[0] for sequence in x])
    ### END VARIANT
""",
    "answers/wrong-swapped.py": """\
# loses: leak, ends
# task: leak
def leak(x, h, a):
    return a * h + (1 - a) * torch.tanh(x + h)


# task: ends
def ends(x):
    ### BEGIN VARIANT ends last
    return x[-1]
    ### END VARIANT
    ### BEGIN VARIANT ends first
    return x[0]
    ### END VARIANT
""",
    "equivalent-mutants.yml": "[]\n",
}
