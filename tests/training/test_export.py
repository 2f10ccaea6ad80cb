"""Graphs of networks from plain numbers, where onnx is installed (`make train`)."""

import sys
from math import erf
from pathlib import Path

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from onnxruntime import InferenceSession  # noqa: E402

from training.export import MICROSOFT, Numbers, graph_of, numbers_in, weights_of  # noqa: E402

EVERYWHERE_EQUAL = {
    *("Add", "Div", "Mul", "Sub", "Sqrt"),  # one rounded operation an element
    *("Exp", "Gelu"),  # one polynomial, in steps of multiply-and-add
    *("FusedMatMul", "MatMul"),  # added in the order of the inner dimension
    *("MatMulIntegerToFloat", "QuantizeLinear"),  # integers
    *("BitShift", "BitwiseAnd", "Cast", "Concat", "Gather", "ReduceMax"),
    *("Reshape", "Shape", "Slice", "Transpose"),
}
"""Operators that gave the same bits on every class of processors with FMA (docs/processors.md)."""


def numbers(hidden: int = 64, heads: int = 2, words: int = 40) -> Numbers:
    """Numbers of a network of one layer, drawn at random."""
    draw = np.random.default_rng(5)

    def floats(*shape: int) -> np.ndarray:
        return draw.normal(size=shape).astype(np.float32)

    found = {
        "words": draw.integers(0, 256, (words, hidden // 2)).astype(np.uint8),
        "word_scales": np.abs(floats(words, hidden // 64, 1)) / 7,
        "positions": floats(20, 1, hidden),
        "flag_rows": floats(2, hidden),
        "apart": np.array([0, 0, heads, hidden // heads]),
        "heads.weight": floats(hidden, 5),
        "heads.bias": floats(5),
    }
    for norm in ("norm", "layers.0.norm1", "layers.0.norm2"):
        found |= {f"encoder.{norm}.weight": floats(hidden), f"encoder.{norm}.bias": floats(hidden)}
    for name in ("qkv", "out", "inner", "outer"):
        found[f"encoder.layers.0.{name}.scale"] = np.array([0.03], np.float32)
        found[f"encoder.layers.0.{name}.zero"] = np.array([128], np.uint8)
    sizes = dict.fromkeys(("q", "k", "v", "out"), (hidden, hidden))
    sizes |= {"inner": (hidden, 2 * hidden), "outer": (2 * hidden, hidden)}
    for name, (inputs, outputs) in sizes.items():
        at = f"encoder.layers.0.{name}."
        found[at + "weight"] = draw.integers(-63, 64, (inputs, outputs)).astype(np.int8)
        found[at + "scales"] = np.abs(floats(outputs)) / 500
        found[at + "bias"] = floats(outputs)
    return found


def said(ids: list[list[int]], flags: list[list[int]]) -> list[np.ndarray]:
    """The logits (length, columns) of each row, read in one batch with the shorter ones padded."""
    session = InferenceSession(graph_of(numbers()).SerializeToString())
    longest = max(map(len, ids))
    rows = [[*row, *[0] * (longest - len(row))] for row in ids]
    flagged = [[*row, *[0] * (longest - len(row))] for row in flags]
    padding = [[[[0.0] * len(row) + [-np.inf] * (longest - len(row))]] for row in ids]
    given = {"ids": np.array(rows).T, "flags": np.array(flagged).T}
    given["padding"] = np.array(padding, np.float32)
    logits = session.run(["logits"], given)[0]
    return [logits[: len(row), i] for i, row in enumerate(ids)]


def test_a_network_is_written_anew_from_its_own_file() -> None:
    written = graph_of(numbers())
    assert graph_of(numbers_in(written)).SerializeToString() == written.SerializeToString()


@pytest.mark.parametrize("name", ["annotator", "targets", "encoder"])
def test_the_networks_are_what_is_written_from_their_numbers(name: str) -> None:
    network = (ROOT / "models" / name / "network.onnx").read_bytes()
    assert graph_of(numbers_in(onnx.load_from_string(network))).SerializeToString() == network


def test_the_weights_of_a_network_can_be_learned_from() -> None:
    """Queries, keys and values are one layer again, and queries are as they were before they were scaled."""
    n = numbers()
    weights = weights_of(n)
    floats = {
        part: (n[f"encoder.layers.0.{part}.weight"] * n[f"encoder.layers.0.{part}.scales"]).T
        for part in ("q", "k", "v", "out", "inner", "outer")
    }
    assert weights["layers.0.qkv.weight"] == pytest.approx(
        np.concatenate([floats["q"] * 32**0.5, floats["k"], floats["v"]])
    )
    for part in ("out", "inner", "outer"):
        assert weights[f"layers.0.{part}.weight"] == pytest.approx(floats[part])
        assert np.array_equal(weights[f"layers.0.{part}.bias"], n[f"encoder.layers.0.{part}.bias"])
    steps = np.concatenate([n["words"][9] & 15, n["words"][9] >> 4]).astype(float) - 8
    assert weights["words.weight"][9] == pytest.approx(steps * np.repeat(n["word_scales"][9], 64))


def test_a_network_that_ships_has_the_weights_of_an_encoder() -> None:
    network = onnx.load(ROOT / "models/annotator/network.onnx")
    layer = {"qkv": (1152, 384), "out": (384, 384), "inner": (1536, 384), "outer": (384, 1536)}
    expected = {"words.weight": (30522, 384), "norm.weight": (384,), "norm.bias": (384,)}
    for i in range(6):
        for name, shape in layer.items():
            expected |= {f"layers.{i}.{name}.weight": shape, f"layers.{i}.{name}.bias": shape[:1]}
        for norm in ("norm1", "norm2"):
            expected |= dict.fromkeys(
                (f"layers.{i}.{norm}.weight", f"layers.{i}.{norm}.bias"), (384,)
            )
    assert {name: of.shape for name, of in weights_of(numbers_in(network)).items()} == expected


def test_every_operator_is_one_that_gives_the_same_on_every_processor() -> None:
    nodes = graph_of(numbers()).graph.node
    assert {node.op_type for node in nodes} <= EVERYWHERE_EQUAL
    assert {node.op_type for node in nodes if node.domain == MICROSOFT} == {
        *("FusedMatMul", "Gelu", "MatMulIntegerToFloat")
    }


def test_no_integer_product_is_given_a_bias_to_fuse() -> None:
    nodes = [n for n in graph_of(numbers()).graph.node if n.op_type == "MatMulIntegerToFloat"]
    assert [len(node.input) for node in nodes] == [5] * 6


def test_a_row_says_the_same_alone_and_in_a_batch() -> None:
    ids = [[1, 9, 30, 2], [1, 5, 5, 2], [1, 7, 2], [1, *range(3, 18), 2]]
    flags = [[0, 1, 1, 0], [0, 0, 0, 0], [0, 1, 0], [0] * 17]
    for row, together in enumerate(said(ids, flags)):
        assert np.array_equal(together, said(ids[row : row + 1], flags[row : row + 1])[0])


def test_norms_and_attention_are_those_of_a_transformer() -> None:
    """One layer by the textbook, with the integers turned into floats."""
    n, ids = numbers(), np.array([1, 9, 30, 7, 2])
    low, high = n["words"][ids] & 15, n["words"][ids] >> 4
    steps = np.concatenate([low, high], -1).astype(float) - 8
    x = (steps.reshape(5, -1, 64) * n["word_scales"][ids]).reshape(5, -1)
    x = normed(n, "encoder.norm", x + n["positions"][:5, 0] + n["flag_rows"][0])
    q, k, v = (
        each.reshape(5, 2, 32).transpose(1, 0, 2)
        for each in (linear(n, part, x, "qkv") for part in "qkv")
    )
    weights = np.exp(q @ k.transpose(0, 2, 1))
    mixed = (weights / weights.sum(-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(5, 64)
    x = normed(n, "encoder.layers.0.norm1", x + linear(n, "out", mixed))
    inner = linear(n, "inner", x)
    inner = inner * (1 + np.vectorize(erf)(inner / 2**0.5)) / 2
    x = normed(n, "encoder.layers.0.norm2", x + linear(n, "outer", inner))
    expected = x @ n["heads.weight"] + n["heads.bias"]
    assert said([ids.tolist()], [[0] * 5])[0] == pytest.approx(expected, abs=0.05)


def normed(n: Numbers, name: str, x: np.ndarray) -> np.ndarray:
    scaled = (x - x.mean(-1, keepdims=True)) / x.std(-1, keepdims=True)
    return scaled * n[name + ".weight"] + n[name + ".bias"]


def linear(n: Numbers, name: str, x: np.ndarray, of_input: str = "") -> np.ndarray:
    at = f"encoder.layers.0.{name}."
    scale, zero = (n[f"encoder.layers.0.{of_input or name}.{each}"] for each in ("scale", "zero"))
    steps = np.clip(np.rint(x / scale) + zero, 0, 255) - zero
    return steps @ n[at + "weight"] * scale * n[at + "scales"] + n[at + "bias"]
