"""The numbers of a network as an ONNX graph that computes the same on every processor.

    python -m training.export NAME

This rewrites models/NAME, graph and card, from the numbers in its own network.onnx, without training.

onnxruntime has kernels for each kind of processor, and those of Softmax, LayerNormalization, ReduceMean,
ReduceSum and MatMulIntegerToFloat with a bias round differently. Their results are quantised again, which
turns a difference in the last bit into a visible one. Therefore sums over a row are products with a
constant matrix, which are added in the same order everywhere; all other steps are integer operations or
one rounded operation per element. docs/processors.md describes the measurements. Fused operators for
gathering rows of blocks and for a bias before Gelu are exact too, but several times slower on a CPU.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

MICROSOFT = "com.microsoft"
BLOCK = 64
MODELS = Path(__file__).resolve().parent.parent / "models"
Numbers = dict[str, NDArray[Any]]


def main(name: str) -> None:
    folder = MODELS / name
    digest = write_network(folder, numbers_in(onnx.load(folder / "network.onnx")))
    card = json.loads((folder / "card.json").read_text(encoding="utf8"))
    write_card(folder, card, digest)


def write_network(folder: Path, numbers: Numbers) -> str:
    """Write the graph of `numbers` as network.onnx; returns the SHA-256 of the file."""
    network = graph_of(numbers).SerializeToString()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "network.onnx").write_bytes(network)
    return sha256(network).hexdigest()


def write_card(folder: Path, card: Mapping[str, object], digest: str) -> None:
    """Write card.json for a network file with the given SHA-256."""
    named = {**card, "version": digest[:12], "sha256": digest}
    (folder / "card.json").write_text(json.dumps(named, indent=1) + "\n", encoding="utf8")


def numbers_in(network: onnx.ModelProto) -> Numbers:
    """The numbers of a network made by `graph_of`, by name."""
    return {each.name: numpy_helper.to_array(each) for each in network.graph.initializer}


def weights_of(numbers: Numbers) -> dict[str, NDArray[np.float32]]:
    """The weights of the encoder in a network, as floats by the names of `training.encoder.Encoder`.

    Queries, keys and values are one layer there, and queries are not scaled.
    """
    low, high = numbers["words"] & 15, numbers["words"] >> 4
    steps = np.concatenate([low, high], axis=-1).astype(np.float32) - 8
    blocks = steps.reshape(len(steps), -1, BLOCK) * numbers["word_scales"].reshape(
        len(steps), -1, 1
    )
    found = {"words.weight": blocks.reshape(len(steps), -1)}
    size = int(numbers["apart"][-1])
    for name in numbers:
        at, _, kind = name.removeprefix("encoder.").rpartition(".")
        if kind == "scales":
            found |= _linear_weights(numbers, at)
        elif "norm" in at:
            found[f"{at}.{kind}"] = numbers[name]
    for at in {name.rpartition(".q.")[0] for name in found if ".q." in name}:
        for kind in ("weight", "bias"):
            queries, keys, values = (found.pop(f"{at}.{part}.{kind}") for part in "qkv")
            scaled = queries * np.float32(size**0.5)
            found[f"{at}.qkv.{kind}"] = np.concatenate([scaled, keys, values])
    return found


def _linear_weights(numbers: Numbers, at: str) -> dict[str, NDArray[np.float32]]:
    """Weight (out, in) and bias of a quantised layer of the encoder."""
    integers, scales = numbers[f"encoder.{at}.weight"], numbers[f"encoder.{at}.scales"]
    weight = (integers.astype(np.float32) * scales).T
    return {f"{at}.weight": weight, f"{at}.bias": numbers[f"encoder.{at}.bias"]}


class Graph:
    """Nodes and constants of a graph under construction, with the numbers of the network."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def number(self, name: str) -> str:
        return self.constant(name, self.numbers[name])

    def constant(self, name: str, value: object) -> str:
        self.constants[name] = numpy_helper.from_array(np.array(value, order="C"), name)
        return name

    def node(self, kind: str, inputs: Sequence[str], domain: str = "", **given: object) -> str:
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], domain=domain, **given))
        return name


def graph_of(numbers: Numbers) -> onnx.ModelProto:
    """The graph from `ids` and `flags` (length, batch) to `logits` (length, batch, columns).

    The third input, `padding` (batch, 1, 1, length), is 0 on pieces and -inf on padding, to which no piece
    attends. Pieces come first in the order of the axes because then the products of attention read queries,
    keys and values where they lie.

    `numbers` has, by the names of `training.model.Model`: `scale`, `zero`, `weight`, `scales` and `bias`
    of each linear layer, where queries, keys and values are three that share `qkv.scale` and `qkv.zero`;
    `weight` and `bias` of each norm; `heads.weight` and `heads.bias`; `words` and `word_scales`, `positions`,
    `flag_rows`; and `apart`, the shape (0, 0, heads, size of a head) that separates the heads.
    """
    g = Graph(numbers)
    _constants(g)
    x = _embedded(g)
    for i in range(sum(name.endswith(".q.weight") for name in numbers)):
        x = _layer(g, f"encoder.layers.{i}.", x)
    product = g.node("MatMul", [x, g.number("heads.weight")])
    g.nodes.append(helper.make_node("Add", [product, g.number("heads.bias")], ["logits"]))
    columns = len(numbers["heads.bias"])
    logits = helper.make_tensor_value_info(
        "logits", TensorProto.FLOAT, ["length", "batch", columns]
    )
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["length", "batch"])
        for name in ("ids", "flags")
    ]
    padding = ["batch", 1, 1, "length"]
    inputs.append(helper.make_tensor_value_info("padding", TensorProto.FLOAT, padding))
    graph = helper.make_graph(g.nodes, "network", inputs, [logits], list(g.constants.values()))
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="reframing")


