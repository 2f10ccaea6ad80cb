"""Stage `transfer`: how far scores fall on a kind of text that was absent from training.

`python -m training.transfer CORPUS` trains, for each publisher, outlet or source of the corpus, one
network on everything else in the train part. Its predictions for that kind in the test part are scored
next to those of a network trained on all kinds with the same schedule: pooled, and kind by kind, because
performance on the next outlet is known from only as many cases as there are outlets. None of these
networks ships.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import torch

from training import gold
from training.choices import Choices, read_choices
from training.corpora import RAW, read_corpora
from training.encoders import minilm
from training.fit import fit
from training.model import SENTENCE_HEADS, TOKEN_HEADS, Model
from training.predict import Predicted, predict, scores_of_attributions, value_scores
from training.teach import WORK
from training.units import Unit
from validation.exams.babe import NO_LINK, read_babe
from validation.exams.claim_strength import read_claims
from validation.exams.polnear import read_polnear

Kinds = Callable[[Unit], str]
Scores = Mapping[str, float]


class Trial(NamedTuple):
    """A corpus whose kinds of text are left out in turn, and the one head that is trained on it."""

    corpus: str
    data: str
    left_out: str
    head: str
    kind_of: Kinds


def polnear() -> Trial:
    return Trial("polnear", "PolNeAR", "publisher", "attribution", _publisher)


def _publisher(unit: Unit) -> str:
    return unit.document.partition("_")[0]


def babe() -> Trial:
    outlets = {sentence.document: sentence.outlet for sentence in read_babe(RAW / "babe")}
    outlets[NO_LINK] = NO_LINK  # sentences of several outlets
    return Trial("babe", "BABE", "outlet", "bias", lambda unit: outlets[unit.document])


def claims() -> Trial:
    sources = {claim.document: claim.source for claim in read_claims(RAW / "claims")}
    data = "conclusions and press releases"
    return Trial("claims", data, "source", "strength", lambda unit: sources[unit.document])


TRIALS: dict[str, Callable[[], Trial]] = {"babe": babe, "claims": claims, "polnear": polnear}
"""The corpora whose texts name their publisher, outlet or source."""


def main(corpus: str) -> None:
    found = tried(TRIALS[corpus](), read_choices("transfer"))
    folder = WORK / "models" / "transfer"
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(found, indent=1) + "\n"
    (folder / f"{corpus}.json").write_text(text, encoding="utf8")


def tried(trial: Trial, choices: Choices) -> dict[str, object]:
    """Scores on `test` of the network trained on all kinds, and of those trained without one kind each."""
    parts = read_corpora([trial.corpus], pairs=False).units[trial.corpus]
    train, test = parts["train"], parts["test"]
    seen = said_by(trial, train, test, choices)
    unseen: Predicted = [{} for _ in test]
    kinds = []
    for kind in sorted({trial.kind_of(u) for u in test}):
        here = [i for i, u in enumerate(test) if trial.kind_of(u) == kind]
        others = [u for u in train if trial.kind_of(u) != kind]
        asked = [test[i] for i in here]
        said = said_by(trial, others, asked, choices)
        for i, one in zip(here, said, strict=True):
            unseen[i] = one
        kinds.append({"kind": kind, **compared(trial, asked, [seen[i] for i in here], said)})
    return {
        "data": trial.data,
        "left_out": trial.left_out,
        **compared(trial, test, seen, unseen),
        "kinds": kinds,
    }


def compared(
    trial: Trial, units: Sequence[Unit], seen: Predicted, unseen: Predicted
) -> dict[str, object]:
    """Scores on the same units with their kind in training (`seen`) and without it (`unseen`)."""
    return {
        "units": len(units),
        "documents": len({u.document for u in units}),
        "seen": rounded(scores_of(trial, units, seen)),
        "unseen": rounded(scores_of(trial, units, unseen)),
    }


def said_by(
    trial: Trial, train: Sequence[Unit], test: Sequence[Unit], choices: Choices
) -> Predicted:
    """The predictions for `test` of a network trained on `train`."""
    torch.manual_seed(choices.seed)
    encoder, vocabulary = minilm()
    heads = {trial.head: {**TOKEN_HEADS, **SENTENCE_HEADS}[trial.head]}
    model = Model(encoder, heads) if trial.head in TOKEN_HEADS else Model(encoder, {}, heads)
    fit(model, {trial.corpus: train}, [], vocabulary, choices)
    return predict(model, test, vocabulary)


def scores_of(trial: Trial, test: Sequence[Unit], said: Predicted) -> Scores:
    if trial.head == "attribution":
        here = {u.document for u in test}
        read = read_polnear(RAW / "polnear/data/dev", first_annotator_only=True)
        return scores_of_attributions(
            test, said, [d for d in read if d.id in here], gold.ATTRIBUTION
        )
    return value_scores(test, said, trial.head)


def rounded(scores: Scores) -> dict[str, float]:
    return {name: round(score, 4) for name, score in scores.items()}


if __name__ == "__main__":
    main(sys.argv[1])
