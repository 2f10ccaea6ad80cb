"""Stage `teacher`: fine-tune MPNet on all of the gold; it teaches the smaller networks that ship."""

from pathlib import Path

import torch

from training.choices import read_choices
from training.corpora import read_corpora
from training.encoders import mpnet
from training.fit import fit
from training.model import SENTENCE_HEADS, TARGET_HEADS, TOKEN_HEADS, Model
from training.report import Report

WORK = Path("training/build")
CORPORA = ("polnear", "szeged", "newsmtsc", "babe", "certainty", "claims")
UNTAUGHT = "loaded"
"""The head that the teacher does without: loaded words are too rare for it to learn."""


def teacher(work: Path) -> Model:
    """The untrained teacher, with every head but `UNTAUGHT`."""
    taught = {name: labels for name, labels in TOKEN_HEADS.items() if name != UNTAUGHT}
    return Model(mpnet(work)[0], taught, SENTENCE_HEADS, TARGET_HEADS)


def main() -> None:
    choices = read_choices("teacher")
    torch.manual_seed(choices.seed)
    gold = read_corpora(CORPORA)
    model, vocabulary = teacher(WORK), mpnet(WORK)[1]
    report = Report(gold, vocabulary)
    fit(
        model,
        gold.part("train"),
        choices.repeats,
        gold.pairs["train"],
        vocabulary,
        choices.schedule,
        choices.seed,
        report,
    )
    torch.save(model.state_dict(), WORK / "teacher.pt")


if __name__ == "__main__":
    main()