def _constants(g: Graph) -> None:
    """Constants that several nodes share."""
    longest, _, hidden = g.numbers["positions"].shape
    _, _, _, size = g.numbers["apart"]
    g.number("apart")
    g.constant("joined", np.array([0, 0, hidden]))
    g.constant("zero", np.array([0]))
    g.constant("last_axis", np.array([-1]))
    g.constant("mean", np.full((hidden, 1), 1 / hidden, np.float32))
    g.constant("epsilon", np.float32(1e-12))
    g.constant("ones", np.ones((longest, size), np.float32))
    g.nodes += [
        helper.make_node("Shape", ["ids"], ["length"], start=0, end=1),
        helper.make_node("Slice", ["ones", "zero", "length", "zero"], ["a_one_for_each_piece"]),
    ]


def _embedded(g: Graph) -> str:
    both = g.node("Gather", [g.number("words"), "ids"])
    low = g.node("BitwiseAnd", [both, g.constant("low_bits", np.uint8(15))])
    high = g.node("BitShift", [both, g.constant("half_byte", np.uint8(4))], direction="RIGHT")
    x = g.node("Cast", [g.node("Concat", [low, high], axis=-1)], to=TensorProto.FLOAT)
    x = g.node("Sub", [x, g.constant("middle", np.float32(8))])
    x = g.node("Reshape", [x, g.constant("blocks", np.array([0, 0, -1, BLOCK]))])
    x = g.node("Mul", [x, g.node("Gather", [g.number("word_scales"), "ids"])])
    x = g.node("Reshape", [x, "joined"])
    x = g.node("Add", [x, g.node("Slice", [g.number("positions"), "zero", "length", "zero"])])
    x = g.node("Add", [x, g.node("Gather", [g.number("flag_rows"), "flags"])])
    return _norm(g, "encoder.norm", x)


def _layer(g: Graph, at: str, x: str) -> str:
    given = _quantised(g, at + "qkv", x)
    q, k, v = (
        g.node("Reshape", [_product(g, at + "qkv", given, at + part), "apart"]) for part in "qkv"
    )
    scores = g.node("FusedMatMul", [q, k], MICROSOFT, transBatchA=1, transBatchB=1, transB=1)
    mixed = _attended(g, g.node("Add", [scores, "padding"]), v)
    mixed = g.node("Reshape", [g.node("Transpose", [mixed], perm=[2, 0, 1, 3]), "joined"])
    x = _norm(g, at + "norm1", g.node("Add", [x, _linear(g, at + "out", mixed)]))
    inner = g.node("Gelu", [_linear(g, at + "inner", x)], MICROSOFT)
    return _norm(g, at + "norm2", g.node("Add", [x, _linear(g, at + "outer", inner)]))


def _attended(g: Graph, scores: str, values: str) -> str:
    """Values weighted by the softmax of the scores, computed as (E·V) / (E·1) with E their exponentials.

    One column of ones would suffice, but for a single column onnxruntime uses other kernels.
    """
    highest = g.node("ReduceMax", [scores, "last_axis"], keepdims=1)
    exponentials = g.node("Exp", [g.node("Sub", [scores, highest])])
    sums = g.node("MatMul", [exponentials, "a_one_for_each_piece"])
    weighted = g.node("FusedMatMul", [exponentials, values], MICROSOFT, transBatchB=1)
    return g.node("Div", [weighted, sums])


def _linear(g: Graph, name: str, x: str) -> str:
    return _product(g, name, _quantised(g, name, x), name)


def _quantised(g: Graph, name: str, x: str) -> str:
    return g.node("QuantizeLinear", [x, g.number(name + ".scale"), g.number(name + ".zero")])


def _product(g: Graph, of_input: str, given: str, name: str) -> str:
    """A linear layer on an input that was quantised with the scale and zero point of `of_input`."""
    scale, zero = g.number(of_input + ".scale"), g.number(of_input + ".zero")
    weights = [g.number(name + ".weight"), scale, g.number(name + ".scales")]
    product = g.node("MatMulIntegerToFloat", [given, *weights, zero], MICROSOFT)
    return g.node("Add", [product, g.number(name + ".bias")])


def _norm(g: Graph, name: str, x: str) -> str:
    centred = g.node("Sub", [x, g.node("MatMul", [x, "mean"])])
    variance = g.node("MatMul", [g.node("Mul", [centred, centred]), "mean"])
    deviation = g.node("Sqrt", [g.node("Add", [variance, "epsilon"])])
    scaled = g.node("Mul", [g.node("Div", [centred, deviation]), g.number(name + ".weight")])
    return g.node("Add", [scaled, g.number(name + ".bias")])


if __name__ == "__main__":
    main(sys.argv[1])
