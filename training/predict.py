"""Predictions of a model in training, and scores on `dev` for choices (never reported)."""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import f1_score
from torch import Tensor

from reframing.documents.records import Span
from reframing.documents.tokens import tokenize
from reframing.networks.tagger import RUNNING_ON, LabelledSpan, best_paths, labelled_spans
from training.corpora import attribution_scores
from training.gold import BIO
from training.model import Model
from training.units import Unit, Vocabulary, batches, collate
from validation.exams.polnear import GoldDocument

Predicted = list[dict[str, Tensor]]


@torch.no_grad()
def predict(
    model: Model, units: Sequence[Unit], vocabulary: Vocabulary, pieces: int = 8192
) -> Predicted:
    """The predictions for each unit, by task.

    Token tasks have log-probabilities (words, labels), sentence tasks log-probabilities (labels,), or one
    probability if they have a single output.
    """
    model.eval()
    found: Predicted = [{} for _ in units]
    for indices in batches(units, pieces):
        batch = [units[i] for i in indices]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(collate(batch, vocabulary))
        for task, values in logits.items():
            single = values.shape[-1] == 1
            values = torch.sigmoid(values) if single else torch.log_softmax(values, -1)
            for row, i in enumerate(indices):
                u = units[i]
                found[i][task] = (
                    values[row, 1 : len(u.ids) + 1][torch.tensor(u.heads, dtype=torch.bool)].half()
                    if values.dim() == 3
                    else values[row]
                )
    return found


def path_of(scores: Tensor, labels: tuple[str, ...]) -> NDArray[np.intp]:
    """The best sequence of labels for the words of a unit, from scores (words, labels)."""
    return best_paths(scores.float().numpy()[None], [len(scores)], labels, RUNNING_ON)[0]


def spans_of(u: Unit, path: NDArray[np.intp], labels: tuple[str, ...]) -> Iterator[LabelledSpan]:
    """The spans of a sequence of labels, built as at run time."""
    words = np.flatnonzero(u.heads)
    return labelled_spans(np.array(u.starts)[words], np.array(u.ends)[words], path, labels)


def scores_of_attributions(
    units: Sequence[Unit],
    predicted: Predicted,
    gold: Sequence[GoldDocument],
    labels: tuple[str, ...],
) -> dict[str, float]:
    """The `attribution_scores` of what is predicted for the units of the gold documents."""
    found: dict[str, dict[str, list[Span]]] = {}
    ended: dict[str, int] = {}
    for u, one in zip(units, predicted, strict=True):
        spans = found.setdefault(u.document, {"source": [], "cue": [], "content": []})
        for span, role, _, _, on in spans_of(u, path_of(one["attribution"], labels), labels):
            before = spans[role]
            if on and before and before[-1].end == ended.get(u.document):
                before[-1] = Span(before[-1].start, span.end)
            else:
                before.append(span)
        if u.ends:
            ended[u.document] = u.ends[-1]
    roles = {
        role: [sorted(set(found.get(d.id, {}).get(role, []))) for d in gold]
        for role in ("cue", "source", "content")
    }
    words = []
    for d in gold:
        tokens = tokenize(d.text)
        words.append([Span(*at) for at in zip(tokens.starts, tokens.ends, strict=True)])
    return attribution_scores(gold, roles["cue"], roles["source"], roles["content"], words)


def tag_scores(units: Sequence[Unit], predicted: Predicted, task: str) -> dict[str, float]:
    """Token F1 of a B-I-O task, counted over words."""
    right = found = expected = 0
    for u, one in zip(units, predicted, strict=True):
        gold = np.array([t > 0 for t, head in zip(u.tags[task], u.heads, strict=True) if head])
        marked = path_of(one[task], BIO) > 0
        right += int((gold & marked).sum())
        found += int(marked.sum())
        expected += int(gold.sum())
    return {f"{task} token F1": 2 * right / max(1, found + expected)}


def value_scores(units: Sequence[Unit], predicted: Predicted, task: str) -> dict[str, float]:
    """Macro-F1 of a classification task, or Pearson r of a regression task."""
    gold = np.array([u.value[task] for u in units])
    values = torch.stack([one[task] for one in predicted]).numpy()
    if task == "certainty":
        return {"certainty r": float(np.corrcoef(gold, values[:, 0])[0, 1])}
    guess = values.argmax(1) if values.shape[1] > 1 else (values[:, 0] >= 0.5).astype(float)
    return {f"{task} macro-F1": float(f1_score(gold, guess, average="macro"))}
