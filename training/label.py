"""Stages `labels@…`: the labels that a teacher gives to every unit from which the students learn."""

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
"""What each network learns from: gold corpora, and sentences labelled by the teachers alone."""

WHOLE = frozenset(SENTENCE_TASKS)
"""Corpora of sentence-level tasks; students learn their `dev` too, as choices were made on the teachers."""

LINKED = {"source_link": ("B-cue", "I-cue"), "cue_link": ("B-content", "I-content")}
"""The attribution labels of words that a link task applies to."""

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
    """The units that students learn from, by corpus: gold, `news`, and `targets` without gold sentiment."""
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
    """The unit without flags: to `wording` they mean targets, and the hedge gold does not cover quotations."""
    return replace(u, flags=[0] * len(u.ids))


def asked(predicted: dict[str, Tensor], of_target: bool) -> dict[str, Tensor]:
    """The labels to keep: sentiment of a flagged target, else all other tasks, links only where they apply."""
    if of_target:
        return {"sentiment": predicted["sentiment"].clone()}
    said = {task: value.clone() for task, value in predicted.items() if task != "sentiment"}
    for link, labels in LINKED.items():
        if link in said:
            linked = torch.tensor([ATTRIBUTION.index(label) for label in labels])
            said[link][~torch.isin(said["attribution"].argmax(-1), linked)] = torch.nan
    return said


def add_labels(units: Mapping[str, Sequence[Unit]]) -> None:
    """Add the labels of every teacher to the units."""
    for name in TAUGHT:
        said: Labels = torch.load(WORK / f"labels/{name}.pt")
        for corpus in units.keys() & said.keys():
            for u, soft in zip(units[corpus], said[corpus], strict=True):
                u.soft |= soft


if __name__ == "__main__":
    main(sys.argv[1])
