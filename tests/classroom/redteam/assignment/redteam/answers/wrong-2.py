# loses: rnn_step, gcn_layer, distill_loss
# task: rnn_step
def rnn_step(x, h, W, U, b):
    return torch.zeros_like(h)


# task: gcn_layer
def gcn_layer(A, X, W):
    return torch.zeros(A.shape[0], W.shape[1])


# task: distill_loss
def distill_loss(student_logits, teacher_logits, temperature):
    return torch.tensor(0.0)
