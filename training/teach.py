"""Stage `teacher`: fine-tune MPNet on the sentence tasks, which have little data."""

from pathlib import Path

import torch

from training.choices import read_choices
from training.corpora import read_corpora
from training.encoders import mpnet
from training.fit import fit
from training.model import SENTENCE_HEADS, TARGET_HEADS, Model
from training.report import Report

WORK = Path("training/build")
CORPORA = ("newsmtsc", "babe", "certainty", "claims")


def teacher(work: Path) -> Model:
    """The untrained teacher; it has no head for loaded words, which are too rare for it to learn."""
    return Model(mpnet(work)[0], sentence_heads=SENTENCE_HEADS, target_heads=TARGET_HEADS)


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
