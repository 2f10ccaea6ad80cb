"""The trained networks as they run: decoding, windows, independence of the batch, hashes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.errors import InputError
from reframing.documents.records import Span
from reframing.documents.sentences import sentence_spans
from reframing.networks import tagger
from reframing.networks.network import (
    _PADDING,
    _PIECES,
    LONGEST,
    Floats,
    Input,
    Network,
    _batches,
    load_network,
    models_folder,
    pieces_of,
    read_card,
    windows,
)
from reframing.networks.tagger import (
    Passage,
    SentenceReading,
    _known,
    best_paths,
    embed,
    read,
)

LABELS = ("O", "B-cue", "I-cue", "B-content", "I-content")
TEXT = (
    "The harbour board said the crane may be unsafe. “We will not run it,” Ana Reyes, its head, told "
    "reporters. Critics called the delay a disgrace. 17 ships wait."
)


@pytest.fixture(scope="module")
def network() -> Network:
    return load_network("annotator")


def read_text(network: Network, text: str) -> list[SentenceReading]:
    return read(network, [Passage(text, sentence_spans(text), [])])[0]


def same(a: SentenceReading, b: SentenceReading) -> bool:
    return all(np.array_equal(a.words[head], b.words[head]) for head in a.words) and all(
        np.array_equal(a.scores[head], b.scores[head]) for head in a.scores
    )


def legal(path: tuple[int, ...], running_on: bool) -> bool:
    names = [LABELS[i] for i in path]
    for before, after in zip(["O", *names], names, strict=False):
        if after.startswith("I") and (before == "O" or before[1:] != after[1:]):
            return False
    return running_on or not names or not names[0].startswith("I")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5), st.integers(0, 2**32 - 1))
def test_best_path_is_the_best_of_all_legal_ones(words: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(1, words, len(LABELS))).astype(np.float32)
    (path,) = best_paths(scores, [words], LABELS)
    every = (p for p in product(range(len(LABELS)), repeat=words) if legal(p, running_on=False))
    best = max(every, key=lambda p: sum(float(scores[0, t, k]) for t, k in enumerate(p)))
    assert tuple(path) == best


def test_path_may_open_inside_only_where_its_kind_may_run_on() -> None:
    scores = np.zeros((1, 2, len(LABELS)), np.float32)
    scores[0, 0, LABELS.index("I-content")] = 5
    (closed,) = best_paths(scores, [2], LABELS)
    (opened,) = best_paths(scores, [2], LABELS, running_on=("I-content",))
    assert LABELS[closed[0]] != "I-content"
    assert LABELS[opened[0]] == "I-content"


def test_rows_of_other_lengths_do_not_change_a_path() -> None:
    scores = np.random.default_rng(4).normal(size=(3, 9, len(LABELS))).astype(np.float32)
    together = best_paths(scores, [4, 9, 0], LABELS)
    (alone,) = best_paths(scores[:1, :4], [4], LABELS)
    assert np.array_equal(together[0], alone)
    assert len(together[2]) == 0


def test_words_of_a_sentence_slice_to_themselves() -> None:
    (pieces,) = pieces_of("Über-naïve café: $4.50!", [Span(0, 23)], [])
    words = ["Über", "-", "naïve", "café", ":", "$", "4", ".", "50", "!"]
    text = "Über-naïve café: $4.50!"
    assert [text[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)] == words


@pytest.mark.parametrize("n", [3, 254, 255, 900])
def test_windows_hold_every_word_and_none_is_too_long(n: int) -> None:
    text = " ".join(["harbour"] * n)
    (pieces,) = pieces_of(text, [Span(0, len(text))], [])
    made = windows(pieces)
    assert all(len(window.ids) <= LONGEST for window in made)
    assert {int(start) for window in made for start in window.starts} == set(pieces.starts.tolist())


def test_reading_of_a_long_sentence_has_each_word_once(network: Network) -> None:
    text = " ".join(["the board said that ships may wait and"] * 120)
    (reading,) = read_text(network, text)
    assert len(reading.words["attribution"]) == len(text.split())


@pytest.mark.parametrize("name", ["annotator", "changes", "encoder", "targets"])
def test_logits_are_the_same_alone_and_padded_in_a_batch(name: str) -> None:
    network, draw = load_network(name), np.random.default_rng(3)
    inputs = [
        Input(draw.integers(1000, 20000, n), draw.integers(0, 2, n)) for n in (2, 3, 5, 9, 9, 11)
    ]
    together = dict(network.run(inputs))
    assert sorted(together) == list(range(len(inputs)))
    for i, one in enumerate(inputs):
        ((_, alone),) = network.run([one])
        assert len(alone) == len(one.ids)
        assert np.array_equal(together[i], alone)


@given(st.lists(st.integers(2, LONGEST + 2), max_size=60))
def test_batches_hold_every_input_once_with_little_padding(lengths: list[int]) -> None:
    made = list(_batches(lengths))
    assert sorted(i for batch in made for i in batch) == list(range(len(lengths)))
    for batch in made:
        longest = max(lengths[i] for i in batch)
        assert lengths[batch[0]] == longest
        assert sum(longest - lengths[i] for i in batch) <= _PADDING
        assert len(batch) == 1 or len(batch) * longest <= _PIECES


def test_a_sentence_is_read_once(network: Network) -> None:
    read_for: list[int] = []

    class Counting(Network):
        def run(self, inputs: Sequence[Input]) -> Iterator[tuple[int, Floats]]:
            read_for.append(len(inputs))
            return network.run(inputs)

    counting = Counting(replace(network.card, sha256="counted"), network._session)
    text = "Otters bit the mayor. Rain fell on Vardal. Otters bit the mayor."
    first = read_text(counting, text)
    again = read_text(counting, text)
    assert (read_for[0], sum(read_for)) == (2, 2)
    assert all(map(same, first, again))
    assert same(first[0], first[2])


def test_no_more_is_remembered_than_is_said(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tagger, "KEPT", 3)
    _known.clear()
    for text in ("One ship left. Two ships left. Three left. Four left. Five left.", "Six left."):
        assert len(read_text(network, text)) == len(sentence_spans(text))
        assert len(_known) <= 3


def test_of_a_sentence_vector_no_logits_of_words_are_remembered() -> None:
    _known.clear()
    embed(["The harbour board said on Monday that nobody would run the crane again this year."])
    ((_, logits),) = _known.items()
    assert sum(part.nbytes for part in logits[:3]) < 7_000


def test_reading_depends_on_the_sentence_alone(network: Network) -> None:
    together = read_text(network, TEXT)
    for span, reading in zip(sentence_spans(TEXT), together, strict=True):
        _known.clear()
        (alone,) = read_text(network, span.of(TEXT))
        assert same(alone, reading)


def test_spans_of_a_reading_lie_in_its_sentence(network: Network) -> None:
    for span, reading in zip(sentence_spans(TEXT), read_text(network, TEXT), strict=True):
        found = [one.span for of_head in reading.spans.values() for one in of_head]
        assert all(span.contains(one) and one.start < one.end for one in found)


@pytest.mark.parametrize("text", ["—", "👩\u200d👧", "…", "x" * 5000])
def test_odd_sentences_are_read(network: Network, text: str) -> None:
    assert len(read(network, [Passage(text, [Span(0, len(text))], [])])[0]) == 1


def test_an_offset_raises_the_labels_that_it_is_added_to(network: Network) -> None:
    labels = network.card.tokens["hedge"]
    words = sum(len(reading.words["hedge"]) for reading in read_text(network, TEXT))
    found = {}
    for added in (-50.0, 0.0, 50.0):
        offset = network.with_offsets({"hedge": (0.0, *[added] * (len(labels) - 1))})
        spans = [s for r in read_text(offset, TEXT) for s in r.spans["hedge"]]
        found[added] = sum(span.end - span.first for span in spans)
    assert found[-50.0] == 0
    assert 0 < found[0.0] < words
    assert found[50.0] == words


def test_weights_that_are_not_those_of_the_card_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(models_folder() / "annotator", tmp_path / "altered")
    with (tmp_path / "altered" / "network.onnx").open("ab") as file:
        file.write(b"\0")
    monkeypatch.setenv("REFRAMING_MODELS", str(tmp_path))
    with pytest.raises(InputError, match="sha256 differs"):
        load_network("altered")


def test_missing_network_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFRAMING_MODELS", str(tmp_path))
    with pytest.raises(InputError, match=r"card\.json: cannot be read"):
        load_network("nowhere")


def test_card_without_a_field_is_refused(tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text(json.dumps({"name": "annotator"}), encoding="utf8")
    with pytest.raises(InputError, match="is no card"):
        read_card(tmp_path / "card.json")


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("“It’s off,” he said…", '"It\'s off," he said...'),
        ("The crane — old — fell.", "The crane -- old -- fell."),
    ],
)
def test_typography_does_not_change_the_pieces(text: str, copy: str) -> None:
    (one,), (other,) = (pieces_of(t, [Span(0, len(t))], []) for t in (text, copy))
    assert one.ids.tolist() == other.ids.tolist()
    assert one.words.tolist() == other.words.tolist()
    assert other.ends[-1] == len(copy)


def test_ellipsis_is_one_word_with_all_its_stops() -> None:
    text = "He waited ... 3.5 hours."
    (pieces,) = pieces_of(text, [Span(0, len(text))], [])
    words = [text[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)]
    assert words == ["He", "waited", "...", "3", ".", "5", "hours", "."]


def test_nothing_is_reported_to_the_maker_of_the_runtime(tmp_path: Path) -> None:
    code = "from reframing.networks.network import load_network; load_network('encoder')"
    kept = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=kept | {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert (done.stdout, done.stderr) == ("", "")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
