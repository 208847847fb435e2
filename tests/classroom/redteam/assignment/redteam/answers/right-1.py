# task: rnn_step
def rnn_step(x, h, W, U, b):
    joined = torch.cat([x, h], dim=1)
    return (joined @ torch.cat([W, U], dim=0) + b).tanh()


# task: gcn_layer
def gcn_layer(A, X, W):
    n = A.shape[0]
    loops = A.clone()
    loops[range(n), range(n)] += 1
    root = torch.diag(loops.sum(dim=1) ** -0.5)
    return (root @ loops @ root @ X @ W).clamp(min=0)


# task: distill_loss
def distill_loss(student_logits, teacher_logits, temperature):
    teacher = torch.softmax(teacher_logits / temperature, dim=-1)
    student_log = torch.log_softmax(student_logits / temperature, dim=-1)
    cross_entropy = -(teacher * student_log).sum(dim=-1)
    entropy = -(teacher * torch.log_softmax(teacher_logits / temperature, dim=-1)).sum(dim=-1)
    return (cross_entropy - entropy).mean() * temperature**2
