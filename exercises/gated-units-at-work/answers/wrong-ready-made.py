# loses: attend, masked_loss
# task: attend
def attend(query, keys, values, lengths):
    present = torch.arange(keys.shape[1]) < torch.tensor(lengths)[:, None]
    keys, values = (part.masked_fill(~present[:, :, None], 0) for part in (keys, values))
    ### BEGIN VARIANT attend scaled
    scale = None
    ### END VARIANT
    ### BEGIN VARIANT attend plain
    scale = 1.0
    ### END VARIANT
    eye = torch.eye(keys.shape[1], dtype=torch.float64).expand(len(keys), -1, -1)
    both = torch.cat([values, eye], dim=2)
    mixed = torch.nn.functional.scaled_dot_product_attention(
        query[:, None], keys, both, attn_mask=present[:, None], scale=scale
    )[:, 0]
    return mixed.split([values.shape[2], keys.shape[1]], dim=1)


# task: masked_loss
def masked_loss(logits, targets, lengths):
    present = torch.arange(targets.shape[1]) < torch.tensor(lengths)[:, None]
    losses = torch.nn.functional.cross_entropy(logits[present], targets[present], reduction="none")
    ### BEGIN VARIANT masked_loss tokens
    return losses.mean()
    ### END VARIANT
    ### BEGIN VARIANT masked_loss sequences
    return torch.stack([part.mean() for part in losses.split(lengths)]).mean()
    ### END VARIANT
