"""Stage `labels`: what the teacher says of every unit that the students learn from."""

from collections.abc import Sequence

import torch
from torch import Tensor

from training.corpora import Corpora, read_corpora
from training.encoders import mpnet
from training.gold import ATTRIBUTION
from training.predict import predict
from training.teach import WORK, teacher
from training.units import Unit
from training.unjudged import news, targets_of

ANNOTATOR = ("polnear", "szeged", "babe", "certainty", "claims")
LEARNED = {"annotator": (*ANNOTATOR, "news"), "targets": ("newsmtsc", "targets")}
"""What each network learns from: gold corpora, and sentences that only the teacher has judged."""

LINKED = {"source_link": ("B-cue", "I-cue"), "cue_link": ("B-content", "I-content")}
"""The words of which a link says anything."""

Labels = dict[str, list[dict[str, Tensor]]]


def main() -> None:
    model, vocabulary = teacher(WORK), mpnet(WORK)[1]
    model.load_state_dict(torch.load(WORK / "teacher.pt"))
    gold = read_corpora((*ANNOTATOR, "newsmtsc"), pairs=False)
    labels: Labels = {}
    for name, units in training_units(gold).items():
        predicted = predict(model, units, vocabulary, pieces=4096)
        labels[name] = [asked(of_unit, name in LEARNED["targets"]) for of_unit in predicted]
    torch.save(labels, WORK / "labels.pt")


def training_units(gold: Corpora) -> dict[str, Sequence[Unit]]:
    """The units of training by corpus: of the gold, of `news`, and of `targets` without gold sentiment."""
    units: dict[str, Sequence[Unit]] = dict(gold.part("train"))
    if "newsmtsc" in units:
        units["targets"] = targets_of(units["polnear"])
    if "babe" in units:
        units["news"] = news()
    return units


def asked(predicted: dict[str, Tensor], of_target: bool) -> dict[str, Tensor]:
    """Sentiment where a target is flagged, everything else where none is; links only of what has one."""
    if of_target:
        return {"sentiment": predicted["sentiment"].clone()}
    said = {task: value.clone() for task, value in predicted.items() if task != "sentiment"}
    role = said["attribution"].argmax(-1)
    for link, labels in LINKED.items():
        linked = torch.isin(role, torch.tensor([ATTRIBUTION.index(label) for label in labels]))
        said[link][~linked] = torch.nan
    return said


def add_labels(units: dict[str, Sequence[Unit]], labels: Labels, untaught: Sequence[str]) -> None:
    """Give each unit its teacher's labels, but for the heads that learn from gold alone."""
    for name, of_corpus in units.items():
        for u, soft in zip(of_corpus, labels[name], strict=True):
            u.soft = {head: said for head, said in soft.items() if head not in untaught}


if __name__ == "__main__":
    main()
