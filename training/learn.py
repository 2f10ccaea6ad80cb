"""Stages `student@…`: train the networks that ship, on gold and on the teachers' labels."""

import sys
from dataclasses import replace

import torch

from training.choices import read_choices
from training.corpora import read_corpora
from training.encoders import minilm
from training.fit import fit
from training.label import ANNOTATOR, LEARNED, WHOLE, add_labels, training_units
from training.model import SENTENCE_HEADS, TARGET_HEADS, TOKEN_HEADS, Model
from training.report import Report
from training.teach import WORK


def student(name: str) -> Model:
    """The untrained model of a network that ships."""
    encoder, _ = minilm()
    if name == "targets":
        return Model(encoder, target_heads=TARGET_HEADS)
    return Model(encoder, TOKEN_HEADS, SENTENCE_HEADS)


def main(name: str) -> None:
    choices = read_choices(name)
    torch.manual_seed(choices.seed)
    of_targets = name == "targets"
    read = ("newsmtsc", "polnear") if of_targets else ANNOTATOR
    gold = read_corpora(read, pairs=not of_targets)
    learned = LEARNED[name]
    units = {corpus: of for corpus, of in training_units(gold).items() if corpus in learned}
    add_labels(units)
    model, vocabulary = student(name), minilm()[1]
    held_out = replace(gold.only([corpus for corpus in learned if corpus not in WHOLE]), pairs={})
    report = Report(held_out, vocabulary) if held_out.units else None
    pairs = [pair for part in ("train", "dev") for pair in gold.pairs.get(part, ())]
    fit(model, units, pairs, vocabulary, choices, report)
    torch.save(model.state_dict(), WORK / f"{name}.pt")


if __name__ == "__main__":
    main(sys.argv[1])
