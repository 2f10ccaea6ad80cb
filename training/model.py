"""The network in training: an encoder with a flag embedding, token heads, sentence heads and target heads."""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.encoder import Dropout, Encoder
from training.units import IGNORED, Batch, Unit

TOKEN_HEADS: Mapping[str, int] = {
    "attribution": 7,
    "source_link": 7,
    "cue_link": 7,
    "hedge": 3,
    "loaded": 3,
}
SENTENCE_HEADS: Mapping[str, int] = {"bias": 1, "certainty": 1, "strength": 4, "opinion": 3}
TARGET_HEADS: Mapping[str, int] = {"sentiment": 3}


class Model(nn.Module):
    """Token logits by task, and sentence logits from the mean of the token vectors.

    A target head reads the mean over all pieces together with the mean over the flagged ones.
    """

    def __init__(
        self,
        encoder: Encoder,
        token_heads: Mapping[str, int] = {},
        sentence_heads: Mapping[str, int] = {},
        target_heads: Mapping[str, int] = {},
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        hidden = encoder.shape.hidden
        self.encoder = encoder
        self.flags = nn.Embedding(2, hidden)
        self.dropout = Dropout(dropout)
        self.tokens = nn.ModuleDict({k: nn.Linear(hidden, n) for k, n in token_heads.items()})
        self.sentences = nn.ModuleDict({k: nn.Linear(hidden, n) for k, n in sentence_heads.items()})
        self.targets = nn.ModuleDict({k: nn.Linear(2 * hidden, n) for k, n in target_heads.items()})
        nn.init.zeros_(self.flags.weight)
        for head in (self.tokens, self.sentences, self.targets):
            for linear in head.values():
                nn.init.normal_(linear.weight, std=0.02)
                nn.init.zeros_(linear.bias)

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """Logits by task: (batch, length, labels) for tokens, (batch, labels) for sentences and targets."""
        x = self.dropout(self.encoder(batch.ids, batch.mask, self.flags(batch.flags)))
        logits = {task: head(x).float() for task, head in self.tokens.items()}
        if self.sentences or self.targets:
            mean = _mean(x, batch.mask)
            logits |= {task: head(mean).float() for task, head in self.sentences.items()}
        if self.targets:
            both = torch.cat([mean, _mean(x, batch.flags)], -1)
            logits |= {task: head(both).float() for task, head in self.targets.items()}
        return logits


def _mean(x: Tensor, weights: Tensor) -> Tensor:
    weights = weights.to(x.dtype)[..., None]
    return (x * weights).sum(1) / weights.sum(1).clamp(min=1)


def loss_of(task: str, logits: Tensor, units: Sequence[Unit]) -> Tensor:
    """Mean loss of one task over the units, all of which must be labelled for it."""
    if logits.dim() == 3:
        target = torch.full(logits.shape[:2], IGNORED)
        for row, u in enumerate(units):
            target[row, 1 : len(u.ids) + 1] = torch.tensor(u.tags[task])
        if (target == IGNORED).all():
            return logits.sum() * 0
        return F.cross_entropy(logits.flatten(0, 1), target.flatten(), ignore_index=IGNORED)
    value = torch.tensor([u.value[task] for u in units])
    if logits.shape[1] > 1:
        return F.cross_entropy(logits, value.long())
    if task == "certainty":
        return 10 * F.mse_loss(torch.sigmoid(logits[:, 0]), value)
    return F.binary_cross_entropy_with_logits(logits[:, 0], value)


def soft_loss(task: str, logits: Tensor, units: Sequence[Unit]) -> Tensor:
    """Loss of one task against a teacher: KL divergence of distributions, or cross-entropy of a probability.

    It is 0 without a teacher's labels. Words for which the teacher has none are rows of NaN.
    """
    kept = [row for row, u in enumerate(units) if task in u.soft]
    if not kept:
        return logits.sum() * 0
    if logits.dim() == 3:
        mine, theirs = [], []
        for row in kept:
            u = units[row]
            heads = torch.tensor(u.heads)
            mine.append(logits[row, 1 : len(u.ids) + 1][heads])
            theirs.append(u.soft[task].float())
        said, labels = torch.cat(mine), torch.cat(theirs)
        known = ~labels.isnan().any(-1)
        return _divergence(said[known], labels[known]) if known.any() else logits.sum() * 0
    mine_, theirs_ = logits[kept], torch.stack([units[row].soft[task].float() for row in kept])
    if logits.shape[1] > 1:
        return _divergence(mine_, theirs_)
    return F.binary_cross_entropy_with_logits(mine_[:, 0], theirs_[:, 0])


def _divergence(logits: Tensor, log_probabilities: Tensor) -> Tensor:
    return F.kl_div(
        torch.log_softmax(logits, -1), log_probabilities, reduction="batchmean", log_target=True
    )
