"""A trained model as an ONNX graph in 8-bit integers with fixed scales.

Each linear layer of the encoder is QuantizeLinear (unsigned 8 bit, scale fixed by calibration) and
MatMulIntegerToFloat with 7-bit weights, one scale an output channel; embeddings are 4-bit rows with one
scale for 64 columns. Everything else stays in 32-bit floats. onnxruntime has fused operators for sums
with their norm and for gathering rows of blocks; they are several times slower on a CPU than the plain
ones that stand here. Fixed scales make a result independent of its batch; 7 bits
keep the 16-bit sums of processors without VNNI from saturating.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from reframing.neural.pieces import LONGEST
from training.model import Model
from training.units import BERT, Unit, batches, collate

MICROSOFT = "com.microsoft"
WEIGHT_TOP = 63
BLOCK = 64
Ranges = Mapping[str, tuple[float, float]]


@torch.no_grad()
def calibrate(
    model: Model, units: Sequence[Unit], share: float = 1.0
) -> dict[str, tuple[float, float]]:
    """The range of what enters each linear layer; with `share` < 1 the mean of that share of batch extremes."""
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


class Graph:
    """Nodes and constants under construction."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: object) -> str:
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def node(
        self, kind: str, inputs: Sequence[str], domain: str = "", n: int = 1, **given: object
    ) -> str:
        names = [f"{kind}_{len(self.nodes)}_{i}" for i in range(n)]
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, **given))
        return names[0] if n == 1 else " ".join(names)


def graph_of(model: Model, ranges: Ranges) -> onnx.ModelProto:
    """The graph: `ids`, `flags` (batch, length) to `logits` (batch, length, columns); nothing is padded."""
    state = {k: v.detach().float().numpy() for k, v in model.state_dict().items()}
    g = Graph()
    x = _embedded(g, state)
    for i in range(model.encoder.shape.layers):
        x = _layer(g, state, f"encoder.layers.{i}.", x, model.encoder.shape.heads, ranges)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
        for name in ("ids", "flags")
    ]
    graph = helper.make_graph(
        g.nodes, "annotator", inputs, [_heads(g, state, model, x)], list(g.constants.values())
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="reframing")


def _embedded(g: Graph, state: Mapping[str, NDArray[np.float32]]) -> str:
    rows, scales = in_blocks(state["encoder.words.weight"])
    half = rows.shape[1] // 2
    steps = (rows + 8).astype(np.uint8)
    packed = g.constant("words", steps[:, :half] | steps[:, half:] << 4)
    both = g.node("Gather", [packed, "ids"])
    low = g.node("BitwiseAnd", [both, g.constant("low_bits", np.uint8(15))])
    high = g.node("BitShift", [both, g.constant("half_byte", np.uint8(4))], direction="RIGHT")
    x = g.node("Cast", [g.node("Concat", [low, high], axis=-1)], to=TensorProto.FLOAT)
    x = g.node("Sub", [x, g.constant("middle", np.float32(8))])
    x = g.node("Reshape", [x, g.constant("blocks", np.array([0, 0, -1, BLOCK]))])
    scale = g.node("Gather", [g.constant("word_scales", scales[..., None]), "ids"])
    x = g.node("Mul", [x, scale])
    x = g.node("Reshape", [x, g.constant("joined", np.array([0, 0, 2 * half]))])
    length = g.node("Shape", ["ids"], start=1, end=2)
    zero = g.constant("zero", np.array([0]))
    positions = g.constant("positions", state["encoder.positions.weight"][: LONGEST + 2])
    places = g.node("Slice", [positions, zero, length, zero])
    x = g.node("Add", [x, places])
    x = g.node(
        "Add", [x, g.node("Gather", [g.constant("flag_rows", state["flags.weight"]), "flags"])]
    )
    return _norm(g, state, "encoder.norm", x)


