# loses: rnn_step, gcn_layer, distill_loss
# task: rnn_step
def rnn_step(x, h, W, U, b):
    return torch.sigmoid(x @ W + h @ U + b)


# task: gcn_layer
def gcn_layer(A, X, W):
    loops = A + torch.eye(A.shape[0])
    scale = loops.sum(0).rsqrt()
    return torch.relu((scale[:, None] * loops * scale[None, :]) @ X @ W)


# task: distill_loss
def distill_loss(student_logits, teacher_logits, temperature):
    p = torch.log_softmax(teacher_logits / temperature, dim=-1)
    q = torch.log_softmax(student_logits / temperature, dim=-1)
    return (p.exp() * (p - q)).sum(-1).mean()
