# task: rnn_step
class Step:
    def __call__(self, x, h, W, U, b):
        total = torch.einsum("bi,ij->bj", x, W) + torch.einsum("bh,hj->bj", h, U) + b
        return 2 * torch.sigmoid(2 * total) - 1


rnn_step = Step()


# task: gcn_layer
def degrees(A):
    return A.sum(1) + 1


def gcn_layer(A, X, W):
    scaled = X / degrees(A).sqrt()[:, None]
    mixed = (A @ scaled + scaled) / degrees(A).sqrt()[:, None]
    return torch.nn.functional.relu(mixed @ W)


# task: distill_loss
def distill_loss(student_logits, teacher_logits, temperature):
    total = 0.0
    for ours, teachers in zip(student_logits / temperature, teacher_logits / temperature, strict=True):
        p = teachers - teachers.logsumexp(0)
        q = ours - ours.logsumexp(0)
        total = total + torch.sum(p.exp() * (p - q))
    return temperature * temperature * total / len(student_logits)
