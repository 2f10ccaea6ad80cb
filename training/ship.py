"""Stages `ship@…`: write a model as quantised network and card, in the form of models/<name>."""

import sys

import torch

from reframing.networks.network import open_network
from training.corpora import read_corpora
from training.encoders import minilm
from training.export import write_card, write_network
from training.gold import ATTRIBUTION, BIO, LINKS, OPINIONS, SENTIMENTS
from training.label import ANNOTATOR
from training.learn import student
from training.model import Model
from training.quantise import calibrate, numbers_of
from training.teach import WORK
from training.tune import offsets

LABELS = {
    "attribution": ATTRIBUTION,
    "source_link": LINKS,
    "cue_link": LINKS,
    "hedge": BIO,
    "loaded": BIO,
    "bias": ("biased",),
    "certainty": ("certain",),
    "strength": ("0", "1", "2", "3"),
    "opinion": OPINIONS,
    "sentiment": SENTIMENTS,
    "embedding": tuple(map(str, range(384))),
}
CALIBRATED_ON = 400  # units of each corpus


def main(name: str) -> None:
    model = untouched() if name == "encoder" else trained(name)
    corpora = ("newsmtsc",) if name == "targets" else ANNOTATOR
    gold = read_corpora(corpora, pairs=False)
    units = [u for of_corpus in gold.part("train").values() for u in of_corpus[:CALIBRATED_ON]]
    folder = WORK / "models" / name
    digest = write_network(folder, numbers_of(model, calibrate(model, units)))
    card = card_of(name, model)
    write_card(folder, card, digest)
    if name == "annotator":
        write_card(folder, card | {"offsets": offsets(open_network(folder))}, digest)


def trained(name: str) -> Model:
    model = student(name)
    model.load_state_dict(torch.load(WORK / f"{name}.pt"))
    return model


def untouched() -> Model:
    """The pretrained encoder, with one head that passes on the mean of the token vectors."""
    encoder, _ = minilm()
    hidden = encoder.shape.hidden
    model = Model(encoder, sentence_heads={"embedding": hidden})
    torch.nn.init.eye_(model.sentences["embedding"].weight)
    return model


def card_of(name: str, model: Model) -> dict[str, object]:
    """The card of a network, with its heads and labels for the runtime; version and hash are empty."""
    return {
        "name": name,
        "version": "",
        "sha256": "",
        "tokens": {head: LABELS[head] for head in model.tokens},
        "sentences": {head: LABELS[head] for head in model.sentences},
        "targets": {head: LABELS[head] for head in model.targets},
        "offsets": {},
    }


if __name__ == "__main__":
    main(sys.argv[1])