def in_blocks(weight: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Embeddings (rows, columns) as 4-bit integers, each block of columns with the scale that errs least."""
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


def _layer(
    g: Graph,
    state: Mapping[str, NDArray[np.float32]],
    at: str,
    x: str,
    heads: int,
    ranges: Ranges,
) -> str:
    hidden = state[at + "out.weight"].shape[0]
    size = hidden // heads
    weight, offset = state[at + "qkv.weight"].copy(), state[at + "qkv.bias"].copy()
    weight[:hidden] *= size**-0.5
    offset[:hidden] *= size**-0.5
    joint = _linear(g, at + "qkv", x, weight, offset, ranges)
    apart = g.node("Reshape", [joint, g.constant("apart", np.array([0, 0, 3 * heads, size]))])
    turned = g.node("Transpose", [apart], perm=[0, 2, 1, 3])
    q, k, v = g.node("Split", [turned], n=3, axis=1, num_outputs=3).split()
    weights = g.node("Softmax", [g.node("FusedMatMul", [q, k], MICROSOFT, transB=1)], axis=-1)
    mixed = g.node("Transpose", [g.node("MatMul", [weights, v])], perm=[0, 2, 1, 3])
    mixed = g.node("Reshape", [mixed, "joined"])
    out = _linear(g, at + "out", mixed, state[at + "out.weight"], state[at + "out.bias"], ranges)
    x = _norm(g, state, at + "norm1", g.node("Add", [x, out]))
    inner = _linear(
        g, at + "inner", x, state[at + "inner.weight"], state[at + "inner.bias"], ranges
    )
    inner = g.node("Gelu", [inner], MICROSOFT)
    outer = _linear(
        g, at + "outer", inner, state[at + "outer.weight"], state[at + "outer.bias"], ranges
    )
    return _norm(g, state, at + "norm2", g.node("Add", [x, outer]))


def quantised(weight: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights (out, in) as 7-bit integers and one scale an output channel."""
    scale = np.abs(weight).max(1) / WEIGHT_TOP
    return np.rint(weight / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def _linear(
    g: Graph,
    name: str,
    x: str,
    weight: NDArray[np.float32],
    bias: NDArray[np.float32],
    ranges: Ranges,
) -> str:
    integers, scales = quantised(weight)
    low, high = ranges[name.removeprefix("encoder.")]
    low, high = min(low, 0.0), max(high, 0.0)
    step = np.float32((high - low) / 255)
    scale = g.constant(name + ".scale", step)
    zero = g.constant(name + ".zero", np.uint8(round(-low / float(step))))
    given = g.node("QuantizeLinear", [x, scale, zero])
    weights = [
        g.constant(name + ".weight", integers.T),
        scale,
        g.constant(name + ".scales", scales),
    ]
    zeros = [zero, g.constant(name + ".zeros", np.zeros(len(scales), np.int8))]
    inputs = [given, *weights, *zeros, g.constant(name + ".bias", bias)]
    return g.node("MatMulIntegerToFloat", inputs, MICROSOFT)


def _norm(g: Graph, state: Mapping[str, NDArray[np.float32]], name: str, x: str) -> str:
    weight = g.constant(name + ".weight", state[name + ".weight"])
    bias = g.constant(name + ".bias", state[name + ".bias"])
    return g.node("LayerNormalization", [x, weight, bias], axis=-1, epsilon=1e-12)


def _heads(
    g: Graph, state: Mapping[str, NDArray[np.float32]], model: Model, x: str
) -> onnx.ValueInfoProto:
    """All heads as one matrix over the token vectors.

    Heads are linear, so the mean of their outputs over a sentence is their output for the mean vector:
    the reader takes it, in a fixed order of sums. A target's head has two blocks of columns, for the mean
    over all tokens and for that over the flagged ones.
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
    weight, bias = np.concatenate(weights), np.concatenate(biases)
    product = g.node("MatMul", [x, g.constant("heads.weight", weight.T)])
    g.nodes.append(helper.make_node("Add", [product, g.constant("heads.bias", bias)], ["logits"]))
    return helper.make_tensor_value_info(
        "logits", TensorProto.FLOAT, ["batch", "length", len(bias)]
    )
