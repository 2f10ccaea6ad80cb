"""Stages `labels@…`: what a teacher says of every unit that the students learn from."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace

import torch
from torch import Tensor

from training.corpora import SENTENCE_TASKS, Corpora, read_corpora
from training.gold import ATTRIBUTION
from training.predict import Predicted, predict
from training.teach import TAUGHT, WORK, teacher
from training.units import Unit
from training.unjudged import news, targets_of

ANNOTATOR = ("polnear", "szeged", "babe", "certainty", "claims")
LEARNED = {"annotator": (*ANNOTATOR, "news"), "targets": ("newsmtsc", "targets")}
"""What each network learns from: gold corpora, and sentences that only the teachers have judged."""

WHOLE = frozenset(SENTENCE_TASKS)
"""Corpora of whole sentences, of which students learn `dev` too: choices for them were made on the teachers."""

LINKED = {"source_link": ("B-cue", "I-cue"), "cue_link": ("B-content", "I-content")}
"""The words of which a link says anything."""

Labels = Mapping[str, Sequence[Mapping[str, Tensor]]]


def main(name: str) -> None:
    model, vocabulary = teacher(name, WORK)
    model.load_state_dict(torch.load(WORK / f"teachers/{name}.pt"))
    gold = read_corpora((*ANNOTATOR, "newsmtsc"), pairs=False)
    said: dict[str, Predicted] = {}
    for corpus, units in training_units(gold).items():
        of_targets = corpus in LEARNED["targets"]
        if not of_targets or "sentiment" in model.targets:
            read = units if of_targets or name == "attribution" else list(map(unflagged, units))
            predicted = predict(model, read, vocabulary, pieces=4096)
            said[corpus] = [asked(of_unit, of_targets) for of_unit in predicted]
    (WORK / "labels").mkdir(exist_ok=True)
    torch.save(said, WORK / f"labels/{name}.pt")


def training_units(gold: Corpora) -> dict[str, Sequence[Unit]]:
    """What students learn from, by corpus: gold, `news`, and `targets` without gold sentiment."""
    units: dict[str, Sequence[Unit]] = {
        corpus: [*parts["train"], *(parts["dev"] if corpus in WHOLE else ())]
        for corpus, parts in gold.units.items()
    }
    if "newsmtsc" in units:
        units["targets"] = targets_of(units["polnear"])
    if "babe" in units:
        units["news"] = news()
    return units


def unflagged(u: Unit) -> Unit:
    """The unit without flags: to `wording` they are targets, and gold hedges are not of quotations."""
    return replace(u, flags=[0] * len(u.ids))


def asked(predicted: dict[str, Tensor], of_target: bool) -> dict[str, Tensor]:
    """Sentiment where a target is flagged, everything else where none is; links only of what has one."""
    if of_target:
        return {"sentiment": predicted["sentiment"].clone()}
    said = {task: value.clone() for task, value in predicted.items() if task != "sentiment"}
    for link, labels in LINKED.items():
        if link in said:
            linked = torch.tensor([ATTRIBUTION.index(label) for label in labels])
            said[link][~torch.isin(said["attribution"].argmax(-1), linked)] = torch.nan
    return said


def add_labels(units: Mapping[str, Sequence[Unit]]) -> None:
    """Give each unit the labels of every teacher."""
    for name in TAUGHT:
        said: Labels = torch.load(WORK / f"labels/{name}.pt")
        for corpus in units.keys() & said.keys():
            for u, soft in zip(units[corpus], said[corpus], strict=True):
                u.soft |= soft


if __name__ == "__main__":
    main(sys.argv[1])
