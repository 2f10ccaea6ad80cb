"""Quantisation: weights and activations of a trained model as 8-bit integers with fixed scales.

Each linear layer has 7-bit weights with one scale per output channel, and a scale and zero point of its
input (unsigned 8 bit), fixed by calibration; word embeddings are 4-bit rows with one scale per 64
columns. Fixed scales make a result independent of its batch; 7 bits keep the 16-bit sums of processors
without VNNI from saturating.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from reframing.networks.network import LONGEST
from training.export import BLOCK, Numbers
from training.model import Model
from training.units import BERT, Unit, batches, collate

WEIGHT_TOP = 63
Ranges = Mapping[str, tuple[float, float]]


@torch.no_grad()
def calibrate(
    model: Model, units: Sequence[Unit], share: float = 1.0
) -> dict[str, tuple[float, float]]:
    """The range (low, high) of the input of each linear layer over the units.

    With `share` < 1, quantiles of the extremes of batches are taken instead of the most extreme values.
    """
    seen: dict[str, list[tuple[float, float]]] = {}
    handles = []
    for name, module in model.encoder.named_modules():
        if isinstance(module, nn.Linear):

            def note(_: nn.Module, given: tuple[torch.Tensor, ...], name: str = name) -> None:
                x = given[0]
                seen.setdefault(name, []).append((x.min().item(), x.max().item()))

            handles.append(module.register_forward_pre_hook(note))
    model.eval()
    for indices in batches(units, 2048):
        model(collate([units[i] for i in indices], BERT))
    for handle in handles:
        handle.remove()
    return {
        name: (
            float(np.quantile([a for a, _ in at], 1 - share)),
            float(np.quantile([b for _, b in at], share)),
        )
        for name, at in seen.items()
    }


def numbers_of(model: Model, ranges: Ranges) -> Numbers:
    """The quantised numbers of a network for `training.export.graph_of`, given the ranges of `calibrate`."""
    state = {k: v.detach().float().numpy() for k, v in model.state_dict().items()}
    shape = model.encoder.shape
    size = shape.hidden // shape.heads
    rows, scales = in_blocks(state["encoder.words.weight"])
    steps = (rows + 8).astype(np.uint8)
    half = rows.shape[1] // 2
    numbers = {
        "words": steps[:, :half] | steps[:, half:] << 4,
        "word_scales": scales[..., None],
        "positions": state["encoder.positions.weight"][: LONGEST + 2, None],
        "flag_rows": model.flags.weight.detach().float().numpy(),
        "apart": np.array([0, 0, shape.heads, size]),
    }
    for name in ("weight", "bias"):
        numbers[f"encoder.norm.{name}"] = state[f"encoder.norm.{name}"]
    for i in range(shape.layers):
        at = f"encoder.layers.{i}."
        for name in ("qkv.weight", "qkv.bias"):  # attention scores are scaled in the queries
            state[at + name] = state[at + name].copy()
            state[at + name][: shape.hidden] *= size**-0.5
        numbers |= _in_parts(_linear(state, at + "qkv", ranges), at)
        for name in ("out", "inner", "outer"):
            numbers |= _linear(state, at + name, ranges)
        for name in ("norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias"):
            numbers[at + name] = state[at + name]
    return numbers | _heads(state, model)


def in_blocks(weight: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Embeddings (rows, columns) as 4-bit integers, with the scale of least squared error for each block."""
    blocks = weight.reshape(len(weight), -1, BLOCK)
    top = np.maximum(np.abs(blocks).max(2), 1e-9) / 7
    scales, least = top, np.full(top.shape, np.inf)
    for share in np.linspace(0.6, 1, 9):
        scale = top * np.float32(share)
        error = ((_in_steps(blocks, scale) * scale[..., None] - blocks) ** 2).sum(2)
        scales, least = np.where(error < least, scale, scales), np.minimum(error, least)
    return _in_steps(blocks, scales).reshape(weight.shape).astype(np.int8), scales


def _in_steps(blocks: NDArray[np.float32], scale: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.clip(np.rint(blocks / scale[..., None]), -8, 7)


def quantised(weight: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights (out, in) as 7-bit integers, and one scale per output channel."""
    scale = np.abs(weight).max(1) / WEIGHT_TOP
    return np.rint(weight / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def _linear(state: Mapping[str, NDArray[np.float32]], name: str, ranges: Ranges) -> Numbers:
    integers, scales = quantised(state[name + ".weight"])
    low, high = ranges[name.removeprefix("encoder.")]
    low, high = min(low, 0.0), max(high, 0.0)
    step = np.float32((high - low) / 255)
    return {
        f"{name}.scale": np.array([step]),
        f"{name}.zero": np.array([round(-low / float(step))], np.uint8),
        f"{name}.weight": integers.T,
        f"{name}.scales": scales,
        f"{name}.bias": state[name + ".bias"],
    }


def _in_parts(of_all: Numbers, at: str) -> Numbers:
    """Queries, keys and values as three linear layers, with the scale of their common input."""
    found = {f"{at}qkv.{name}": of_all[f"{at}qkv.{name}"] for name in ("scale", "zero")}
    for name in ("weight", "scales", "bias"):
        parts = np.split(of_all[f"{at}qkv.{name}"], 3, axis=-1)
        found |= {f"{at}{one}.{name}": part for one, part in zip("qkv", parts, strict=True)}
    return found


def _heads(state: Mapping[str, NDArray[np.float32]], model: Model) -> Numbers:
    """All heads as one matrix over the token vectors.

    Heads are linear, so their mean output over a sentence equals their output for the mean vector; the
    runtime takes that mean, in a fixed order of sums. A target head has two blocks of columns, for the
    mean over all tokens and for the mean over the flagged ones.
    """
    weights, biases = [], []
    for kind in ("tokens", "sentences"):
        for name in getattr(model, kind):
            weights.append(state[f"{kind}.{name}.weight"])
            biases.append(state[f"{kind}.{name}.bias"])
    hidden = model.encoder.shape.hidden
    for name in model.targets:
        weight, bias = state[f"targets.{name}.weight"], state[f"targets.{name}.bias"]
        weights += [weight[:, :hidden], weight[:, hidden:]]
        biases += [bias, np.zeros_like(bias)]
    return {"heads.weight": np.concatenate(weights).T, "heads.bias": np.concatenate(biases)}
