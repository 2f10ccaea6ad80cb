"""The training code where torch is installed (`make train`): labels, links, export."""

import random
import sys
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from onnxruntime import InferenceSession  # noqa: E402

from reframing.documents.records import Span  # noqa: E402
from training.encoder import Dropout, Encoder, Shape  # noqa: E402
from training.export import graph_of  # noqa: E402
from training.fit import thinned  # noqa: E402
from training.gold import ATTRIBUTION, LINKS, polnear_units  # noqa: E402
from training.label import LINKED, asked  # noqa: E402
from training.model import Model, soft_loss  # noqa: E402
from training.quantise import calibrate, numbers_of  # noqa: E402
from training.units import BERT, IGNORED, batches, collate, unit  # noqa: E402
from validation.exams.polnear import (  # noqa: E402
    GoldAttribution,
    GoldDocument,
)

TEXT = "Pier to close\nThe warden said the pier may shut. It is old, she added."


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def document() -> GoldDocument:
    first = GoldAttribution(
        (at("The warden"),), (at("said"),), (at("the pier may shut"), at("It is old"))
    )
    second = GoldAttribution((at("she"),), (at("added"),), ())
    return GoldDocument("pier", "a1", TEXT, (first, second))


def words_with(unit_, task: str, label: int) -> list[str]:
    tags = unit_.tags[task]
    return [TEXT[s:e] for s, e, t in zip(unit_.starts, unit_.ends, tags, strict=True) if t == label]


def test_words_of_each_part_have_its_labels(document: GoldDocument) -> None:
    _, first, _ = polnear_units(document)
    assert words_with(first, "attribution", ATTRIBUTION.index("B-source")) == ["The"]
    assert words_with(first, "attribution", ATTRIBUTION.index("I-source")) == ["warden"]
    assert words_with(first, "attribution", ATTRIBUTION.index("B-cue")) == ["said"]
    assert words_with(first, "attribution", ATTRIBUTION.index("I-content")) == [
        "pier",
        "may",
        "shut",
    ]


def test_links_name_the_place_of_the_other_end(document: GoldDocument) -> None:
    _, first, second = polnear_units(document)
    assert words_with(first, "source_link", LINKS.index("-1")) == ["said"]
    assert words_with(first, "cue_link", LINKS.index("-1")) == ["the", "pier", "may", "shut"]
    assert words_with(second, "cue_link", LINKS.index("earlier")) == ["It", "is", "old"]


def test_pieces_inside_a_word_have_no_label() -> None:
    (title, *_) = polnear_units(GoldDocument("a", "b", "Unforeseeable\nSo.", ()))
    assert title.tags["attribution"] == [0] + [IGNORED] * (len(title.ids) - 1)


def test_batches_hold_every_unit_once() -> None:
    units = [unit("a", "word " * n) for n in (3, 90, 1, 40, 7, 7)]
    made = list(batches(units, 128, random.Random(3)))
    assert sorted(i for batch in made for i in batch) == list(range(len(units)))
    assert all(
        len(batch) == 1 or len(batch) * max(len(units[i].ids) + 2 for i in batch) <= 128
        for batch in made
    )


def test_exported_network_says_what_the_model_says() -> None:
    torch.manual_seed(0)
    shape = Shape(vocabulary=30522, positions=64, hidden=64, heads=4, layers=2, inner=64)
    model = Model(Encoder(shape), {"hedge": 3}, {"bias": 1}, {"sentiment": 3}).eval()
    units = [unit("a", text) for text in ("The pier may shut.", "It is old, she added, and bent.")]
    network = graph_of(numbers_of(model, calibrate(model, units))).SerializeToString()
    session = InferenceSession(network, providers=["CPUExecutionProvider"])
    for u in units:
        batch = collate([u], BERT)
        n = len(u.ids) + 2
        given = {"ids": batch.ids[:, :n].T.numpy(), "flags": batch.flags[:, :n].T.numpy()}
        given["padding"] = np.zeros((1, 1, 1, n), np.float32)
        logits = session.run(["logits"], given)[0][:, 0]
        with torch.no_grad():
            expected = model(batch)
        assert np.abs(logits[:, :3] - expected["hedge"][0, :n].numpy()).max() < 0.03
        assert logits[:, 3].mean() == pytest.approx(expected["bias"][0, 0].item(), abs=0.02)


def test_dropout_drops_its_share_and_keeps_the_mean() -> None:
    torch.manual_seed(0)
    dropout = Dropout(0.1)
    x = torch.ones(200, 500)
    dropped = dropout(x)
    assert (dropped == 0).float().mean() == pytest.approx(0.1, abs=0.005)
    assert dropped.mean() == pytest.approx(1, abs=0.01)
    assert not torch.equal(dropped, dropout(x))
    assert torch.equal(dropout.eval()(x), x)


def test_a_teacher_says_links_of_cues_and_contents_alone() -> None:
    attribution = torch.full((3, 7), -9.0)
    for word, label in enumerate(("O", "B-cue", "I-content")):
        attribution[word, ATTRIBUTION.index(label)] = 0.0
    links = {link: torch.zeros(3, 7) for link in LINKED}
    said = asked({"attribution": attribution, "sentiment": torch.zeros(3), **links}, False)
    assert "sentiment" not in said
    assert said["source_link"].isnan().all(1).tolist() == [True, False, True]
    assert said["cue_link"].isnan().all(1).tolist() == [True, True, False]


def test_words_of_which_the_teacher_says_nothing_cost_nothing() -> None:
    u = unit("a", "The pier may shut")
    logits = torch.zeros(1, len(u.ids) + 2, 3)
    told = torch.log_softmax(torch.tensor([[4.0, 0, 0]] * 4), -1)
    u.soft = {"hedge": told}
    everything = soft_loss("hedge", logits, [u])
    told[2:] = torch.nan
    assert soft_loss("hedge", logits, [u]) == pytest.approx(everything.item())
    told[:] = torch.nan
    assert soft_loss("hedge", logits, [u]) == 0


def test_units_with_a_marked_word_are_never_thinned_out() -> None:
    plain, marked = unit("a", "The pier shuts"), unit("a", "The pier may shut")
    plain.tags["hedge"], marked.tags["hedge"] = [0, 0, 0], [0, 0, 1, IGNORED]
    units = [plain, marked] * 500
    kept = thinned(units, 0.35, random.Random(2))
    assert set(range(1, 1000, 2)) <= set(kept)
    assert len(kept) - 500 == pytest.approx(175, abs=30)
    assert thinned(units, 1.0, random.Random(2)) == list(range(1000))
