"""The networks say the same on every processor: on this one what is published, and what emulated ones say."""

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from reframing.documents.records import Annotation, Marker, SentenceScores, Span
from reframing.networks.network import models_folder, read_card
from reframing.networks.processor import this_processor

ROOT = Path(__file__).resolve().parents[2]
NETWORKS = ("annotator", "targets", "encoder", "changes")
UNEQUAL = (b"Softmax", b"LayerNormalization", b"ReduceMean", b"ReduceSum", b"BiasGelu")
"""Operators whose kernels round differently from processor to processor, or may."""


@pytest.fixture
def processors(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import processors

    return processors


@pytest.fixture
def published(processors: ModuleType) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(processors.OUT.read_text(encoding="utf8"))
    return report


def exact(processor: str) -> bool:
    """Whether it multiplies and adds in one step, as x86-64 does from AVX2 on and ARM64 always."""
    return "FMA" in processor or processor.startswith("arm64")


def test_published_digests_are_those_of_the_networks_here(published: dict[str, Any]) -> None:
    versions = {name: read_card(models_folder() / name / "card.json").version for name in NETWORKS}
    assert published["networks"] == versions, "run benchmarks/processors.py for the new networks"


def test_processors_of_every_class_but_those_without_fma_say_the_same(
    published: dict[str, Any],
) -> None:
    alike = [row for row in published["classes"] if exact(row["processor"])]
    assert len({row["processor"] for row in alike}) >= 3
    for row in alike:
        assert row["digests"] == alike[0]["digests"], row["processor"]
        assert row["scores_moved"] == row["spans_moved"] == 0, row["processor"]


def test_this_processor_says_what_is_published(
    processors: ModuleType, published: dict[str, Any]
) -> None:
    if not exact(this_processor()):
        pytest.skip("without FMA the last bits differ")
    said = processors.digests((*processors.SHORT, processors.LONG))
    assert said == published["classes"][0]["digests"]


@pytest.mark.slow
def test_an_emulated_processor_says_what_this_one_says(processors: ModuleType) -> None:
    command = processors.command_of(processors.X86[0], None)
    if command is None or not exact(this_processor()):
        pytest.skip("needs qemu-user and an x86-64 processor with FMA")
    said = processors.said_by(command, "short")
    assert said["processor"] == "x86-64 with AVX2, FMA"
    assert said["digests"] == processors.said_here("short")["digests"]


@pytest.mark.parametrize("name", NETWORKS)
def test_networks_have_no_operator_that_rounds_by_processor(name: str) -> None:
    graph = (models_folder() / name / "network.onnx").read_bytes()
    assert [kind for kind in UNEQUAL if kind in graph] == []


def record(bias: float, *hedges: Span) -> Annotation:
    marked = tuple(Marker(span, "modal", "may") for span in hedges)
    scores = (SentenceScores(0.5, bias, 0.0, 1),)
    return Annotation("a", 9, (), scores, (), (), marked, (), ())


def test_moved_scores_and_spans_are_counted(processors: ModuleType) -> None:
    def said(*records: Annotation) -> dict[str, Any]:
        scores, spans = processors.leaves_of(records)
        return {"processor": "abacus", "digests": {}, "scores": scores, "spans": spans}

    here, there = said(record(0.25, Span(0, 4))), said(record(0.3, Span(0, 4), Span(7, 9)))
    row = processors.described(there, here)
    assert (row["scores_moved"], row["largest_move"], row["spans_moved"]) == (1, 0.05, 1)
    assert processors.described(here, here)["scores_moved"] == 0
