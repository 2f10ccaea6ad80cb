"""Transformer encoders, BERT (MiniLM) and MPNet, with weights from a package.

One post-norm architecture serves both; MPNet has a relative position bias and no token types. Attention
is a plain matrix product, whose backward pass on a CPU in bfloat16 is faster than that of the fused
kernels.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True, slots=True)
class Shape:
    """Dimensions of an encoder; `relative_buckets` is 0 if it has absolute positions only."""

    vocabulary: int
    positions: int
    hidden: int
    heads: int
    layers: int
    inner: int
    first_position: int = 0
    relative_buckets: int = 0


class Dropout(nn.Module):
    """Dropout with masks taken from one bank of random numbers, at a tenth of the cost of drawing them."""

    SIZE = 1 << 24

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self._bank = torch.empty(0)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.share:
            return x
        if not len(self._bank):
            kept = torch.rand(self.SIZE) >= self.share
            self._bank = kept.to(torch.bfloat16) / (1 - self.share)
        at = int(torch.randint(len(self._bank) - x.numel(), ()))
        return x * self._bank[at : at + x.numel()].view(x.shape).to(x.dtype)


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, shape: Shape, dropout: Dropout) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.norm1 = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.inner = nn.Linear(shape.hidden, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.hidden)
        self.norm2 = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """`x` (batch, length, hidden); `bias` (batch or 1, heads or 1, 1 or length, length)."""
        batch, length, hidden = x.shape
        size = hidden // self.heads
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, size).permute(2, 0, 3, 1, 4)
        weights = torch.softmax(q @ k.transpose(-1, -2) * size**-0.5 + bias, -1)
        mixed = (weights @ v).transpose(1, 2).reshape(batch, length, hidden)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.outer(F.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """A transformer encoder that gives the token vectors of its last layer."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, self.dropout) for _ in range(shape.layers))
        if shape.relative_buckets:
            self.relative = nn.Embedding(shape.relative_buckets, shape.heads)

    def forward(self, ids: Tensor, mask: Tensor, added: Tensor | None = None) -> Tensor:
        """Token vectors (batch, length, hidden) of `ids` (batch, length).

        `mask` (batch, length) is 1 on real tokens; `added` (batch, length, hidden) is added to the
        embeddings.
        """
        length = ids.shape[1]
        places = torch.arange(length) + self.shape.first_position
        x = self.words(ids) + self.positions(places)
        x = self.dropout(self.norm(x if added is None else x + added))
        bias = torch.where(mask[:, None, None].bool(), 0.0, -10000.0)
        if self.shape.relative_buckets:
            bias = bias + self._relative_bias(length)
        bias = bias.to(x.dtype)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def _relative_bias(self, length: int) -> Tensor:
        """MPNet's bucketed relative positions (Song et al. 2020), (1, heads, length, length)."""
        place = torch.arange(length)
        distance = place[:, None] - place[None]
        half = self.shape.relative_buckets // 2
        exact = half // 2
        far = distance.abs()
        log = exact + (
            torch.log(far.clamp(min=1).float() / exact) / math.log(128 / exact) * (half - exact)
        ).long().clamp(max=half - 1)
        log = log.clamp(max=half - 1)
        bucket = torch.where(far < exact, far, log) + (distance < 0) * half
        return self.relative(bucket).permute(2, 0, 1)[None]


def load_bert(folder: Path, dropout: float = 0.1) -> Encoder:
    """A BERT encoder from `config.json` and `model.safetensors`; token type 0 is added to the positions."""
    weights, config = _read(folder)
    encoder = Encoder(_shape(config), dropout)
    state = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0],
    }
    parts = {"query": "q", "key": "k", "value": "v"}
    _fill(
        state,
        weights,
        encoder,
        "attention.self.{}",
        parts,
        "attention.output.dense",
        "attention.output.LayerNorm",
    )
    encoder.load_state_dict(state)
    return encoder


def load_mpnet(folder: Path, dropout: float = 0.1) -> Encoder:
    """An MPNet encoder from `config.json` and `model.safetensors`."""
    weights, config = _read(folder)
    encoder = Encoder(_shape(config, first_position=2, relative_buckets=32), dropout)
    state = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "relative.weight": weights["encoder.relative_attention_bias.weight"],
    }
    parts = {"q": "q", "k": "k", "v": "v"}
    _fill(
        state,
        weights,
        encoder,
        "attention.attn.{}",
        parts,
        "attention.attn.o",
        "attention.LayerNorm",
    )
    encoder.load_state_dict(state)
    return encoder


def _read(folder: Path) -> tuple[dict[str, Tensor], dict[str, int]]:
    return load_file(folder / "model.safetensors"), json.loads((folder / "config.json").read_text())


def _shape(config: dict[str, int], first_position: int = 0, relative_buckets: int = 0) -> Shape:
    return Shape(
        config["vocab_size"],
        config["max_position_embeddings"],
        config["hidden_size"],
        config["num_attention_heads"],
        config["num_hidden_layers"],
        config["intermediate_size"],
        first_position,
        relative_buckets,
    )


def _fill(
    state: dict[str, Tensor],
    weights: dict[str, Tensor],
    encoder: Encoder,
    attention: str,
    parts: dict[str, str],
    out: str,
    norm: str,
) -> None:
    for kind in ("weight", "bias"):
        state[f"norm.{kind}"] = weights[f"embeddings.LayerNorm.{kind}"]
        for i in range(encoder.shape.layers):
            at = f"encoder.layer.{i}."
            state[f"layers.{i}.qkv.{kind}"] = torch.cat(
                [weights[f"{at}{attention.format(part)}.{kind}"] for part in parts]
            )
            for mine, theirs in (
                ("out", out),
                ("norm1", norm),
                ("inner", "intermediate.dense"),
                ("outer", "output.dense"),
                ("norm2", "output.LayerNorm"),
            ):
                state[f"layers.{i}.{mine}.{kind}"] = weights[f"{at}{theirs}.{kind}"]
