"""Stage `labels`: what the teacher says of every unit that the students learn from."""

from collections.abc import Sequence

import torch
from torch import Tensor

from training.corpora import Corpora, read_corpora
from training.encoders import mpnet
from training.predict import predict
from training.pseudo import targets_of
from training.teach import WORK, teacher
from training.units import Unit

ANNOTATOR = ("polnear", "szeged", "babe", "certainty", "claims")
TARGETS = ("newsmtsc", "pseudo")
Labels = dict[str, list[dict[str, Tensor]]]


def main() -> None:
    model, vocabulary = teacher(WORK), mpnet(WORK)[1]
    model.load_state_dict(torch.load(WORK / "teacher.pt"))
    gold = read_corpora((*ANNOTATOR, "newsmtsc"), pairs=False)
    labels: Labels = {}
    for name, units in training_units(gold).items():
        predicted = predict(model, units, vocabulary, pieces=4096)
        labels[name] = [_asked(of_unit, name) for of_unit in predicted]
    torch.save(labels, WORK / "labels.pt")


def training_units(gold: Corpora) -> dict[str, Sequence[Unit]]:
    """The units of training by corpus; `pseudo` are sentences with targets that no one has judged."""
    units: dict[str, Sequence[Unit]] = dict(gold.part("train"))
    if "newsmtsc" in gold.units:
        units["pseudo"] = targets_of(gold.units["polnear"]["train"])
    return units


def _asked(predicted: dict[str, Tensor], corpus: str) -> dict[str, Tensor]:
    """Sentiment where a target is flagged, everything else where none is."""
    of_target = corpus in TARGETS
    return {
        task: value.clone()
        for task, value in predicted.items()
        if (task == "sentiment") == of_target
    }


def add_labels(units: dict[str, Sequence[Unit]], labels: Labels) -> None:
    """Give each unit its teacher's labels."""
    for name, of_corpus in units.items():
        for u, soft in zip(of_corpus, labels[name], strict=True):
            u.soft = soft


if __name__ == "__main__":
    main()
