"""Stage `transfer`: how far scores fall on a kind of text that training had none of.

For each publisher, outlet or source of a corpus one network learns from everything else in its train part.
What these networks say of the kind that each did without is put together and scored beside a network
that learned from all, both on the test part and at the same schedule. Neither is a network that ships.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import torch

from reframing.readers.gold import read_babe, read_claims
from reframing.readers.gold.babe import NO_LINK
from reframing.readers.polnear import read_polnear
from training import gold
from training.choices import Choices, read_choices
from training.corpora import RAW, read_corpora
from training.encoders import minilm
from training.fit import fit
from training.model import SENTENCE_HEADS, TOKEN_HEADS, Model
from training.predict import Predicted, attribution_scores, predict, value_scores
from training.teach import WORK
from training.units import Unit

Kinds = Callable[[Unit], str]
Scores = Mapping[str, float]


class Trial(NamedTuple):
    """A corpus whose kinds of text are left out in turn, and the one head that learns from it."""

    corpus: str
    left_out: str
    head: str
    kind_of: Kinds


def trials(raw: Path) -> list[Trial]:
    """The corpora whose texts name where they come from."""
    outlets = {sentence.document: sentence.outlet for sentence in read_babe(raw / "babe")}
    outlets[NO_LINK] = NO_LINK  # sentences of several outlets
    sources = {claim.document: claim.source for claim in read_claims(raw / "claims")}
    return [
        Trial("polnear", "publisher", "attribution", lambda u: u.document.partition("_")[0]),
        Trial("babe", "outlet", "bias", lambda u: outlets[u.document]),
        Trial("claims", "source", "strength", lambda u: sources[u.document]),
    ]


def main() -> None:
    choices = read_choices("transfer")
    found = [tried(trial, choices) for trial in trials(RAW)]
    folder = WORK / "models"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "transfer.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf8")


def tried(trial: Trial, choices: Choices) -> dict[str, object]:
    """Scores on `test` of the network that learned from all kinds, and of those that did without one."""
    parts = read_corpora([trial.corpus], pairs=False).units[trial.corpus]
    train, test = parts["train"], parts["test"]
    seen = said_by(trial, train, test, choices)
    unseen: Predicted = [{} for _ in test]
    kinds = sorted({trial.kind_of(u) for u in test})
    for kind in kinds:
        here = [i for i, u in enumerate(test) if trial.kind_of(u) == kind]
        others = [u for u in train if trial.kind_of(u) != kind]
        said = said_by(trial, others, [test[i] for i in here], choices)
        for i, one in zip(here, said, strict=True):
            unseen[i] = one
    return {
        "corpus": trial.corpus,
        "left_out": trial.left_out,
        "kinds": kinds,
        "units": len(test),
        "seen": rounded(scores_of(trial, test, seen)),
        "unseen": rounded(scores_of(trial, test, unseen)),
    }


def said_by(
    trial: Trial, train: Sequence[Unit], test: Sequence[Unit], choices: Choices
) -> Predicted:
    """What a network that learned from `train` says of `test`."""
    torch.manual_seed(choices.seed)
    encoder, vocabulary = minilm()
    heads = {trial.head: {**TOKEN_HEADS, **SENTENCE_HEADS}[trial.head]}
    model = Model(encoder, heads) if trial.head in TOKEN_HEADS else Model(encoder, {}, heads)
    fit(model, {trial.corpus: train}, [], vocabulary, choices)
    return predict(model, test, vocabulary)


def scores_of(trial: Trial, test: Sequence[Unit], said: Predicted) -> Scores:
    if trial.head == "attribution":
        documents = list(read_polnear(RAW / "polnear/data/dev", first_annotator_only=True))
        return attribution_scores(test, said, documents, gold.ATTRIBUTION)
    return value_scores(test, said, trial.head)


def rounded(scores: Scores) -> dict[str, float]:
    return {name: round(score, 4) for name, score in scores.items()}


if __name__ == "__main__":
    main()
