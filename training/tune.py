"""What is added to the scores of marked words before decoding: the value that does best on `dev`."""

from functools import partial

from training import gold
from training.corpora import TOKEN_TASKS, Corpora, development_documents
from training.model import Model
from training.predict import attribution_scores, predict, tag_scores
from training.units import BERT

TUNED = ("attribution", "hedge")
"""Not loaded words: the gold marks them in biased sentences alone, and elsewhere each is a false alarm."""

CANDIDATES = (-0.6, -0.4, -0.2, 0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.3, 1.6)


def offsets(model: Model, corpora: Corpora) -> dict[str, float]:
    """The best offset of each head of `TUNED`: by token F1, of attribution by the mean of its four scores."""
    best: dict[str, float] = {}
    for corpus, units in corpora.part("dev").items():
        tasks = [task for task in TOKEN_TASKS.get(corpus, ()) if task in TUNED]
        predicted = predict(model, units, BERT) if tasks else []
        for task in tasks:
            if task == "attribution":
                given = development_documents(), gold.ATTRIBUTION
                score = partial(attribution_scores, units, predicted, *given)
            else:
                score = partial(tag_scores, units, predicted, task)
            means = {offset: _mean(score(offset=offset)) for offset in CANDIDATES}
            best[task] = max(means, key=lambda offset, means=means: means[offset])
    return best


def _mean(scores: dict[str, float]) -> float:
    return sum(scores.values()) / len(scores)
