"""Stages `teacher@…`: fine-tune encoders on gold, as teachers of the networks that ship."""

import sys
from pathlib import Path

import torch

from training.choices import read_choices
from training.corpora import read_corpora
from training.encoders import minilm, mpnet
from training.fit import fit
from training.model import SENTENCE_HEADS, TARGET_HEADS, TOKEN_HEADS, Model
from training.report import Report
from training.units import Vocabulary

WORK = Path("training/build")

TAUGHT = {
    "attribution": ("polnear",),
    "hedges": ("szeged",),
    "wording": ("newsmtsc", "babe", "certainty", "claims"),
}
"""The corpora that each teacher learns from; `wording` also learns from the sentence pairs of WNC."""


def teacher(name: str, work: Path) -> tuple[Model, Vocabulary]:
    """An untrained teacher, and the vocabulary of its encoder.

    The hedge teacher is MiniLM: MPNet, which needs more examples, did worse on `dev` (.70 against .82).
    No teacher marks loaded words, which are too rare to learn from.
    """
    if name == "hedges":
        encoder, vocabulary = minilm()
        return Model(encoder, {"hedge": TOKEN_HEADS["hedge"]}), vocabulary
    encoder, vocabulary = mpnet(work)
    if name == "wording":
        return Model(encoder, {}, SENTENCE_HEADS, TARGET_HEADS), vocabulary
    heads = ("attribution", "source_link", "cue_link")
    return Model(encoder, {head: TOKEN_HEADS[head] for head in heads}), vocabulary


def main(name: str) -> None:
    choices = read_choices(f"{name}-teacher")
    torch.manual_seed(choices.seed)
    gold = read_corpora(TAUGHT[name], pairs=name == "wording")
    model, vocabulary = teacher(name, WORK)
    report = Report(gold, vocabulary)
    fit(model, gold.part("train"), gold.pairs.get("train", []), vocabulary, choices, report)
    (WORK / "teachers").mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), WORK / f"teachers/{name}.pt")


if __name__ == "__main__":
    main(sys.argv[1])
